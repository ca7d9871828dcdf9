/* Answers for a person at a terminal. */
#include <inttypes.h>
#include <stdio.h>

#include "base/grouped.h"
#include "search/render_parts.h"
#include "search/suggest.h"
#include "search/wrap.h"
#include "text/utf8.h"

static void begin(struct wrap *wrap, struct bytes *out, size_t indent)
{
    for (size_t i = 0; i < indent; i++)
        bytes_put_u8(out, ' ');
    wrap_begin(wrap, out, indent, indent, RENDER_TEXT_COLUMNS);
}

/* One paragraph. */
static void put_line(struct bytes *out, size_t indent, const char *label, struct slice text)
{
    struct wrap wrap;
    begin(&wrap, out, indent);
    wrap_text(&wrap, slice_of_string(label));
    wrap_text(&wrap, text);
    wrap_end(&wrap);
}

static void put_mark(struct wrap *wrap, bool pretty, bool opens)
{
    if (pretty)
        wrap_escape(wrap, opens ? "\033[1m" : "\033[0m");
    else
        wrap_put(wrap, opens ? 0xAB : 0xBB); /* « and » */
}

/* A text with its ranges marked; ranges that are not in order or end past the text harm nothing. */
static void put_marked(struct wrap *wrap, struct slice text, const struct range *ranges,
                       size_t count, bool pretty)
{
    size_t next = 0;
    bool open = false;
    uint32_t place = 0;
    for (size_t at = 0; at < text.size; place++) {
        if (open && place >= ranges[next].end) {
            put_mark(wrap, pretty, false);
            open = false;
            next++;
        }
        if (!open && next < count && place >= ranges[next].start && place < ranges[next].end) {
            put_mark(wrap, pretty, true);
            open = true;
        }
        uint32_t c;
        at += utf8_decode(text.data + at, text.size - at, &c);
        bool cut = c == ' ' && slice_equal(slice_from(text, at), SLICE("…"));
        wrap_put(wrap, cut ? WRAP_NO_BREAK : c);
    }
    if (open)
        put_mark(wrap, pretty, false);
}

static void put_title(struct bytes *out, const struct hit *hit, size_t indent,
                      const struct render_options *options)
{
    struct wrap wrap;
    bytes_format(out, "%*" PRIu32 "  ", (int)indent - 2, hit->rank);
    wrap_begin(&wrap, out, indent, indent, RENDER_TEXT_COLUMNS);
    size_t count = options->unmarked ? 0 : hit->title_highlight_count;
    if (hit->title.size)
        put_marked(&wrap, hit->title, hit->title_highlights, count, options->pretty);
    else
        wrap_text(&wrap, hit->id);
    wrap_end(&wrap);
}

static void put_origin(struct bytes *out, const struct hit *hit, size_t indent)
{
    struct wrap wrap;
    begin(&wrap, out, indent);
    if (hit->date.size) {
        wrap_text(&wrap, hit->date);
        wrap_text(&wrap, SLICE(" · "));
    }
    for (size_t i = 0; i < hit->source_count; i++) {
        wrap_text(&wrap, hit->sources[i]);
        wrap_text(&wrap, i + 1 < hit->source_count ? SLICE(", ") : SLICE(" · "));
    }
    wrap_text(&wrap, hit->id);
    wrap_end(&wrap);
}

static void put_snippet(struct bytes *out, const struct snippet *snippet, size_t indent,
                        const struct render_options *options)
{
    struct wrap wrap;
    begin(&wrap, out, indent);
    size_t count = options->unmarked ? 0 : snippet->highlight_count;
    put_marked(&wrap, snippet->text, snippet->highlights, count, options->pretty);
    wrap_end(&wrap);
}

