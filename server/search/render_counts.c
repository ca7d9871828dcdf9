/* Facets and timelines, as JSON, as rows and for a person at a terminal. */
#include <inttypes.h>

#include "base/grouped.h"
#include "search/render_parts.h"

static void write_counted(struct json_writer *w, const char *key, struct slice value,
                          uint64_t articles)
{
    json_begin_object(w);
    json_member_string(w, key, value);
    json_member_uint(w, "articles", articles);
    json_end_object(w);
}

static void write_rest(struct json_writer *w, const struct facet *facet)
{
    json_member_object(w, facet_kind_name(facet->kind));
    json_member_uint(w, "values", facet->more_values);
    json_member_uint(w, "articles", facet->more_articles);
    json_member_uint(w, "without", facet->without);
    json_end_object(w);
}

void render_facets(struct json_writer *w, const struct answer *answer)
{
    json_member_object(w, "facets");
    for (size_t i = 0; i < answer->facet_count; i++) {
        const struct facet *facet = &answer->facets[i];
        json_member_array(w, facet_kind_name(facet->kind));
        for (size_t j = 0; j < facet->value_count; j++)
            write_counted(w, "value", facet->values[j].value, facet->values[j].articles);
        json_end_array(w);
    }
    json_end_object(w);
    json_member_object(w, "facet_rest");
    for (size_t i = 0; i < answer->facet_count; i++)
        write_rest(w, &answer->facets[i]);
    json_end_object(w);
}

void render_buckets(struct json_writer *w, const struct timeline *timeline)
{
    json_member_string(w, "by", slice_of_string(timeline_unit_name(timeline->unit)));
    json_member_array(w, "buckets");
    for (size_t i = 0; i < timeline->bucket_count; i++)
        write_counted(w, "date", timeline->buckets[i].date, timeline->buckets[i].articles);
    json_end_array(w);
    json_member_uint(w, "coarser", timeline->coarser);
    json_member_uint(w, "undated", timeline->undated);
}

static void render_timeline_json(struct bytes *out, const struct searcher_info *info,
                                 const struct answer *answer, const struct render_options *options)
{
    struct json_writer w = {.out = out};
    json_begin_object(&w);
    render_head(&w, info, answer, options);
    render_buckets(&w, &answer->timeline);
    json_end_object(&w);
}

/* --- Rows --------------------------------------------------------------------------------------*/

static void put_row(struct bytes *out, const char *date, uint64_t articles, bool csv)
{
    bytes_format(out, "%s%c%" PRIu64 "%s", date, csv ? ',' : '\t', articles, csv ? "\r\n" : "\n");
}

static void render_timeline_rows(struct bytes *out, const struct timeline *timeline, bool csv)
{
    if (csv)
        bytes_append_string(out, "date,articles\r\n");
    for (size_t i = 0; i < timeline->bucket_count; i++)
        put_row(out, timeline->buckets[i].date.data, timeline->buckets[i].articles, csv);
    put_row(out, "coarser", timeline->coarser, csv);
    put_row(out, "undated", timeline->undated, csv);
}

/* --- For a person ------------------------------------------------------------------------------*/

static void put_grouped(struct bytes *out, uint64_t number)
{
    char grouped[GROUPED_BYTES];
    bytes_append_string(out, number_grouped(number, grouped));
}

static void put_padded(struct bytes *out, uint64_t number, int width)
{
    char grouped[GROUPED_BYTES];
    bytes_format(out, "%*s", width, number_grouped(number, grouped));
}

static uint64_t most_articles(const struct timeline *timeline)
{
    uint64_t most = 0;
    for (size_t i = 0; i < timeline->bucket_count; i++)
        if (timeline->buckets[i].articles > most)
            most = timeline->buckets[i].articles;
    return most;
}

/* To the eighth of a column, rounded up: what is not none is seen. */
static void put_bar(struct bytes *out, uint64_t articles, uint64_t most, size_t columns)
{
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    double exact = most ? (double)articles / (double)most * 8 * (double)columns : 0;
    size_t length = (size_t)exact + (articles > 0 && exact < 1);
    bytes_append_string(out, length ? " " : "");
    for (size_t i = 0; i < length / 8; i++)
        bytes_append_string(out, "█");
    bytes_append_string(out, eighths[length % 8]);
}

void render_chart(struct bytes *out, const struct timeline *timeline)
{
    enum { DATE_COLUMNS = 10 };
    char grouped[GROUPED_BYTES];
    uint64_t most = most_articles(timeline);
    int width = (int)strlen(number_grouped(most, grouped));
    size_t columns = RENDER_TEXT_COLUMNS - DATE_COLUMNS - 3 - (size_t)width;
    for (size_t i = 0; i < timeline->bucket_count; i++) {
        bytes_format(out, "%-*s  ", DATE_COLUMNS, timeline->buckets[i].date.data);
        put_padded(out, timeline->buckets[i].articles, width);
        put_bar(out, timeline->buckets[i].articles, most, columns);
        bytes_put_u8(out, '\n');
    }
    if (timeline->coarser) {
        put_grouped(out, timeline->coarser);
        bytes_format(out, " with a date less exact than a %s\n",
                     timeline_unit_name(timeline->unit));
    }
    if (timeline->undated) {
        put_grouped(out, timeline->undated);
        bytes_append_string(out, " without a date\n");
    }
}

void render_timeline(struct bytes *out, const struct searcher_info *info,
                     const struct answer *answer, const struct render_options *options)
{
    if (options->format == RENDER_JSON) {
        render_timeline_json(out, info, answer, options);
    } else if (options->format == RENDER_TEXT) {
        render_text_head(out, answer, options);
        render_chart(out, &answer->timeline);
    } else {
        render_timeline_rows(out, &answer->timeline, options->format == RENDER_CSV);
    }
}

static void put_facet(struct bytes *out, const struct facet *facet)
{
    struct bytes text = {0};
    bytes_format(&text, "%s: ", facet_kind_name(facet->kind));
    for (size_t i = 0; i < facet->value_count; i++) {
        bytes_append_string(&text, i > 0 ? ", " : "");
        bytes_append_slice(&text, facet->values[i].value);
        bytes_append_string(&text, " ");
        put_grouped(&text, facet->values[i].articles);
    }
    if (facet->more_values) {
        bytes_append_string(&text, ", and ");
        put_grouped(&text, facet->more_values);
        bytes_append_string(&text, " more");
    }
    if (facet->without) {
        bytes_append_string(&text, facet->value_count ? ", none " : "none ");
        put_grouped(&text, facet->without);
    }
    render_paragraph(out, 2, bytes_slice(&text));
    if (text.status != STATUS_OK)
        out->status = text.status;
    bytes_release(&text);
}

void render_facets_text(struct bytes *out, const struct answer *answer)
{
    if (answer->facet_count)
        bytes_put_u8(out, '\n');
    for (size_t i = 0; i < answer->facet_count; i++)
        put_facet(out, &answer->facets[i]);
}
