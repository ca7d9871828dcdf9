/* Concordance lines for a person at a terminal: the matches stand in one column. */

#include "base/grouped.h"
#include "search/render_parts.h"
#include "search/wrap.h"
#include "text/utf8.h"

enum { LEFT_COLUMNS = 33, MATCH_COLUMNS_MOST = RENDER_TEXT_COLUMNS - LEFT_COLUMNS - 2 };

/* The columns of what is shown of a text. */
static size_t columns_of(struct slice text)
{
    size_t columns = 0;
    for (size_t at = 0; at < text.size;) {
        uint32_t c;
        at += utf8_decode(text.data + at, text.size - at, &c);
        columns += wrap_shows(c) ? wrap_width_of(c) : 0;
    }
    return columns;
}

static void put_shown(struct bytes *out, struct slice text)
{
    for (size_t at = 0; at < text.size;) {
        uint32_t c;
        char encoded[4];
        at += utf8_decode(text.data + at, text.size - at, &c);
        if (wrap_shows(c))
            bytes_append(out, encoded, utf8_encode(c, encoded));
    }
}

static void put_spaces(struct bytes *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        bytes_put_u8(out, ' ');
}

/* The end of a text that fits: whole words where there are any, else characters with their marks.
 */
static struct slice last_that_fits(struct slice text, size_t columns)
{
    size_t wide = columns_of(text), at = 0, word = SIZE_MAX, character = SIZE_MAX;
    bool space = false;
    while (at < text.size && word == SIZE_MAX) {
        uint32_t c;
        size_t size = utf8_decode(text.data + at, text.size - at, &c);
        size_t width = wrap_shows(c) ? wrap_width_of(c) : 0;
        if (wide <= columns && width && character == SIZE_MAX)
            character = at;
        if (wide <= columns && (space || at == 0) && width)
            word = at;
        space = c == ' ';
        wide -= width;
        at += size;
    }
    if (word != SIZE_MAX)
        return slice_from(text, word);
    return character != SIZE_MAX ? slice_from(text, character) : (struct slice){0};
}

/* The beginning of it, likewise. */
static struct slice first_that_fits(struct slice text, size_t columns)
{
    size_t wide = 0, word = 0, at = 0;
    while (at < text.size) {
        uint32_t c;
        size_t size = utf8_decode(text.data + at, text.size - at, &c);
        wide += wrap_shows(c) ? wrap_width_of(c) : 0;
        if (wide > columns)
            return slice_of(text.data, word ? word : at);
        if (c == ' ')
            word = at;
        at += size;
    }
    return text;
}

static size_t put_match(struct bytes *out, struct slice match, const struct render_options *options)
{
    struct slice shown = first_that_fits(match, MATCH_COLUMNS_MOST);
    bool marked = !options->unmarked, cut = shown.size < match.size;
    bytes_append_string(out, !marked ? "" : options->pretty ? "\033[1m" : "«");
    put_shown(out, shown);
    bytes_append_string(out, cut ? "…" : "");
    bytes_append_string(out, !marked ? "" : options->pretty ? "\033[0m" : "»");
    return columns_of(shown) + cut + (marked && !options->pretty ? 2 : 0);
}

static void put_line(struct bytes *out, const struct kwic_line *line,
                     const struct render_options *options)
{
    struct slice left = last_that_fits(line->left, LEFT_COLUMNS);
    put_spaces(out, LEFT_COLUMNS - columns_of(left));
    put_shown(out, left);
    size_t used = LEFT_COLUMNS + put_match(out, line->match, options);
    if (used < RENDER_TEXT_COLUMNS)
        put_shown(out, first_that_fits(line->right, RENDER_TEXT_COLUMNS - used));
    bytes_put_u8(out, '\n');
}

static void put_article(struct bytes *out, const struct kwic_line *line)
{
    struct bytes text = {0};
    bytes_append_slice(&text, line->title.size ? line->title : line->id);
    if (line->date.size) {
        bytes_append_string(&text, " · ");
        bytes_append_slice(&text, line->date);
    }
    if (line->title.size) {
        bytes_append_string(&text, " · ");
        bytes_append_slice(&text, line->id);
    }
    bytes_put_u8(out, '\n');
    render_paragraph(out, 0, bytes_slice(&text));
    if (text.status != STATUS_OK)
        out->status = text.status;
    bytes_release(&text);
}

void render_lines_text(struct bytes *out, const struct answer *answer,
                       const struct render_options *options)
{
    char grouped[GROUPED_BYTES];
    if (answer->line_count && answer->line_count < answer->occurrences) {
        bytes_append_string(out, number_grouped(answer->line_count, grouped));
        bytes_append_string(out, " of ");
    }
    bytes_append_string(out, answer->partial.size ? "at least " : "");
    bytes_append_string(out, number_grouped(answer->occurrences, grouped));
    bytes_append_string(out, answer->occurrences == 1 ? " occurrence\n" : " occurrences\n");
    for (size_t i = 0; i < answer->line_count; i++) {
        const struct kwic_line *line = &answer->lines[i], *before = line - (i > 0);
        if (i == 0 || line->file != before->file || line->article != before->article)
            put_article(out, line);
        put_line(out, line, options);
    }
}
