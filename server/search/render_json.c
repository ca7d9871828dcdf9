#include "base/json_read.h"
#include "search/render_parts.h"
#include "search/suggest_render.h"

static void write_number(struct json_writer *w, const char *key, double value)
{
    json_member_number(w, key, value, 6);
}

/* A string, or null where there is none. */
static void write_optional(struct json_writer *w, const char *key, struct slice value)
{
    json_key(w, key);
    if (value.size)
        json_string(w, value);
    else
        json_null(w);
}

/* The fields that are not known, as they were given. What is stored is not trusted to be JSON. */
static void write_extra(struct json_writer *w, struct slice extra)
{
    struct error error = {0};
    struct json_document *doc = extra.size ? json_parse(extra, &error) : NULL;
    if (doc && json_size(json_document_root(doc)) > 0) {
        json_key(w, "extra");
        json_write_value(w->out, json_document_root(doc));
        w->comma = true;
    }
    json_document_close(doc);
}

void render_fields(struct json_writer *w, const struct hit *hit)
{
    write_optional(w, "title", hit->title);
    if (hit->title_derived)
        json_member_bool(w, "title_derived", true);
    if (hit->fields_cut)
        json_member_bool(w, "fields_cut", true);
    write_optional(w, "url", hit->url);
    json_member_strings(w, "source", hit->sources, hit->source_count);
    json_member_strings(w, "author", hit->authors, hit->author_count);
    write_optional(w, "date", hit->date);
    json_member_strings(w, "lang", hit->langs, hit->lang_count);
    json_member_strings(w, "tags", hit->tags, hit->tag_count);
    write_extra(w, hit->extra);
}

/* The member `key`: an array of [start, end]. */
static void write_ranges(struct json_writer *w, const char *key, const struct range *ranges,
                         size_t count)
{
    json_member_array(w, key);
    for (size_t i = 0; i < count; i++) {
        json_begin_array(w);
        json_uint(w, ranges[i].start);
        json_uint(w, ranges[i].end);
        json_end_array(w);
    }
    json_end_array(w);
}

/* RFC 3986: everything but unreserved characters, '/' too, since an id is one segment. What it
 * writes stands for itself in JSON. */
static void percent_encode(struct bytes *out, struct slice s)
{
    for (size_t i = 0; i < s.size; i++) {
        unsigned char c = (unsigned char)s.data[i];
        bool alphanumeric = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
        if (alphanumeric || c == '-' || c == '.' || c == '_' || c == '~')
            bytes_put_u8(out, c);
        else
            bytes_format(out, "%%%02X", c);
    }
}

static void write_href(struct json_writer *w, const struct searcher_info *info, struct slice id,
                       const struct render_options *options)
{
    json_key(w, "href");
    bytes_append_string(w->out, "\"/articles/");
    percent_encode(w->out, id);
    if (options->name_index) {
        bytes_append_string(w->out, "?index=");
        percent_encode(w->out, slice_of_string(info->name));
    }
    bytes_put_u8(w->out, '"');
    w->comma = true;
}

static void write_snippets(struct json_writer *w, const struct hit *hit, bool unmarked)
{
    json_member_array(w, "snippets");
    for (size_t i = 0; i < hit->snippet_count; i++) {
        const struct snippet *snippet = &hit->snippets[i];
        json_begin_object(w);
        json_member_string(w, "text", snippet->text);
        if (!unmarked)
            write_ranges(w, "highlights", snippet->highlights, snippet->highlight_count);
        json_end_object(w);
    }
    json_end_array(w);
}

static void write_explanations(struct json_writer *w, const struct hit *hit)
{
    json_member_array(w, "explain");
    for (size_t i = 0; i < hit->explanation_count; i++) {
        const struct explanation *e = &hit->explanations[i];
        json_begin_object(w);
        json_member_string(w, "part", slice_of_string(e->part));
        json_member_string(w, "term", e->term);
        json_member_uint(w, "articles", e->articles);
        write_number(w, "idf", e->idf);
        write_number(w, "tf", e->tf);
        write_number(w, "title_tf", e->title_tf);
        write_number(w, "length", e->length);
        write_number(w, "average_length", e->average_length);
        if (e->has_edits)
            json_member_uint(w, "edits", e->edits);
        write_number(w, "score", e->score);
        json_end_object(w);
    }
    json_end_array(w);
}

