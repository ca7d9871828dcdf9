/* The quotation checker's answers for a person at a terminal. */
#include <inttypes.h>
#include <stdio.h>

#include "base/grouped.h"
#include "search/quote_render.h"
#include "search/wrap.h"

enum { INDENT = 4, LABEL = 9 }; /* of "written  " */

static void begin(struct wrap *wrap, struct bytes *out, size_t indent)
{
    bytes_format(out, "%*s", (int)indent, "");
    wrap_begin(wrap, out, indent, indent, RENDER_TEXT_COLUMNS);
}

static void put_count(struct bytes *out, uint64_t number, const char *one, const char *many)
{
    char grouped[GROUPED_BYTES];
    bytes_append_string(out, number_grouped(number, grouped));
    bytes_put_u8(out, ' ');
    bytes_append_string(out, number == 1 ? one : many);
}

static struct slice name_of(const struct hit *hit)
{
    return hit->title.size ? hit->title : hit->id;
}

/* --- Runs --------------------------------------------------------------------------------------*/

static void put_holders(struct bytes *out, const struct quote_run *run)
{
    struct wrap wrap;
    begin(&wrap, out, INDENT);
    for (size_t i = 0; i < run->article_count; i++) {
        wrap_text(&wrap, i ? SLICE(" · ") : SLICE("in "));
        wrap_text(&wrap, name_of(run->articles[i].fields));
    }
    if (run->total > run->article_count) {
        char more[GROUPED_BYTES];
        wrap_text(&wrap, run->article_count ? SLICE(" and ") : SLICE("in "));
        wrap_text(&wrap, slice_of_string(number_grouped(run->total - run->article_count, more)));
        wrap_text(&wrap, run->article_count ? SLICE(" more") : SLICE(" articles"));
    }
    wrap_end(&wrap);
}

static void put_run(struct bytes *out, const struct quote_run *run)
{
    struct wrap wrap;
    bytes_put_u8(out, '\n');
    put_count(out, run->words, "word", "words");
    bytes_append_string(out, " · ");
    put_count(out, run->total, "article", "articles");
    bytes_put_u8(out, '\n');
    begin(&wrap, out, INDENT);
    wrap_text(&wrap, SLICE("“"));
    wrap_text(&wrap, run->text);
    wrap_text(&wrap, SLICE("”"));
    wrap_end(&wrap);
    put_holders(out, run);
}

/* --- Articles ----------------------------------------------------------------------------------*/

static void put_side(struct bytes *out, const char *label, const struct slice around[2],
                     struct slice text, bool pretty)
{
    struct wrap wrap;
    bytes_format(out, "%*s%s", INDENT, "", label);
    wrap_begin(&wrap, out, INDENT + LABEL, INDENT + LABEL, RENDER_TEXT_COLUMNS);
    wrap_text(&wrap, SLICE("… "));
    wrap_text(&wrap, around[0]);
    wrap_text(&wrap, SLICE(" "));
    if (pretty)
        wrap_escape(&wrap, "\033[1m");
    else
        wrap_put(&wrap, 0xAB);
    wrap_text(&wrap, text);
    if (pretty)
        wrap_escape(&wrap, "\033[0m");
    else
        wrap_put(&wrap, 0xBB);
    wrap_text(&wrap, SLICE(" "));
    wrap_text(&wrap, around[1]);
    wrap_text(&wrap, SLICE(" …"));
    wrap_end(&wrap);
}

/* A pretty mark around nothing would not be seen. */
static struct slice shown(struct slice text, bool pretty)
{
    return text.size || !pretty ? text : SLICE("∅");
}

static void put_difference(struct bytes *out, const struct quote_difference *difference,
                           bool pretty)
{
    char left_out[64];
    struct slice written = difference->written_text;
    if (!written.data) {
        snprintf(left_out, sizeof left_out, "%" PRIu32 " words", difference->written_words);
        written = slice_of_string(left_out);
    }
    put_side(out, "pasted   ", difference->pasted_around, shown(difference->pasted_text, pretty),
             pretty);
    put_side(out, "written  ", difference->written_around, shown(written, pretty), pretty);
}

static void put_article(struct bytes *out, const struct quote_article *article, uint32_t words,
                        bool pretty)
{
    struct wrap wrap;
    char digits[16];
    size_t indent = (size_t)snprintf(digits, sizeof digits, "%2" PRIu32, article->fields.rank) + 2;
    bytes_format(out, "\n%s  ", digits);
    wrap_begin(&wrap, out, indent, indent, RENDER_TEXT_COLUMNS);
    wrap_text(&wrap, name_of(&article->fields));
    wrap_end(&wrap);
    begin(&wrap, out, INDENT);
    struct bytes origin = {0};
    bytes_format(&origin, "%" PRIu32 " of ", article->covered);
    put_count(&origin, words, "word", "words");
    bytes_append_string(&origin, " · ");
    if (article->fields.date.size) {
        bytes_append_slice(&origin, article->fields.date);
        bytes_append_string(&origin, " · ");
    }
    bytes_append_slice(&origin, article->fields.id);
    wrap_text(&wrap, bytes_slice(&origin));
    wrap_end(&wrap);
    if (origin.status != STATUS_OK)
        out->status = origin.status;
    bytes_release(&origin);
    for (size_t i = 0; i < article->difference_count; i++)
        put_difference(out, &article->differences[i], pretty);
}

/* --- The answer --------------------------------------------------------------------------------*/

static void put_head(struct bytes *out, const struct quote_answer *answer,
                     const struct render_options *options)
{
    const char *least = answer->partial.size ? "at least " : "";
    put_count(out, answer->words, "word", "words");
    bytes_format(out, " · %s", least);
    put_count(out, answer->run_total, "run", "runs");
    bytes_append_string(out, " in ");
    put_count(out, answer->article_total, "article", "articles");
    if (!options->timeless)
        bytes_format(out, " · %.1f ms", (double)answer->took_us / 1000);
    bytes_put_u8(out, '\n');
    if (!answer->partial.size)
        return;
    struct wrap wrap;
    begin(&wrap, out, 0);
    wrap_text(&wrap, SLICE("note: "));
    wrap_text(&wrap, answer->partial);
    wrap_end(&wrap);
}

void quote_render_text(struct bytes *out, const struct quote_answer *answer,
                       const struct render_options *options)
{
    put_head(out, answer, options);
    for (size_t i = 0; i < answer->run_count; i++)
        put_run(out, &answer->runs[i]);
    if (answer->run_count && answer->article_count)
        bytes_append_string(out, "\nArticles\n");
    for (size_t i = 0; i < answer->article_count; i++)
        put_article(out, &answer->articles[i], answer->words, options->pretty);
}
