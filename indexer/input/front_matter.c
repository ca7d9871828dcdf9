#include "input/front_matter.h"

#include "input/clean.h"

struct matter {
    struct draft *draft; /* borrowed */
    struct slice rest;
    struct slice *texts; /* of the value being read */
    size_t count, capacity;
};

/* Takes a line off the text, without its line end. */
static struct slice take_line(struct slice *text)
{
    const char *end = text->size ? memchr(text->data, '\n', text->size) : NULL;
    struct slice line = slice_of(text->data, end ? (size_t)(end - text->data) : text->size);
    *text = slice_from(*text, line.size + (end != NULL));
    return line;
}

static struct slice trim_end(struct slice line)
{
    while (line.size && memchr(" \t\r", line.data[line.size - 1], 3))
        line.size--;
    return line;
}

/* Where the name of "name: value" ends; 0 where the line is no such thing. */
static size_t name_size(struct slice line)
{
    if (line.size == 0 || memchr(" \t#-[{\"'", line.data[0], 8))
        return 0;
    for (size_t i = 0; i < line.size; i++)
        if (line.data[i] == ':' &&
            (i + 1 == line.size || line.data[i + 1] == ' ' || line.data[i + 1] == '\t'))
            return i;
    return 0;
}

size_t front_matter_size(struct slice text)
{
    struct slice rest = text;
    if (rest.size > FRONT_MATTER_BYTES)
        rest.size = text.size = FRONT_MATTER_BYTES;
    bool named = false;
    if (!slice_equal(trim_end(take_line(&rest)), SLICE("---")))
        return 0;
    while (rest.size) {
        struct slice line = trim_end(take_line(&rest));
        if (slice_equal(line, SLICE("---")) || slice_equal(line, SLICE("...")))
            return named ? text.size - rest.size : 0;
        named |= name_size(line) > 0;
    }
    return 0;
}

static void add(struct matter *m, struct slice text)
{
    if (m->count == m->capacity) {
        m->capacity = m->capacity * 2 + 4;
        m->texts =
            arena_regrow(&m->draft->arena, m->texts, m->count, m->capacity, sizeof *m->texts);
    }
    if (m->draft->arena.status == STATUS_OK)
        m->texts[m->count++] = text;
}

/* The end of a quoted text, behind its quote; the text's size where it has none. */
static size_t quoted_size(struct slice text)
{
    char quote = text.data[0];
    for (size_t i = 1; i < text.size; i++) {
        if (quote == '"' && text.data[i] == '\\')
            i++;
        else if (quote == '\'' && text.data[i] == quote && i + 1 < text.size &&
                 text.data[i + 1] == quote)
            i++;
        else if (text.data[i] == quote)
            return i + 1;
    }
    return text.size;
}

static bool is_quoted(struct slice text)
{
    return text.size >= 2 && (text.data[0] == '"' || text.data[0] == '\'') &&
           quoted_size(text) == text.size && text.data[text.size - 1] == text.data[0];
}

static char unescaped(char c)
{
    return c == 'n' ? '\n' : c == 't' ? '\t' : c;
}

static struct slice unquote(struct matter *m, struct slice text)
{
    if (!is_quoted(text))
        return text;
    char *plain = arena_allocate(&m->draft->arena, text.size, 1);
    size_t size = 0;
    for (size_t i = 1; plain && i + 1 < text.size; i++) {
        bool escape = (text.data[0] == '"' && text.data[i] == '\\') ||
                      (text.data[0] == '\'' && text.data[i] == '\'');
        i += escape && i + 2 < text.size;
        plain[size++] = escape && text.data[0] == '"' ? unescaped(text.data[i]) : text.data[i];
    }
    return slice_of(plain, size);
}

/* Without a comment behind it, and without quotes. */
static struct slice scalar(struct matter *m, struct slice text)
{
    text = clean_trim(text);
    size_t at = text.size && (text.data[0] == '"' || text.data[0] == '\'') ? quoted_size(text) : 0;
    for (; at < text.size; at++)
        if (text.data[at] == '#' && at && (text.data[at - 1] == ' ' || text.data[at - 1] == '\t')) {
            text = clean_trim(slice_of(text.data, at));
            break;
        }
    return unquote(m, text);
}

static bool is_indented(struct slice line)
{
    return line.size == 0 || line.data[0] == ' ' || line.data[0] == '\t';
}

/* "[a, 'b, c']" */
static void add_bracketed(struct matter *m, struct slice list)
{
    list = clean_trim(slice_of(list.data + 1, list.size - 2));
    while (list.size) {
        size_t size = list.data[0] == '"' || list.data[0] == '\'' ? quoted_size(list) : 0;
        while (size < list.size && list.data[size] != ',')
            size++;
        struct slice item = unquote(m, clean_trim(slice_of(list.data, size)));
        if (item.size)
            add(m, item);
        list = clean_trim(slice_from(list, size + (size < list.size)));
    }
}

/* The "- item" lines that follow; whether there were any. */
static bool add_items(struct matter *m)
{
    bool any = false;
    while (m->rest.size) {
        struct slice after = m->rest, line = clean_trim(take_line(&after));
        if (line.size && line.data[0] != '#' &&
            !(line.data[0] == '-' && (line.size == 1 || line.data[1] == ' ')))
            break;
        if (line.size > 1 && line.data[0] == '-') {
            add(m, scalar(m, slice_from(line, 1)));
            any = true;
        }
        m->rest = after;
    }
    return any;
}

/* The indented lines that follow. */
static struct slice take_block(struct matter *m)
{
    struct slice block = slice_of(m->rest.data, 0), after = m->rest;
    while (after.size && is_indented(take_line(&after))) {
        m->rest = after;
        block.size = (size_t)(after.data - block.data);
    }
    return block;
}

/* With `between` between the lines, and a line feed for those that are empty. */
static void add_block(struct matter *m, char between)
{
    struct slice block = take_block(m);
    char *text = arena_allocate(&m->draft->arena, block.size + 1, 1);
    size_t size = 0;
    while (text && block.size) {
        struct slice line = clean_trim(take_line(&block));
        if (size)
            text[size++] = line.size ? between : '\n';
        if (line.size)
            memcpy(text + size, line.data, line.size);
        size += line.size;
    }
    add(m, clean_trim(slice_of(text, size)));
}

static void read_value(struct matter *m, struct slice value)
{
    bool block = value.size && (value.data[0] == '|' || value.data[0] == '>') && value.size <= 2;
    if (block)
        add_block(m, value.data[0] == '|' ? '\n' : ' ');
    else if (value.size == 0) {
        if (!add_items(m))
            add_block(m, '\n');
    } else if (value.data[0] == '[' && value.data[value.size - 1] == ']')
        add_bracketed(m, value);
    else
        add(m, scalar(m, value));
}

void front_matter_put(struct draft *draft, struct slice matter)
{
    struct matter m = {.draft = draft, .rest = matter};
    take_line(&m.rest);
    while (m.rest.size) {
        struct slice line = trim_end(take_line(&m.rest));
        size_t size = name_size(line);
        if (size == 0)
            continue;
        m.texts = NULL; /* the draft keeps those of the value before */
        m.count = m.capacity = 0;
        read_value(&m, clean_trim(slice_from(line, size + 1)));
        bool null = m.count == 1 &&
                    (slice_equal(m.texts[0], SLICE("~")) || slice_equal(m.texts[0], SLICE("null")));
        if (m.count && !null)
            draft_put(draft, &(struct draft_value){.name = trim_end(slice_of(line.data, size)),
                                                   .texts = m.texts,
                                                   .count = m.count});
    }
}