/* The best of its near-copies that match. */
static void write_also_in(struct json_writer *w, const struct searcher_info *info,
                          const struct hit *hit, const struct render_options *options)
{
    json_member_array(w, "also_in");
    for (size_t i = 0; i < hit->also_in_count; i++) {
        const struct hit *other = &hit->also_in[i];
        json_begin_object(w);
        json_member_string(w, "id", other->id);
        write_href(w, info, other->id, options);
        write_optional(w, "title", other->title);
        write_optional(w, "url", other->url);
        json_member_strings(w, "source", other->sources, other->source_count);
        write_optional(w, "date", other->date);
        json_end_object(w);
    }
    json_end_array(w);
    json_member_uint(w, "also_in_total", hit->also_in_total);
}

static void write_hit(struct json_writer *w, const struct searcher_info *info,
                      const struct hit *hit, const struct render_options *options)
{
    json_begin_object(w);
    json_member_uint(w, "rank", hit->rank);
    write_number(w, "score", hit->score);
    json_member_string(w, "id", hit->id);
    write_href(w, info, hit->id, options);
    render_fields(w, hit);
    write_snippets(w, hit, options->unmarked);
    if (!options->unmarked)
        write_ranges(w, "title_highlights", hit->title_highlights, hit->title_highlight_count);
    json_member_uint(w, "phrase_count", hit->phrase_count);
    if (hit->also_in_total)
        write_also_in(w, info, hit, options);
    if (hit->explanation_count)
        write_explanations(w, hit);
    json_end_object(w);
}

static void write_settings(struct json_writer *w, const struct answer *answer)
{
    json_member_object(w, "settings");
    write_number(w, "k1", answer->k1);
    write_number(w, "b", answer->b);
    write_number(w, "title_weight", answer->title_weight);
    json_member_bool(w, "pruned", false);
    json_end_object(w);
}

static void write_word(struct json_writer *w, const struct word_echo *word)
{
    json_begin_object(w);
    json_member_string(w, "word", word->word);
    json_member_uint(w, "articles", word->articles);
    if (word->is_pattern)
        json_member_uint(w, "stands_for", word->stands_for);
    if (word->form_count)
        json_member_strings(w, "forms", word->forms, word->form_count);
    if (word->ignored)
        json_member_bool(w, "ignored", true);
    json_end_object(w);
}

static void write_query(struct json_writer *w, const struct answer *answer)
{
    json_member_object(w, "query");
    json_member_string(w, "text", answer->text);
    json_member_string(w, "parsed", answer->parsed);
    json_member_strings(w, "repairs", answer->repairs, answer->repair_count);
    json_member_array(w, "words");
    for (size_t i = 0; i < answer->word_count; i++)
        write_word(w, &answer->words[i]);
    json_end_array(w);
    json_member_bool(w, "any_words", answer->any_words);
    render_spellings(w, answer);
    if (answer->correction_count)
        suggest_render_corrections(w, answer->corrections, answer->correction_count);
    if (answer->own_settings)
        write_settings(w, answer);
    json_end_object(w);
}

static void write_info(struct json_writer *w, const struct searcher_info *info)
{
    json_member_object(w, "index");
    json_member_string(w, "name", slice_of_string(info->name));
    json_member_string(w, "checksum", slice_of_string(info->checksum));
    json_member_uint(w, "articles", info->articles);
    json_end_object(w);
}

static void write_total(struct json_writer *w, const struct answer *answer)
{
    json_member_object(w, "total");
    json_member_uint(w, "value", answer->total);
    json_member_string(w, "relation", answer->relation == TOTAL_EQ ? SLICE("eq") : SLICE("gte"));
    json_end_object(w);
    if (answer->partial.size)
        json_member_string(w, "partial", answer->partial);
}

