#include "search/render.h"

#include <inttypes.h>

#include "search/render_parts.h"
#include "text/utf8.h"

bool render_format_parse(struct slice name, enum render_format *format)
{
    static const struct slice names[] = {
        [RENDER_TEXT] = SLICE("text"), [RENDER_JSON] = SLICE("json"),
        [RENDER_TSV] = SLICE("tsv"),   [RENDER_CSV] = SLICE("csv"),
        [RENDER_TREC] = SLICE("trec"), [RENDER_COUNTS] = SLICE("counts"),
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (slice_equal(names[i], name)) {
            *format = (enum render_format)i;
            return true;
        }
    return false;
}

void render_header(struct bytes *out, const struct render_options *options)
{
    if (options->format == RENDER_CSV)
        render_rows_header(out, options);
}

void render_answer(struct bytes *out, const struct searcher_info *info, const struct answer *answer,
                   const struct render_options *options, bool header)
{
    if (header)
        render_header(out, options);
    switch (options->format) {
    case RENDER_TEXT:
        render_text(out, answer, options);
        break;
    case RENDER_JSON:
        render_json(out, info, answer, options);
        break;
    case RENDER_TSV:
    case RENDER_CSV:
        render_rows(out, answer, options);
        break;
    case RENDER_TREC:
        render_trec(out, answer, options);
        break;
    case RENDER_COUNTS:
        render_counts_row(out, answer, options);
        break;
    }
}

void render_error(struct bytes *out, const struct error *error,
                  const struct render_options *options)
{
    switch (options->format) {
    case RENDER_TEXT:
        render_text_error(out, error, options);
        break;
    case RENDER_JSON:
        render_json_error(out, error, options);
        break;
    case RENDER_TSV:
    case RENDER_CSV:
        render_rows_error(out, error, options);
        break;
    case RENDER_TREC:
        render_trec_error(out, error, options);
        break;
    case RENDER_COUNTS:
        render_counts_error(out, error, options);
        break;
    }
}

void render_query_name(struct bytes *out, const struct render_options *options)
{
    if (options->query_id.size)
        render_flat(out, options->query_id);
    else
        bytes_format(out, "%" PRIu64, options->line ? options->line : 1);
}

void render_score(struct bytes *out, double score)
{
    struct json_writer w = {.out = out};
    json_number(&w, score, 6);
}

static bool is_space_or_control(uint32_t c)
{
    return c <= ' ' || (c >= 0x7F && c <= 0xA0) || c == 0x2028 || c == 0x2029;
}

void render_flat(struct bytes *out, struct slice s)
{
    bool space = false, first = true;
    for (size_t at = 0; at < s.size;) {
        uint32_t c;
        char encoded[4];
        at += utf8_decode(s.data + at, s.size - at, &c);
        if (is_space_or_control(c)) {
            space = true;
            continue;
        }
        if (space && !first)
            bytes_put_u8(out, ' ');
        space = first = false;
        bytes_append(out, encoded, utf8_encode(c, encoded));
    }
}