static void put_explanation(struct bytes *out, const struct explanation *e, size_t indent)
{
    struct bytes text = {0};
    bytes_format(&text, "%.6f from %s%s", e->score, e->part, e->term.size ? " " : "");
    bytes_append_slice(&text, e->term);
    if (e->articles)
        bytes_format(&text, ": in %" PRIu64 " articles,", e->articles);
    else
        bytes_append_string(&text, ":");
    bytes_format(&text, " idf %.6f", e->idf);
    if (e->tf > 0)
        bytes_format(&text, "; here %g times", e->tf);
    if (e->has_edits)
        bytes_format(&text, ", %" PRIu32 " edits away", e->edits);
    if (e->length > 0)
        bytes_format(&text, ", %g of them in the title, among %g words where %.1f are usual",
                     e->title_tf, e->length, e->average_length);
    put_line(out, indent, "", bytes_slice(&text));
    if (text.status != STATUS_OK)
        out->status = text.status;
    bytes_release(&text);
}

/* "also in 12 near-copies: a, b, …" */
static void put_also_in(struct bytes *out, const struct hit *hit, size_t indent)
{
    struct bytes text = {0};
    char grouped[GROUPED_BYTES];
    bytes_format(&text, "%s %s: ", number_grouped(hit->also_in_total, grouped),
                 hit->also_in_total == 1 ? "near-copy" : "near-copies");
    for (size_t i = 0; i < hit->also_in_count; i++) {
        bytes_append_string(&text, i ? ", " : "");
        bytes_append_slice(&text, hit->also_in[i].id);
    }
    if (hit->also_in_count < hit->also_in_total)
        bytes_append_string(&text, ", …");
    put_line(out, indent, "also in ", bytes_slice(&text));
    if (text.status != STATUS_OK)
        out->status = text.status;
    bytes_release(&text);
}

static void put_hit(struct bytes *out, const struct hit *hit, const struct render_options *options)
{
    char digits[16];
    size_t indent = (size_t)snprintf(digits, sizeof digits, "%2" PRIu32, hit->rank) + 2;
    bytes_put_u8(out, '\n');
    put_title(out, hit, indent, options);
    put_origin(out, hit, indent);
    for (size_t i = 0; i < hit->snippet_count; i++)
        put_snippet(out, &hit->snippets[i], indent, options);
    if (hit->also_in_total)
        put_also_in(out, hit, indent);
    for (size_t i = 0; i < hit->explanation_count; i++)
        put_explanation(out, &hit->explanations[i], indent);
}

static void put_grouped(struct bytes *out, uint64_t number)
{
    char grouped[GROUPED_BYTES];
    bytes_append_string(out, number_grouped(number, grouped));
}

static void put_total(struct bytes *out, const struct answer *answer,
                      const struct render_options *options)
{
    if (answer->hit_count && answer->hit_count < answer->total) {
        put_grouped(out, answer->hits[0].rank);
        uint32_t last = answer->hits[answer->hit_count - 1].rank;
        if (last > 1) {
            bytes_append_string(out, "–");
            put_grouped(out, last);
        }
        bytes_append_string(out, " of ");
    }
    if (answer->relation == TOTAL_GTE)
        bytes_append_string(out, "at least ");
    put_grouped(out, answer->total);
    bytes_append_string(out, answer->total == 1 ? " article" : " articles");
    if (!options->timeless)
        bytes_format(out, " · %.1f ms", (double)answer->took_us / 1000);
    bytes_put_u8(out, '\n');
}

/* Which of the words stand nowhere, and how often the others. */
static void put_words(struct bytes *out, const struct answer *answer)
{
    struct bytes text = {0};
    for (size_t i = 0; i < answer->word_count; i++) {
        bytes_append_string(&text, i > 0 ? ", " : "");
        bytes_append_slice(&text, answer->words[i].word);
        bytes_append_string(&text, "\u00a0");
        put_grouped(&text, answer->words[i].articles);
        if (answer->words[i].ignored)
            bytes_append_string(&text, " (a stop word)");
        if (!answer->words[i].is_pattern)
            continue;
        bytes_append_string(&text, " (");
        put_grouped(&text, answer->words[i].stands_for);
        bytes_append_string(&text, answer->words[i].stands_for == 1 ? " word)" : " words)");
    }
    if (text.size)
        put_line(out, 0, "articles that hold each word: ", bytes_slice(&text));
    if (text.status != STATUS_OK)
        out->status = text.status;
    bytes_release(&text);
}

