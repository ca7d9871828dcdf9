#include "input/html_facts.h"

#include "input/clean.h"
#include "input/html_text.h"
#include "input/input.h"

/* Ranks: how good a place is to learn a thing from. */
enum { RANK_ASKED, RANK_FIRST, RANK_SECOND, RANK_THIRD, RANK_FOURTH };

enum { FACT_DESCRIPTION = FIELD_COUNT, FACT_MODIFIED };

struct meta_name {
    const char *name;
    int fact;
    unsigned rank;
};

static const struct meta_name meta_names[] = {
    {"og:title", FIELD_TITLE, RANK_FIRST},
    {"twitter:title", FIELD_TITLE, RANK_FOURTH},
    {"og:url", FIELD_URL, RANK_SECOND},
    {"og:site_name", FIELD_SOURCE, RANK_FIRST},
    {"dc.publisher", FIELD_SOURCE, RANK_THIRD},
    {"author", FIELD_AUTHOR, RANK_FIRST},
    {"article:author", FIELD_AUTHOR, RANK_THIRD},
    {"dc.creator", FIELD_AUTHOR, RANK_FOURTH},
    {"article:published_time", FIELD_DATE, RANK_FIRST},
    {"datepublished", FIELD_DATE, RANK_THIRD},
    {"date", FIELD_DATE, RANK_FOURTH},
    {"pubdate", FIELD_DATE, RANK_FOURTH},
    {"dc.date", FIELD_DATE, RANK_FOURTH},
    {"article:tag", FIELD_TAG, RANK_FIRST},
    {"keywords", FIELD_TAG, RANK_THIRD},
    {"news_keywords", FIELD_TAG, RANK_FOURTH},
    {"content-language", FIELD_LANG, RANK_THIRD},
    {"og:locale", FIELD_LANG, RANK_FOURTH},
    {"description", FACT_DESCRIPTION, RANK_FIRST},
    {"og:description", FACT_DESCRIPTION, RANK_THIRD},
    {"article:modified_time", FACT_MODIFIED, RANK_FIRST},
};

static struct html_fact *fact_of(struct html_facts *facts, int fact)
{
    if (fact == FACT_DESCRIPTION)
        return &facts->description;
    return fact == FACT_MODIFIED ? &facts->modified : &facts->fields[fact];
}

/* A copy of the text with its white space made one. */
static struct slice squeeze(struct draft *draft, struct slice text)
{
    text = clean_trim(text);
    char *copy = arena_allocate(&draft->arena, text.size, 1);
    size_t size = 0;
    for (size_t i = 0; copy && i < text.size; i++) {
        if (!clean_is_space(text.data[i]))
            copy[size++] = text.data[i];
        else if (copy[size - 1] != ' ')
            copy[size++] = ' ';
    }
    return slice_of(copy, size);
}

static bool is_web_address(struct slice text)
{
    return slice_starts_with(text, SLICE("http://")) || slice_starts_with(text, SLICE("https://"));
}

static bool is_of_use(const struct html_facts *facts, const struct html_fact *fact,
                      struct slice text)
{
    struct date date;
    if (fact == &facts->fields[FIELD_DATE])
        return date_parse(text, &date);
    if (fact == &facts->fields[FIELD_URL])
        return is_web_address(text);
    return fact != &facts->fields[FIELD_AUTHOR] || !is_web_address(text);
}

void html_fact_tell(struct html_facts *facts, struct html_fact *fact, unsigned rank,
                    struct slice text)
{
    struct draft *draft = facts->draft;
    text = squeeze(draft, text);
    if (text.size == 0 || !is_of_use(facts, fact, text) || (fact->count && fact->rank < rank))
        return;
    if (fact->rank > rank)
        fact->count = 0;
    fact->rank = rank;
    if (fact->count == fact->capacity) {
        fact->capacity = fact->capacity * 2 + 4;
        fact->texts = arena_regrow(&draft->arena, fact->texts, fact->count, fact->capacity,
                                   sizeof *fact->texts);
    }
    if (draft->arena.status == STATUS_OK)
        fact->texts[fact->count++] = text;
}

