/* JSON-LD in a page: the objects that are articles, in the words of schema.org. Much of it in the
 * world is not quite JSON, and is passed over then: the page says the same elsewhere. */
#include "base/json_read.h"
#include "input/html_facts.h"

enum { RANK_LINKED = 2 };

static bool ends_in(struct slice text, const char *tail)
{
    size_t size = strlen(tail);
    return text.size >= size && memcmp(text.data + text.size - size, tail, size) == 0;
}

static bool is_article_type(const struct json_value *type)
{
    struct slice name = json_as_string(type);
    return ends_in(name, "Article") || ends_in(name, "Posting") || ends_in(name, "Report");
}

static bool is_article(const struct json_value *object)
{
    const struct json_value *type = json_get(object, "@type");
    if (json_kind_of(type) != JSON_ARRAY)
        return is_article_type(type);
    for (size_t i = 0; i < json_size(type); i++)
        if (is_article_type(json_at(type, i)))
            return true;
    return false;
}

/* A text, a thing with a name, or several of these. */
static void tell(struct html_facts *facts, enum article_field field, unsigned rank,
                 const struct json_value *value)
{
    switch (json_kind_of(value)) {
    case JSON_STRING:
        html_fact_tell(facts, &facts->fields[field], rank, json_as_string(value));
        break;
    case JSON_OBJECT:
        if (json_kind_of(json_get(value, "name")) == JSON_STRING)
            tell(facts, field, rank, json_get(value, "name"));
        break;
    case JSON_ARRAY:
        for (size_t i = 0; i < json_size(value); i++)
            tell(facts, field, rank, json_at(value, i));
        break;
    default:
        break;
    }
}

static void tell_article(struct html_facts *facts, const struct json_value *object)
{
    tell(facts, FIELD_TITLE, RANK_LINKED, json_get(object, "headline"));
    tell(facts, FIELD_DATE, RANK_LINKED, json_get(object, "datePublished"));
    tell(facts, FIELD_AUTHOR, RANK_LINKED, json_get(object, "author"));
    tell(facts, FIELD_SOURCE, RANK_LINKED, json_get(object, "publisher"));
    tell(facts, FIELD_LANG, RANK_LINKED, json_get(object, "inLanguage"));
    tell(facts, FIELD_TAG, RANK_LINKED, json_get(object, "keywords"));
    html_fact_tell(facts, &facts->modified, RANK_LINKED,
                   json_as_string(json_get(object, "dateModified")));
}

static void tell_all(struct html_facts *facts, const struct json_value *value)
{
    for (size_t i = 0; json_kind_of(value) == JSON_ARRAY && i < json_size(value); i++)
        tell_all(facts, json_at(value, i));
    if (json_kind_of(value) != JSON_OBJECT)
        return;
    if (is_article(value))
        tell_article(facts, value);
    else
        tell_all(facts, json_get(value, "@graph"));
}

void html_linked_data_tell(struct html_facts *facts, struct slice json)
{
    struct error error = {0};
    struct json_document *doc = json_parse(json, &error);
    if (error.status == STATUS_NO_MEMORY)
        facts->draft->arena.status = error.status;
    if (doc)
        tell_all(facts, json_document_root(doc));
    json_document_close(doc);
}
