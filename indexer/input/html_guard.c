#include "input/html_guard.h"

#include <strings.h>

#include "input/clean.h"

/* Elements that are closed without being told. Inside SVG and MathML nothing is. */
static const char *const self_closing[] = {
    "area",   "base",     "br",       "col",    "embed", "hr",    "img",   "input",
    "link",   "meta",     "param",    "source", "track", "wbr",   "p",     "li",
    "dt",     "dd",       "tr",       "td",     "th",    "tbody", "thead", "tfoot",
    "option", "optgroup", "colgroup", "rt",     "rp",    "html",  "head",  "body",
};

static const char *const raw[] = {"script", "style",   "textarea", "title",
                                  "iframe", "noembed", "noframes", "xmp"};

enum { MAX_TABLES = 64 };

struct guard {
    const char *at, *end;
    const char *copied; /* up to here the page is in out */
    struct bytes *out;  /* borrowed */
    size_t open;
    size_t tables;              /* that stand open */
    size_t outside[MAX_TABLES]; /* what stood open before each of them */
    size_t foreign;             /* svg and math that stand open */
    bool select;                /* in which most tags count for nothing */
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_one_of(struct slice name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (clean_same(name, names[i]))
            return true;
    return false;
}

#define IS_ONE_OF(name, names) is_one_of(name, names, sizeof(names) / sizeof(names)[0])

static struct slice tag_name(struct guard *g)
{
    const char *from = g->at;
    while (g->at < g->end && !clean_is_space(*g->at) && *g->at != '>' && *g->at != '/')
        g->at++;
    return slice_of(from, (size_t)(g->at - from));
}

/* Goes behind the tag; returns how many attributes it has at most. */
static size_t pass_attributes(struct guard *g, bool *empty)
{
    size_t count = 0;
    char quote = '\0', before = ' ';
    for (; g->at < g->end && (quote || *g->at != '>'); g->at++) {
        char c = *g->at;
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if ((c == '"' || c == '\'') && before == '=')
            quote = c;
        else if (!clean_is_space(c) && c != '/' &&
                 (clean_is_space(before) || before == '/' || before == '"' || before == '\''))
            count++;
        if (!clean_is_space(c) || before != '=')
            before = c;
    }
    *empty = before == '/';
    g->at += g->at < g->end;
    return count;
}

/* The content of script and the like is text up to its end tag. */
static void pass_raw(struct guard *g, struct slice name)
{
    while (g->at < g->end) {
        const char *tag = memchr(g->at, '<', (size_t)(g->end - g->at));
        if (!tag || (size_t)(g->end - tag) < name.size + 2)
            break;
        g->at = tag + 1;
        if (tag[1] == '/' && strncasecmp(tag + 2, name.data, name.size) == 0)
            return;
    }
    g->at = g->end;
}

/* To behind the first "-->" or "--!>". */
static void pass_comment(struct guard *g)
{
    for (const char *at = g->at; (at = memmem(at, (size_t)(g->end - at), "--", 2)); at++) {
        const char *behind = at + 2;
        behind += behind < g->end && *behind == '!';
        if (behind < g->end && *behind == '>') {
            g->at = behind + 1;
            return;
        }
    }
    g->at = g->end;
}

/* Whatever stands open in a cell ends with it, and in a table with that. */
static void pass_table_tag(struct guard *g, struct slice name, bool opens)
{
    bool table = clean_same(name, "table");
    if (table && opens) {
        if (g->tables < MAX_TABLES)
            g->outside[g->tables] = g->open;
        g->tables++;
    } else if (table || clean_same(name, "td") || clean_same(name, "th") ||
               clean_same(name, "tr")) {
        if (g->tables && g->tables <= MAX_TABLES)
            g->open = g->outside[g->tables - 1] + 1;
        g->tables -= table && g->tables;
    }
}

static bool is_foreign(struct slice name)
{
    return clean_same(name, "svg") || clean_same(name, "math");
}

/* Whether what comes behind the tag is text and no tags. */
static bool makes_raw(const struct guard *g, struct slice name)
{
    return !g->foreign && IS_ONE_OF(name, raw) && (!g->select || clean_same(name, "script"));
}

static size_t pass_open_tag(struct guard *g)
{
    bool empty;
    struct slice name = tag_name(g);
    size_t attributes = pass_attributes(g, &empty);
    pass_table_tag(g, name, true);
    g->foreign += is_foreign(name) && !empty;
    if (clean_same(name, "select"))
        g->select = !g->select;
    if (makes_raw(g, name))
        pass_raw(g, name);
    else if (g->foreign ? !empty : !IS_ONE_OF(name, self_closing))
        g->open++;
    return attributes;
}

static void copy_up_to(struct guard *g, const char *at)
{
    bytes_append(g->out, g->copied, (size_t)(at - g->copied));
    g->copied = at;
}

static void pass_close_tag(struct guard *g)
{
    bool empty;
    const char *tag = g->at++ - 1;
    struct slice name = tag_name(g);
    if (clean_same(name, "form")) {
        copy_up_to(g, tag);
        bytes_append_string(g->out, "<!---->");
    }
    pass_attributes(g, &empty);
    pass_table_tag(g, name, false);
    g->foreign -= is_foreign(name) && g->foreign;
    if (clean_same(name, "select"))
        g->select = false;
    if (g->open && (g->foreign || !(IS_ONE_OF(name, self_closing) || IS_ONE_OF(name, raw))))
        g->open--;
}

const char *html_guard(struct slice text, struct bytes *out)
{
    struct guard g = {
        .at = text.data, .end = text.data + text.size, .copied = text.data, .out = out};
    while (g.at < g.end && (g.at = memchr(g.at, '<', (size_t)(g.end - g.at)))) {
        size_t attributes = 0, left = (size_t)(g.end - ++g.at);
        if (left >= 3 && memcmp(g.at, "!--", 3) == 0)
            pass_comment(&g);
        else if (left && is_letter(*g.at))
            attributes = pass_open_tag(&g);
        else if (left >= 2 && *g.at == '/' && is_letter(g.at[1]))
            pass_close_tag(&g);
        if (g.open > HTML_MAX_OPEN)
            return "elements nested too deeply";
        if (attributes > HTML_MAX_ATTRIBUTES)
            return "a tag with too many attributes";
    }
    copy_up_to(&g, g.end);
    return NULL;
}
