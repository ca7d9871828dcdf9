#include "search/quote_render.h"
#include "search/render_parts.h"

static void write_range(struct json_writer *w, const struct range *range)
{
    json_member_uint(w, "start", range->start);
    json_member_uint(w, "end", range->end);
}

static void write_field(struct json_writer *w, bool in_title)
{
    json_member_string(w, "field", in_title ? SLICE("title") : SLICE("body"));
}

/* Where something stands in the article: its field, and a stretch of that or null. */
static void write_written(struct json_writer *w, bool in_title, const struct range *range)
{
    json_key(w, "written");
    if (!range) {
        json_null(w);
        return;
    }
    json_begin_object(w);
    write_field(w, in_title);
    write_range(w, range);
    json_end_object(w);
}

static void write_place(struct json_writer *w, const struct quote_place *at)
{
    json_member_object(w, "at");
    write_field(w, at->in_title);
    json_member_uint(w, "word", at->word);
    json_end_object(w);
}

static void write_fields(struct json_writer *w, const struct searcher_info *info,
                         const struct hit *hit, const struct render_options *options)
{
    json_member_string(w, "id", hit->id);
    render_href(w, info, hit, options);
    render_fields(w, hit);
}

static void write_run(struct json_writer *w, const struct searcher_info *info,
                      const struct quote_run *run, const struct render_options *options)
{
    json_begin_object(w);
    write_range(w, &run->pasted);
    json_member_uint(w, "words", run->words);
    json_member_string(w, "text", run->text);
    json_member_uint(w, "total", run->total);
    json_member_array(w, "articles");
    for (size_t i = 0; i < run->article_count; i++) {
        json_begin_object(w);
        write_fields(w, info, run->articles[i].fields, options);
        write_place(w, &run->articles[i].at);
        json_end_object(w);
    }
    json_end_array(w);
    json_end_object(w);
}

static void write_piece(struct json_writer *w, const struct quote_piece *piece)
{
    json_begin_object(w);
    write_range(w, &piece->pasted);
    json_member_uint(w, "words", piece->words);
    write_place(w, &piece->at);
    write_written(w, piece->at.in_title, piece->has_written ? &piece->written : NULL);
    json_member_bool(w, "in_order", piece->in_order);
    json_end_object(w);
}

static void write_difference(struct json_writer *w, const struct quote_difference *difference)
{
    json_begin_object(w);
    json_member_string(w, "pasted", difference->pasted_text);
    write_range(w, &difference->pasted);
    json_member_uint(w, "pasted_words", difference->pasted_words);
    json_member_object(w, "written");
    json_key(w, "text");
    if (difference->written_text.data)
        json_string(w, difference->written_text);
    else
        json_null(w);
    write_field(w, difference->in_title);
    write_range(w, &difference->written);
    json_member_uint(w, "words", difference->written_words);
    json_end_object(w);
    json_end_object(w);
}

static void write_article(struct json_writer *w, const struct searcher_info *info,
                          const struct quote_article *article, const struct render_options *options)
{
    json_begin_object(w);
    json_member_uint(w, "rank", article->fields.rank);
    write_fields(w, info, &article->fields, options);
    json_member_uint(w, "covered", article->covered);
    json_member_array(w, "runs");
    for (size_t i = 0; i < article->run_count; i++)
        write_piece(w, &article->runs[i]);
    json_end_array(w);
    json_member_array(w, "differs");
    for (size_t i = 0; i < article->difference_count; i++)
        write_difference(w, &article->differences[i]);
    json_end_array(w);
    if (article->more_differences)
        json_member_bool(w, "more_differs", true);
    json_end_object(w);
}

static void write_total(struct json_writer *w, const char *key, uint64_t total, bool whole)
{
    json_member_object(w, key);
    json_member_uint(w, "value", total);
    json_member_string(w, "relation", whole ? SLICE("eq") : SLICE("gte"));
    json_end_object(w);
}

void quote_render_json(struct bytes *out, const struct searcher_info *info,
                       const struct quote_answer *answer, const struct render_options *options)
{
    struct json_writer w = {.out = out};
    bool whole = answer->partial.size == 0;
    json_begin_object(&w);
    json_member_uint(&w, "words", answer->words);
    json_member_uint(&w, "joined", answer->joined);
    json_member_uint(&w, "min", answer->min);
    render_index(&w, info);
    if (!options->timeless)
        json_member_uint(&w, "took_us", answer->took_us);
    if (!whole)
        json_member_string(&w, "partial", answer->partial);
    write_total(&w, "total_runs", answer->run_total, whole);
    json_member_array(&w, "runs");
    for (size_t i = 0; i < answer->run_count; i++)
        write_run(&w, info, &answer->runs[i], options);
    json_end_array(&w);
    write_total(&w, "total_articles", answer->article_total, whole);
    json_member_array(&w, "articles");
    for (size_t i = 0; i < answer->article_count; i++)
        write_article(&w, info, &answer->articles[i], options);
    json_end_array(&w);
    json_end_object(&w);
}