/* Stop words, each of which a + would ask for. */
static void put_ignored(struct bytes *out, const struct answer *answer)
{
    struct bytes text = {0};
    for (size_t i = 0; i < answer->word_count; i++) {
        if (!answer->words[i].ignored)
            continue;
        bytes_append_string(&text, text.size ? ", " : "");
        bytes_append_slice(&text, answer->words[i].word);
    }
    if (text.size)
        put_line(out, 0, "note: stop words, which a + would ask for: ", bytes_slice(&text));
    if (text.status != STATUS_OK)
        out->status = text.status;
    bytes_release(&text);
}

static void put_batch_head(struct bytes *out, const struct answer *answer,
                           const struct render_options *options)
{
    struct bytes name = {0};
    if (options->line > 1)
        bytes_put_u8(out, '\n');
    render_query_name(&name, options);
    bytes_append_string(&name, ": ");
    bytes_append_slice(&name, answer->text);
    put_line(out, 0, "== ", bytes_slice(&name));
    if (name.status != STATUS_OK)
        out->status = name.status;
    bytes_release(&name);
}

void render_paragraph(struct bytes *out, size_t indent, struct slice text)
{
    put_line(out, indent, "", text);
}

void render_text_head(struct bytes *out, const struct answer *answer,
                      const struct render_options *options)
{
    if (options->line)
        put_batch_head(out, answer, options);
    put_total(out, answer, options);
    for (size_t i = 0; i < answer->repair_count; i++)
        put_line(out, 0, "note: ", answer->repairs[i]);
    if (answer->any_words)
        put_line(out, 0,
                 "note: ", SLICE("no article holds all of these words; these hold some of them"));
    put_ignored(out, answer);
    render_spellings_text(out, answer);
    if (answer->partial.size)
        put_line(out, 0, "note: ", answer->partial);
}

static void put_counts(struct bytes *out, const struct answer *answer)
{
    render_facets_text(out, answer);
    if (answer->timeline.unit != TIMELINE_NONE) {
        bytes_put_u8(out, '\n');
        render_chart(out, &answer->timeline);
    }
}

static void put_corrections(struct bytes *out, const struct answer *answer)
{
    for (size_t i = 0; i < answer->correction_count; i++) {
        const struct correction *correction = &answer->corrections[i];
        struct bytes text = {0};
        bytes_format(&text, "%llu %s: ", (unsigned long long)correction->articles,
                     correction->articles == 1 ? "article" : "articles");
        bytes_append_slice(&text, correction->text);
        put_line(out, 0, "Did you mean, ", bytes_slice(&text));
        if (text.status != STATUS_OK)
            out->status = text.status;
        bytes_release(&text);
    }
}

void render_text(struct bytes *out, const struct answer *answer,
                 const struct render_options *options)
{
    render_text_head(out, answer, options);
    if (answer->has_lines)
        render_lines_text(out, answer, options);
    if (!answer->total)
        put_words(out, answer);
    if (answer->why)
        render_why_text(out, answer->why);
    put_corrections(out, answer);
    for (size_t i = 0; i < answer->hit_count; i++)
        put_hit(out, &answer->hits[i], options);
    put_counts(out, answer);
}

void render_text_error(struct bytes *out, const struct error *error,
                       const struct render_options *options)
{
    struct bytes name = {0};
    if (options->line > 1)
        bytes_put_u8(out, '\n');
    if (options->line) {
        render_query_name(&name, options);
        put_line(out, 0, "== ", bytes_slice(&name));
    }
    bytes_release(&name);
    put_line(out, 0, "error: ", slice_of_string(error->text));
}
