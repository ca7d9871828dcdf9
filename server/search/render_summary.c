/* A row a query: how many articles, and the first of them. */
#include <inttypes.h>

#include "search/render_parts.h"

static void put_column(struct bytes *out, struct slice value)
{
    bytes_put_u8(out, '\t');
    render_flat(out, value);
}

static void put_first(struct bytes *out, const struct hit *first)
{
    struct bytes score = {0};
    render_score(&score, first->score);
    put_column(out, bytes_slice(&score));
    bytes_release(&score);
    put_column(out, first->id);
    put_column(out, first->title);
    put_column(out, first->url);
    put_column(out, first->source_count ? first->sources[0] : SLICE(""));
    put_column(out, first->date);
}

void render_counts_row(struct bytes *out, const struct answer *answer,
                       const struct render_options *options)
{
    render_query_name(out, options);
    bytes_format(out, "\t%" PRIu64 "\t%s", answer->total,
                 answer->relation == TOTAL_EQ ? "eq" : "gte");
    if (answer->hit_count)
        put_first(out, &answer->hits[0]);
    else
        bytes_append_string(out, "\t\t\t\t\t\t");
    put_column(out, answer->text);
    bytes_put_u8(out, '\n');
}

void render_counts_error(struct bytes *out, const struct error *error,
                         const struct render_options *options)
{
    render_query_name(out, options);
    bytes_append_string(out, "\terror\t\t\t\t");
    render_flat(out, slice_of_string(error->text));
    bytes_append_string(out, "\t\t\t\t\n");
}
