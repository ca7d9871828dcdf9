#include "search/suggest_render.h"

static const char *kind_name(enum suggestion_kind kind)
{
    static const char *const names[] = {"word", "phrase", "title"};
    return names[kind];
}

static void write_completions(struct json_writer *w, const struct suggestions *suggestions)
{
    json_member_array(w, "completions");
    for (size_t i = 0; i < suggestions->completion_count; i++) {
        const struct suggestion *completion = &suggestions->completions[i];
        json_begin_object(w);
        json_member_string(w, "text", completion->text);
        json_member_string(w, "kind", slice_of_string(kind_name(completion->kind)));
        json_member_uint(w, "articles", completion->articles);
        json_end_object(w);
    }
    json_end_array(w);
}

static void write_corrections(struct json_writer *w, const struct correction *corrections,
                              size_t count, const char *name)
{
    json_member_array(w, "corrections");
    for (size_t i = 0; i < count; i++) {
        json_begin_object(w);
        json_member_string(w, name, corrections[i].text);
        json_member_string(w, "word", corrections[i].word);
        json_member_string(w, "instead", corrections[i].instead);
        json_member_uint(w, "articles", corrections[i].articles);
        json_end_object(w);
    }
    json_end_array(w);
}

void suggest_render_corrections(struct json_writer *w, const struct correction *corrections,
                                size_t count)
{
    write_corrections(w, corrections, count, "query");
}

void suggest_render_json(struct bytes *out, const struct suggestions *suggestions)
{
    struct json_writer w = {.out = out};
    json_begin_object(&w);
    json_member_string(&w, "text", suggestions->text);
    write_completions(&w, suggestions);
    write_corrections(&w, suggestions->corrections, suggestions->correction_count, "text");
    json_member_uint(&w, "took_us", suggestions->took_us);
    json_end_object(&w);
}

void suggest_render_opensearch(struct bytes *out, const struct suggestions *suggestions)
{
    struct json_writer w = {.out = out};
    json_begin_array(&w);
    json_string(&w, suggestions->text);
    json_begin_array(&w);
    for (size_t i = 0; i < suggestions->completion_count; i++)
        json_string(&w, suggestions->completions[i].text);
    json_end_array(&w);
    json_end_array(&w);
}

/* White space and control characters would part rows. */
static void put_row(struct bytes *out, const char *kind, uint64_t articles, struct slice text)
{
    bytes_format(out, "%s\t%llu\t", kind, (unsigned long long)articles);
    for (size_t i = 0; i < text.size; i++)
        bytes_put_u8(out, (uint8_t)text.data[i] < ' ' ? ' ' : (uint8_t)text.data[i]);
    bytes_put_u8(out, '\n');
}

void suggest_render_rows(struct bytes *out, const struct suggestions *suggestions)
{
    for (size_t i = 0; i < suggestions->completion_count; i++) {
        const struct suggestion *completion = &suggestions->completions[i];
        put_row(out, kind_name(completion->kind), completion->articles, completion->text);
    }
    for (size_t i = 0; i < suggestions->correction_count; i++)
        put_row(out, "correction", suggestions->corrections[i].articles,
                suggestions->corrections[i].text);
}