static void tell_meta(struct html_facts *facts, const char *name, struct slice content)
{
    unsigned rank;
    struct slice given = slice_of_string(name);
    const struct input_options *options = facts->draft->options;
    enum article_field asked = field_of_name(options, given, &rank);
    if (asked != FIELD_UNKNOWN && rank < options->field_count) {
        html_fact_tell(facts, &facts->fields[asked], RANK_ASKED, content);
        return;
    }
    for (size_t i = 0; i < sizeof meta_names / sizeof meta_names[0]; i++)
        if (clean_same(given, meta_names[i].name))
            html_fact_tell(facts, fact_of(facts, meta_names[i].fact), meta_names[i].rank, content);
}

static void read_meta(struct html_facts *facts, const struct html_node *node)
{
    static const char *const attributes[] = {"property", "name", "itemprop", "http-equiv"};
    const char *content = html_attribute(node, "content");
    if (!content)
        return;
    for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++) {
        const char *name = html_attribute(node, attributes[i]);
        if (name)
            tell_meta(facts, name, slice_of_string(content));
    }
}

static void tell_text_of(struct html_facts *facts, const struct html_node *node, unsigned rank)
{
    struct bytes text = {0};
    struct html_fact *title = &facts->fields[FIELD_TITLE];
    if (title->count && title->rank <= rank)
        return; /* of several titles and headings the first counts */
    html_text_inline(&text, node);
    html_fact_tell(facts, title, rank, bytes_slice(&text));
    if (text.status != STATUS_OK)
        facts->draft->arena.status = text.status;
    bytes_release(&text);
}

static void read_node(struct html_facts *facts, const struct html_node *node)
{
    struct slice name = html_name(node);
    const char *value;
    if (clean_same(name, "meta"))
        read_meta(facts, node);
    else if (clean_same(name, "title"))
        tell_text_of(facts, node, RANK_THIRD);
    else if (clean_same(name, "h1"))
        tell_text_of(facts, node, RANK_FOURTH);
    else if (clean_same(name, "html") &&
             ((value = html_attribute(node, "lang")) || (value = html_attribute(node, "xml:lang"))))
        html_fact_tell(facts, &facts->fields[FIELD_LANG], RANK_FIRST, slice_of_string(value));
    else if (clean_same(name, "link") && (value = html_attribute(node, "rel")) &&
             clean_same(slice_of_string(value), "canonical") &&
             (value = html_attribute(node, "href")))
        html_fact_tell(facts, &facts->fields[FIELD_URL], RANK_FIRST, slice_of_string(value));
    else if (clean_same(name, "script") && (value = html_attribute(node, "type")) &&
             clean_same(clean_trim(slice_of_string(value)), "application/ld+json") &&
             html_child(node))
        html_linked_data_tell(facts, html_text(html_child(node)));
}

void html_facts_collect(struct html_facts *facts, struct draft *draft, const struct html_node *root)
{
    *facts = (struct html_facts){.draft = draft};
    for (const struct html_node *node = root; node; node = html_after(node, root, true))
        read_node(facts, node);
}

struct slice html_facts_title(const struct html_facts *facts)
{
    const struct html_fact *title = &facts->fields[FIELD_TITLE];
    return title->count ? title->texts[0] : slice_of(NULL, 0);
}

static void put(const struct html_facts *facts, const char *name, const struct html_fact *fact,
                size_t most)
{
    struct draft_value value = {
        .name = slice_of_string(name), .texts = fact->texts, .count = fact->count};
    if (value.count > most)
        value.count = most;
    if (value.count)
        draft_put(facts->draft, &value);
}

void html_facts_put(const struct html_facts *facts)
{
    static const char *const names[] = {
        [FIELD_ID] = "id",         [FIELD_TITLE] = "title", [FIELD_BODY] = "body",
        [FIELD_URL] = "url",       [FIELD_DATE] = "date",   [FIELD_SOURCE] = "source",
        [FIELD_AUTHOR] = "author", [FIELD_TAG] = "tag",     [FIELD_LANG] = "lang",
    };
    for (int field = 0; field < FIELD_COUNT; field++)
        put(facts, names[field], &facts->fields[field], field < FIELD_SINGLES ? 1 : SIZE_MAX);
    put(facts, "description", &facts->description, 1);
    put(facts, "modified", &facts->modified, 1);
}
