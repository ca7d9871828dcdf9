#include "input/json_article.h"

#include "base/json_read.h"
#include "input/charset.h"
#include "input/clean.h"
#include "input/draft.h"
#include "input/json_flat.h"
#include "input/reader.h"
#include "text/utf8.h"

enum { MOST_VALUES = 100000 };

/* The text of a scalar; {NULL, 0} where it has none. A person is their name. */
static struct slice text_of(struct draft *draft, const struct json_value *value)
{
    struct bytes out = {0};
    struct slice text = {0};
    switch (json_kind_of(value)) {
    case JSON_STRING:
        text = json_as_string(value);
        return text.data ? text : SLICE("");
    case JSON_OBJECT:
        return json_as_string(json_get(value, "name"));
    case JSON_NUMBER:
    case JSON_BOOL:
        json_write_value(&out, value);
        text = draft_copy(draft, bytes_slice(&out));
        if (out.status != STATUS_OK)
            draft->arena.status = out.status;
        bytes_release(&out);
        return text;
    default:
        return text;
    }
}

/* All texts of a value: itself, or the items of an array where each is one or null. */
static void put_texts(struct draft *draft, struct draft_value *out)
{
    const struct json_value *value = out->json;
    bool many = json_kind_of(value) == JSON_ARRAY;
    size_t count = many ? json_size(value) : 1;
    size_t kept = 0;
    struct slice *texts = arena_allocate(&draft->arena, count, sizeof *texts);
    for (size_t i = 0; texts && i < count; i++) {
        const struct json_value *item = many ? json_at(value, i) : value;
        if (many && json_kind_of(item) == JSON_NULL)
            continue;
        texts[kept] = text_of(draft, item);
        if (!texts[kept++].data)
            return;
    }
    out->texts = texts;
    out->count = texts ? kept : 0;
}

static void put_member(void *context, struct slice key, const struct json_value *json)
{
    struct draft *draft = context;
    struct draft_value value = {.name = key, .json = json};
    put_texts(draft, &value);
    draft_put(draft, &value);
}

/* Whether that was enough to read the article, or memory ended, which shows in the draft. */
static bool read_flat(struct reading *reading, struct slice text)
{
    struct json_flat flat;
    struct draft *draft = reading_draft(reading);
    if (!json_flat_read(text, &draft->arena, &flat))
        return draft->arena.status != STATUS_OK;
    for (size_t i = 0; i < flat.count; i++)
        draft_put_text(draft, flat.names[i], flat.texts[i]);
    return true;
}

static enum status read_document(struct reading *reading, struct slice text, uint64_t line,
                                 uint64_t number)
{
    struct error error = {0};
    enum status status;
    if (read_flat(reading, text))
        return reading_article(reading, line, number);
    struct json_document *doc = json_parse(text, &error);
    if (!doc)
        status = error.status == STATUS_NO_MEMORY
                     ? error_set(reading->intake->error, error.status, "%s", error.text)
                     : reading_skip(reading, line, "%s", error.text);
    else if (json_kind_of(json_document_root(doc)) != JSON_OBJECT)
        status = reading_skip(reading, line, "not a JSON object");
    else {
        json_each(json_document_root(doc), put_member, reading_draft(reading));
        status = reading_article(reading, line, number);
    }
    json_document_close(doc);
    return status;
}

/* A parsed value takes a hundred times the bytes that "1," has. */
static bool has_too_many_values(struct slice text)
{
    size_t count = 0;
    bool string = false;
    for (size_t i = 0; text.size / 2 > MOST_VALUES && i < text.size; i++) {
        char c = text.data[i];
        if (string && c == '\\')
            i++;
        else if (c == '"')
            string = !string;
        else if (!string)
            count += c == ',' || c == '[' || c == '{';
    }
    return count > MOST_VALUES;
}

enum status json_article_read(struct reading *reading, struct slice text, uint64_t line,
                              uint64_t number)
{
    if (has_too_many_values(text))
        return reading_skip(reading, line, "JSON of more than %d values", MOST_VALUES);
    if (utf8_valid(text))
        return read_document(reading, text, line, number);
    struct bytes repaired = {0};
    bytes_append_slice(&repaired, text);
    charset_to_utf8(&repaired, NULL);
    enum status status = repaired.status;
    if (status == STATUS_OK)
        status = read_document(reading, bytes_slice(&repaired), line, number);
    bytes_release(&repaired);
    return status;
}

bool json_begins_object(struct slice text)
{
    text = clean_trim(text);
    if (text.size == 0 || text.data[0] != '{')
        return false;
    text = clean_trim(slice_from(text, 1));
    return text.size && (text.data[0] == '"' || text.data[0] == '}');
}
