/* TSV, CSV and TREC: a row a hit. */
#include <inttypes.h>

#include "search/render_parts.h"
#include "text/utf8.h"

static const char *const column_names[] = {"rank", "score",  "id",   "title",
                                           "url",  "source", "date", "snippet"};
enum { COLUMNS = sizeof column_names / sizeof *column_names };

static const char *const line_names[] = {"id", "title", "date", "left", "match", "right", "at"};
enum { LINE_COLUMNS = sizeof line_names / sizeof *line_names };

struct rows {
    struct bytes *out;
    bool csv;
    bool started; /* a value stands in the row */
};

static void end_row(struct rows *rows)
{
    bytes_append_string(rows->out, rows->csv ? "\r\n" : "\n");
    rows->started = false;
}

static bool needs_quotes(struct slice value)
{
    for (size_t i = 0; i < value.size; i++)
        if (value.data[i] == '"' || value.data[i] == ',' || value.data[i] == '\n' ||
            value.data[i] == '\r')
            return true;
    return value.size && (value.data[0] == ' ' || value.data[value.size - 1] == ' ');
}

/* RFC 4180; the value is made valid UTF-8. */
static void put_csv(struct bytes *out, struct slice value)
{
    if (!needs_quotes(value)) {
        utf8_append_valid(out, value);
        return;
    }
    bytes_put_u8(out, '"');
    while (value.size) {
        const char *mark = memchr(value.data, '"', value.size);
        size_t n = mark ? (size_t)(mark - value.data) + 1 : value.size;
        utf8_append_valid(out, slice_of(value.data, n));
        if (mark)
            bytes_put_u8(out, '"');
        value = slice_from(value, n);
    }
    bytes_put_u8(out, '"');
}

static void put_value(struct rows *rows, struct slice value)
{
    if (rows->started)
        bytes_put_u8(rows->out, rows->csv ? ',' : '\t');
    rows->started = true;
    if (rows->csv)
        put_csv(rows->out, value);
    else
        render_flat(rows->out, value);
}

static void put_made(struct rows *rows, struct bytes *made)
{
    put_value(rows, bytes_slice(made));
    if (made->status != STATUS_OK)
        rows->out->status = made->status;
    bytes_release(made);
}

static void put_number(struct rows *rows, uint64_t number)
{
    struct bytes text = {0};
    bytes_format(&text, "%" PRIu64, number);
    put_made(rows, &text);
}

static void put_score(struct rows *rows, double score)
{
    struct bytes text = {0};
    render_score(&text, score);
    put_made(rows, &text);
}

static void put_joined(struct rows *rows, const struct slice *values, size_t count)
{
    struct bytes joined = {0};
    for (size_t i = 0; i < count; i++) {
        bytes_append_string(&joined, i > 0 ? "; " : "");
        bytes_append_slice(&joined, values[i]);
    }
    put_made(rows, &joined);
}

static void put_query_name(struct rows *rows, const struct render_options *options)
{
    struct bytes name = {0};
    if (!options->line)
        return;
    render_query_name(&name, options);
    put_made(rows, &name);
}

static void put_hit(struct rows *rows, const struct hit *hit, const struct render_options *options)
{
    put_query_name(rows, options);
    put_number(rows, hit->rank);
    put_score(rows, hit->score);
    put_value(rows, hit->id);
    put_value(rows, hit->title);
    put_value(rows, hit->url);
    put_joined(rows, hit->sources, hit->source_count);
    put_value(rows, hit->date);
    put_value(rows, hit->snippet_count ? hit->snippets[0].text : SLICE(""));
    end_row(rows);
}

/* left and right keep the space beside the match only in CSV. */
static void put_concordance_line(struct rows *rows, const struct kwic_line *line,
                                 const struct render_options *options)
{
    put_query_name(rows, options);
    put_value(rows, line->id);
    put_value(rows, line->title);
    put_value(rows, line->date);
    put_value(rows, line->left);
    put_value(rows, line->match);
    put_value(rows, line->right);
    put_number(rows, line->at);
    end_row(rows);
}

void render_rows(struct bytes *out, const struct answer *answer,
                 const struct render_options *options)
{
    struct rows rows = {.out = out, .csv = options->format == RENDER_CSV};
    for (size_t i = 0; i < answer->hit_count; i++)
        put_hit(&rows, &answer->hits[i], options);
    for (size_t i = 0; i < answer->line_count; i++)
        put_concordance_line(&rows, &answer->lines[i], options);
}

void render_rows_header(struct bytes *out, const struct render_options *options)
{
    struct rows rows = {.out = out, .csv = options->format == RENDER_CSV};
    if (options->line)
        put_value(&rows, SLICE("query"));
    size_t count = options->lines ? LINE_COLUMNS : COLUMNS;
    for (size_t i = 0; i < count; i++)
        put_value(&rows, slice_of_string(options->lines ? line_names[i] : column_names[i]));
    end_row(&rows);
}

void render_rows_error(struct bytes *out, const struct error *error,
                       const struct render_options *options)
{
    struct rows rows = {.out = out, .csv = options->format == RENDER_CSV};
    put_query_name(&rows, options);
    put_value(&rows, SLICE("error"));
    put_value(&rows, SLICE(""));
    put_value(&rows, SLICE(""));
    put_value(&rows, slice_of_string(error->text));
    for (size_t i = 4; i < COLUMNS; i++)
        put_value(&rows, SLICE(""));
    end_row(&rows);
}

/* A column of TREC ends at white space: that of an id is written as %20. */
static void put_trec(struct bytes *out, const struct bytes *flat)
{
    if (flat->status != STATUS_OK)
        out->status = flat->status;
    for (size_t i = 0; i < flat->size; i++)
        if (flat->data[i] == ' ')
            bytes_append_string(out, "%20");
        else
            bytes_put_u8(out, flat->data[i]);
}

static void put_trec_hit(struct bytes *out, const struct hit *hit,
                         const struct render_options *options)
{
    struct bytes name = {0}, id = {0};
    render_query_name(&name, options);
    render_flat(&id, hit->id);
    put_trec(out, &name);
    bytes_append_string(out, " Q0 ");
    put_trec(out, &id);
    bytes_format(out, " %" PRIu32 " ", hit->rank);
    render_score(out, hit->score);
    bytes_append_string(out, " verbatim\n");
    bytes_release(&name);
    bytes_release(&id);
}

void render_trec(struct bytes *out, const struct answer *answer,
                 const struct render_options *options)
{
    for (size_t i = 0; i < answer->hit_count; i++)
        put_trec_hit(out, &answer->hits[i], options);
}

void render_trec_error(struct bytes *out, const struct error *error,
                       const struct render_options *options)
{
    bytes_append_string(out, "# ");
    render_query_name(out, options);
    bytes_append_string(out, ": ");
    render_flat(out, slice_of_string(error->text));
    bytes_put_u8(out, '\n');
}
