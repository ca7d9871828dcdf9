#include "input/html_text.h"

#include "input/clean.h"

/* What stands between two texts; the greatest of all that come together is written. */
enum gap { GAP_NONE, GAP_SPACE, GAP_CELL, GAP_LINE, GAP_PARAGRAPH };

enum element_traits {
    PARAGRAPH = 1,  /* has lines of its own and space around */
    LINE = 2,       /* has lines of its own */
    CELL = 4,       /* parts words */
    NO_TEXT = 8,    /* what it holds is no text of the page */
    ASIDE = 16,     /* not of the article */
    PAGE_EDGE = 32, /* not of the article unless inside of one */
    ARTICLE = 64,   /* what makes a header or footer one of an article's own */
    KEEP_SPACE = 128,
};

struct element {
    const char *name;
    unsigned traits;
};

static const struct element elements[] = {
    {"address", PARAGRAPH},
    {"article", PARAGRAPH | ARTICLE},
    {"aside", PARAGRAPH | ASIDE},
    {"blockquote", PARAGRAPH},
    {"br", LINE},
    {"caption", LINE},
    {"center", LINE},
    {"dd", LINE},
    {"details", PARAGRAPH},
    {"dialog", PARAGRAPH},
    {"dir", PARAGRAPH},
    {"div", LINE},
    {"dl", PARAGRAPH},
    {"dt", LINE},
    {"fieldset", PARAGRAPH},
    {"figcaption", LINE},
    {"figure", PARAGRAPH},
    {"footer", PARAGRAPH | PAGE_EDGE},
    {"form", PARAGRAPH | ASIDE},
    {"h1", PARAGRAPH},
    {"h2", PARAGRAPH},
    {"h3", PARAGRAPH},
    {"h4", PARAGRAPH},
    {"h5", PARAGRAPH},
    {"h6", PARAGRAPH},
    {"head", NO_TEXT},
    {"header", PARAGRAPH | PAGE_EDGE},
    {"hgroup", PARAGRAPH},
    {"hr", PARAGRAPH},
    {"iframe", NO_TEXT},
    {"legend", LINE},
    {"li", LINE},
    {"listing", PARAGRAPH | KEEP_SPACE},
    {"main", PARAGRAPH | ARTICLE},
    {"menu", PARAGRAPH},
    {"nav", PARAGRAPH | ASIDE},
    {"noembed", NO_TEXT},
    {"noframes", NO_TEXT},
    {"ol", PARAGRAPH},
    {"optgroup", LINE},
    {"option", LINE},
    {"p", PARAGRAPH},
    {"plaintext", PARAGRAPH | KEEP_SPACE},
    {"pre", PARAGRAPH | KEEP_SPACE},
    {"script", NO_TEXT},
    {"section", PARAGRAPH | ARTICLE},
    {"select", LINE},
    {"style", NO_TEXT},
    {"summary", LINE},
    {"table", PARAGRAPH},
    {"tbody", LINE},
    {"td", CELL},
    {"template", ASIDE},
    {"textarea", LINE | KEEP_SPACE},
    {"tfoot", LINE},
    {"th", CELL},
    {"thead", LINE},
    {"title", NO_TEXT},
    {"tr", LINE},
    {"ul", PARAGRAPH},
    {"xmp", PARAGRAPH | KEEP_SPACE},
};

static const char *const aside_roles[] = {
    "navigation", "banner", "contentinfo", "complementary", "search", "form",
};

/* A new element of a web component is a block more often than not; one with a colon, as word
 * processors leave them, is none. */
