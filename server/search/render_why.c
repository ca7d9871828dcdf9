/* Why nothing was found, and what would find something. */
#include "base/grouped.h"
#include "search/render_parts.h"
#include "search/wrap.h"

static void write_text(struct json_writer *w, const char *key, struct slice value)
{
    json_key(w, key);
    json_string(w, value);
}

static void write_without(struct json_writer *w, unsigned without)
{
    if (!without)
        return;
    json_key(w, "without");
    json_begin_array(w);
    for (const char *name; (name = why_take_parameter(&without));)
        json_string(w, slice_of_string(name));
    json_end_array(w);
}

static void write_relaxations(struct json_writer *w, const struct why *why)
{
    json_key(w, "relaxations");
    json_begin_array(w);
    for (size_t i = 0; i < why->relaxation_count; i++) {
        json_begin_object(w);
        write_text(w, "query", why->relaxations[i].query);
        write_without(w, why->relaxations[i].without);
        json_key(w, "total");
        json_uint(w, why->relaxations[i].total);
        json_end_object(w);
    }
    json_end_array(w);
}

void render_why(struct json_writer *w, const struct why *why)
{
    json_key(w, "why");
    json_begin_object(w);
    write_text(w, "cause", slice_of_string(why_cause_name(why->cause)));
    write_text(w, "text", why->text);
    if (why->glued_count) {
        json_key(w, "glued");
        json_begin_array(w);
        for (size_t i = 0; i < why->glued_count; i++)
            json_string(w, why->glued[i]);
        json_end_array(w);
    }
    write_text(w, "message", why->message);
    write_relaxations(w, why);
    if (why->partial) {
        json_key(w, "partial");
        json_bool(w, true);
    }
    json_end_object(w);
}

static void put_paragraph(struct bytes *out, size_t indent, struct slice text)
{
    struct wrap wrap;
    for (size_t i = 0; i < indent; i++)
        bytes_put_u8(out, ' ');
    wrap_begin(&wrap, out, indent, indent, RENDER_TEXT_COLUMNS);
    wrap_text(&wrap, text);
    wrap_end(&wrap);
}

/* "doomed to failure", 2 articles; without source: 3 articles. */
static void put_relaxation(struct bytes *out, const struct relaxation *relaxation)
{
    struct bytes text = {0};
    char grouped[GROUPED_BYTES];
    unsigned without = relaxation->without;
    bytes_append_slice(&text, relaxation->query);
    for (const char *name; (name = why_take_parameter(&without));) {
        bytes_append_string(&text, ", without --");
        bytes_append_string(&text, name);
    }
    bytes_format(&text, ": %s article%s", number_grouped(relaxation->total, grouped),
                 relaxation->total == 1 ? "" : "s");
    put_paragraph(out, 4, bytes_slice(&text));
    if (text.status != STATUS_OK)
        out->status = text.status;
    bytes_release(&text);
}

void render_why_text(struct bytes *out, const struct why *why)
{
    put_paragraph(out, 0, why->message);
    if (why->relaxation_count)
        bytes_append_string(out, "What would find something:\n");
    for (size_t i = 0; i < why->relaxation_count; i++)
        put_relaxation(out, &why->relaxations[i]);
}
