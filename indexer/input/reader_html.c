#include "input/charset.h"
#include "input/clean.h"
#include "input/html_facts.h"
#include "input/html_guard.h"
#include "input/html_text.h"
#include "input/reader.h"
#include "input/readers.h"

/* Behind any comments, XML declaration and white space. */
static struct slice first_tag(struct slice text)
{
    for (;;) {
        text = clean_trim(text);
        bool comment = slice_starts_with(text, SLICE("<!--")),
             xml = slice_starts_with(text, SLICE("<?xml"));
        if (!comment && !xml)
            return text;
        const char *end = memmem(text.data, text.size, comment ? "-->" : "?>", comment ? 3 : 2);
        if (!end)
            return slice_of(NULL, 0);
        text = slice_from(text, (size_t)(end - text.data) + (comment ? 3 : 2));
    }
}

static bool begins_with_tag(struct slice text, const char *tag)
{
    size_t size = strlen(tag);
    bool ends = text.size > size && memchr(" \t\r\n\f>/", text.data[size], 7);
    return ends && clean_same(slice_of(text.data, size), tag);
}

int html_recognise(struct slice start, const char *hint)
{
    static const char *const sure[] = {"<!doctype html", "<html", "<head", "<body"};
    static const char *const likely[] = {"<meta", "<title",  "<article", "<main", "<section",
                                         "<div",  "<p",      "<h1",      "<h2",   "<table",
                                         "<span", "<center", "<font"};
    struct slice tag = first_tag(start);
    for (size_t i = 0; i < sizeof sure / sizeof sure[0]; i++)
        if (begins_with_tag(tag, sure[i]))
            return RECOGNISED_CONTENT + 10;
    if (reader_name_ends(hint, ".html") || reader_name_ends(hint, ".htm") ||
        reader_name_ends(hint, ".xhtml"))
        return RECOGNISED_NAME;
    for (size_t i = 0; i < sizeof likely / sizeof likely[0]; i++)
        if (begins_with_tag(tag, likely[i]))
            return RECOGNISED_LIKELY;
    return 0;
}

/* The value of the first charset= or encoding= where pages say such things. */
static bool declared_charset(struct slice text, char *out, size_t most)
{
    enum { LOOKED_AT = 4096 };
    static const char *const keys[] = {"charset=", "encoding="};
    size_t looked = text.size < LOOKED_AT ? text.size : LOOKED_AT;
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0, key = strlen(keys[k]); i + key < looked; i++) {
            if (!clean_same(slice_of(text.data + i, key), keys[k]))
                continue;
            size_t size = 0;
            for (i += key; i < looked && memchr("\"' ", text.data[i], 3);)
                i++;
            while (i < looked && size + 1 < most && !memchr("\"' ;/>?\r\n\t", text.data[i], 10))
                out[size++] = text.data[i++];
            out[size] = '\0';
            return size > 0;
        }
    return false;
}

/* What the tree of a page may take: plenty for pages as they are, a bound for those made to be
 * large. */
static size_t tree_memory(const struct reading *reading)
{
    enum { LEAST = 16 << 20, TIMES = 4 };
    return reading->intake->options->max_article_bytes * TIMES + LEAST;
}

static enum status read_tree(struct reading *reading, const struct html_tree *tree)
{
    struct html_facts facts;
    struct bytes body = {0};
    const struct html_node *root = html_tree_root(tree);
    struct html_wish wish = {.whole = reading->intake->options->html_whole};
    html_facts_collect(&facts, reading_draft(reading), root);
    if (!wish.whole)
        wish.title = html_facts_title(&facts);
    html_text_append(&body, root, &wish, &reading->intake->totals->html_dropped);
    draft_put_text(facts.draft, SLICE("body"), bytes_slice(&body));
    html_facts_put(&facts);
    if (body.status != STATUS_OK)
        facts.draft->arena.status = body.status;
    enum status status = reading_article(reading, 1, 0);
    bytes_release(&body);
    return status;
}

static enum status read_guarded(struct reading *reading, struct slice text)
{
    struct html_tree *tree;
    enum status status = html_tree_open(&tree, text, tree_memory(reading));
    if (status == STATUS_LIMIT)
        return reading_skip(reading, 1, "its elements need more than %zu bytes of memory",
                            tree_memory(reading));
    if (status == STATUS_DEADLINE)
        return reading_skip(reading, 1, "made so that it cannot be parsed in %d seconds",
                            HTML_TREE_SECONDS);
    if (status != STATUS_OK)
        return error_set(reading->intake->error, status, "out of memory at %s", reading->name);
    status = read_tree(reading, tree);
    html_tree_close(tree);
    return status;
}

static enum status read_page(struct reading *reading, struct slice text)
{
    struct bytes guarded = {0};
    enum status status;
    const char *cause = html_guard(text, &guarded);
    if (cause)
        status = reading_skip(reading, 1, "%s", cause);
    else if (guarded.status != STATUS_OK)
        status =
            error_set(reading->intake->error, guarded.status, "out of memory at %s", reading->name);
    else
        status = read_guarded(reading, bytes_slice(&guarded));
    bytes_release(&guarded);
    return status;
}

enum status html_read(struct reading *reading)
{
    char charset[64];
    struct bytes text = {0};
    enum status status = reading_whole(reading, &text);
    if (status == STATUS_OK && text.size) {
        bool declared = declared_charset(bytes_slice(&text), charset, sizeof charset);
        charset_to_utf8(&text, declared ? charset : NULL);
        status = text.status == STATUS_OK ? read_page(reading, bytes_slice(&text)) : text.status;
    }
    bytes_release(&text);
    return status;
}