static unsigned traits_of(struct slice name)
{
    size_t low = 0, high = sizeof elements / sizeof elements[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = slice_compare(name, slice_of_string(elements[middle].name));
        if (order == 0)
            return elements[middle].traits;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return name.size && memchr(name.data, '-', name.size) ? LINE : 0;
}

/* --- Writing -----------------------------------------------------------------------------------*/

struct page_text {
    struct bytes *out; /* borrowed */
    size_t start;      /* where this page's text begins in it */
    enum gap gap;      /* not yet written */
    size_t lines;      /* line ends of a GAP_LINE, more than one by several br */
    bool whole;        /* leave nothing out */
    size_t articles;   /* that the walk is in: their headers and footers are no page's */
    const struct html_node *kept_space; /* inside this one white space is text */
};

static void widen(struct page_text *t, enum gap gap)
{
    if (gap == GAP_LINE && t->gap < GAP_LINE)
        t->lines = 1;
    if (gap > t->gap)
        t->gap = gap;
}

static void write_gap(struct page_text *t)
{
    static const char *const gaps[] = {"", " ", "\t", "\n", "\n\n"};
    if (t->out->size > t->start)
        bytes_append_string(t->out,
                            gaps[t->gap == GAP_LINE && t->lines > 1 ? GAP_PARAGRAPH : t->gap]);
    t->gap = GAP_NONE;
}

static void write_text(struct page_text *t, struct slice text)
{
    size_t at = 0;
    while (at < text.size) {
        size_t from = at;
        while (at < text.size && clean_is_space(text.data[at]))
            at++;
        if (at > from)
            widen(t, GAP_SPACE);
        for (from = at; at < text.size && !clean_is_space(text.data[at]);)
            at++;
        if (at > from) {
            write_gap(t);
            bytes_append(t->out, text.data + from, at - from);
        }
    }
}

static void write_as_is(struct page_text *t, struct slice text)
{
    if (text.size == 0)
        return;
    write_gap(t);
    bytes_append_slice(t->out, text);
}

static void write_edge(struct page_text *t, struct slice name, unsigned traits)
{
    if (clean_same(name, "br") && t->gap == GAP_LINE)
        t->lines++;
    else if (traits & PARAGRAPH)
        widen(t, GAP_PARAGRAPH);
    else if (traits & LINE)
        widen(t, GAP_LINE);
    else if (traits & CELL)
        widen(t, GAP_CELL);
}

/* --- Leaving out -------------------------------------------------------------------------------*/

static bool has_aside_role(const struct html_node *node)
{
    const char *role = html_attribute(node, "role");
    struct slice first = clean_trim(slice_of_string(role));
    const char *space = first.size ? memchr(first.data, ' ', first.size) : NULL;
    if (space)
        first.size = (size_t)(space - first.data);
    for (size_t i = 0; i < sizeof aside_roles / sizeof aside_roles[0]; i++)
        if (clean_same(first, aside_roles[i]))
            return true;
    return false;
}

/* Some systems put the whole page into one form: an article inside says so. */
static bool is_page_form(const struct html_node *form)
{
    static const char *const signs[] = {"article", "main", "h1"};
    if (!clean_same(html_name(form), "form"))
        return false;
    for (const struct html_node *n = form; n; n = html_after(n, form, true))
        for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
            if (clean_same(html_name(n), signs[i]))
                return true;
    return false;
}

static bool is_left_out(const struct page_text *t, const struct html_node *node, unsigned traits)
{
    if (traits & NO_TEXT)
        return true;
    if (t->whole || is_page_form(node))
        return false;
    return (traits & ASIDE) || ((traits & PAGE_EDGE) && t->articles == 0) || has_aside_role(node);
}

static bool says(const struct html_node *node, struct slice title, struct bytes *out)
{
    struct bytes text = {0};
    html_text_inline(&text, node);
    bool same = slice_equal(bytes_slice(&text), title);
    if (text.status != STATUS_OK)
        out->status = text.status;
    bytes_release(&text);
    return same;
}

/* --- The walk ----------------------------------------------------------------------------------*/

/* Leaves a node and all above it that end with it: their lower edges. */
static void leave(struct page_text *t, const struct html_node *node, const struct html_node *next,
                  const struct html_node *root)
{
    const struct html_node *above = next ? html_parent(next) : html_parent(root);
    for (; node && node != above; node = html_parent(node)) {
        struct slice name = html_name(node);
        unsigned traits = traits_of(name);
        if (!clean_same(name, "br"))
            write_edge(t, name, traits);
        t->articles -= (traits & ARTICLE) != 0;
        if (node == t->kept_space)
            t->kept_space = NULL;
    }
}

static void enter(struct page_text *t, const struct html_node *node, unsigned traits)
{
    struct slice text = html_text(node);
    write_edge(t, html_name(node), traits);
    if ((traits & KEEP_SPACE) && !t->kept_space)
        t->kept_space = node;
    if (t->kept_space)
        write_as_is(t, text);
    else
        write_text(t, text);
}

void html_text_append(struct bytes *out, const struct html_node *root, const struct html_wish *wish,
                      uint64_t *dropped)
{
    struct page_text t = {.out = out, .start = out->size, .whole = wish->whole};
    bool heading = wish->title.size == 0; /* the first h1 was seen, or does not matter */
    for (const struct html_node *node = root, *next; node; node = next) {
        unsigned traits = traits_of(html_name(node));
        t.articles += (traits & ARTICLE) != 0;
        bool in = !is_left_out(&t, node, traits);
        *dropped += !in && !clean_same(html_name(node), "head");
        if (in && !heading && clean_same(html_name(node), "h1")) {
            heading = true;
            in = !says(node, wish->title, out);
        }
        if (in)
            enter(&t, node, traits);
        next = html_after(node, root, in);
        if (!next || html_parent(next) != node) /* else what is inside comes first */
            leave(&t, node, next, root);
    }
}

void html_text_inline(struct bytes *out, const struct html_node *node)
{
    struct page_text t = {.out = out, .start = out->size};
    for (const struct html_node *n = node; n; n = html_after(n, node, true)) {
        if (traits_of(html_name(n)))
            widen(&t, GAP_SPACE);
        write_text(&t, html_text(n));
    }
}