static void write_line(struct json_writer *w, const struct render_options *options)
{
    if (options->line)
        json_member_uint(w, "line", options->line);
    if (options->query_id.size)
        json_member_string(w, "id", options->query_id);
}

void render_head(struct json_writer *w, const struct searcher_info *info,
                 const struct answer *answer, const struct render_options *options)
{
    write_line(w, options);
    write_query(w, answer);
    write_info(w, info);
    if (!options->timeless)
        json_member_uint(w, "took_us", answer->took_us);
    write_total(w, answer);
}

static void write_concordance(struct json_writer *w, const struct searcher_info *info,
                              const struct answer *answer, const struct render_options *options)
{
    json_member_object(w, "occurrences");
    json_member_uint(w, "value", answer->occurrences);
    json_member_string(w, "relation", answer->partial.size ? SLICE("gte") : SLICE("eq"));
    json_end_object(w);
    json_member_array(w, "lines");
    for (size_t i = 0; i < answer->line_count; i++) {
        const struct kwic_line *line = &answer->lines[i];
        json_begin_object(w);
        json_member_string(w, "id", line->id);
        write_href(w, info, line->id, options);
        write_optional(w, "title", line->title);
        write_optional(w, "date", line->date);
        json_member_string(w, "left", line->left);
        json_member_string(w, "match", line->match);
        json_member_string(w, "right", line->right);
        json_member_uint(w, "at", line->at);
        json_member_bool(w, "in_title", line->in_title);
        json_end_object(w);
    }
    json_end_array(w);
}

static void write_counts(struct json_writer *w, const struct answer *answer)
{
    if (answer->facet_count)
        render_facets(w, answer);
    if (answer->timeline.unit == TIMELINE_NONE)
        return;
    json_member_object(w, "timeline");
    render_buckets(w, &answer->timeline);
    json_end_object(w);
}

void render_json(struct bytes *out, const struct searcher_info *info, const struct answer *answer,
                 const struct render_options *options)
{
    struct json_writer w = {.out = out};
    json_begin_object(&w);
    render_head(&w, info, answer, options);
    if (answer->why)
        render_why(&w, answer->why);
    write_counts(&w, answer);
    if (answer->has_lines)
        write_concordance(&w, info, answer, options);
    json_member_array(&w, "hits");
    for (size_t i = 0; i < answer->hit_count; i++)
        write_hit(&w, info, &answer->hits[i], options);
    json_end_array(&w);
    json_end_object(&w);
}

void render_json_error(struct bytes *out, const struct error *error,
                       const struct render_options *options)
{
    struct json_writer w = {.out = out};
    json_begin_object(&w);
    write_line(&w, options);
    json_member_object(&w, "error");
    json_member_string(&w, "status", slice_of_string(status_name(error->status)));
    json_member_string(&w, "detail", slice_of_string(error->text));
    json_end_object(&w);
    json_end_object(&w);
}

void render_article(struct bytes *out, const struct stored_article *article)
{
    struct json_writer w = {.out = out};
    json_begin_object(&w);
    json_member_string(&w, "id", article->fields.id);
    if (article->partial)
        json_member_string(&w, "partial",
                           SLICE("the time budget ended before every match was marked"));
    render_fields(&w, &article->fields);
    write_ranges(&w, "title_highlights", article->fields.title_highlights,
                 article->fields.title_highlight_count);
    json_key(&w, "body");
    if (article->has_text)
        json_string(&w, article->body);
    else
        json_null(&w);
    write_ranges(&w, "highlights", article->highlights, article->highlight_count);
    json_end_object(&w);
}

void render_href(struct json_writer *w, const struct searcher_info *info, const struct hit *hit,
                 const struct render_options *options)
{
    write_href(w, info, hit->id, options);
}

void render_index(struct json_writer *w, const struct searcher_info *info)
{
    write_info(w, info);
}
