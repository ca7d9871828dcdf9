/* Why nothing was found, and what would find something. */
#include "base/grouped.h"
#include "search/render_parts.h"
#include "search/wrap.h"

static void write_without(struct json_writer *w, unsigned without)
{
    if (!without)
        return;
    json_member_array(w, "without");
    for (const char *name; (name = why_take_parameter(&without));)
        json_string(w, slice_of_string(name));
    json_end_array(w);
}

static void write_relaxations(struct json_writer *w, const struct why *why)
{
    json_member_array(w, "relaxations");
    for (size_t i = 0; i < why->relaxation_count; i++) {
        json_begin_object(w);
        json_member_string(w, "query", why->relaxations[i].query);
        write_without(w, why->relaxations[i].without);
        json_member_uint(w, "total", why->relaxations[i].total);
        json_end_object(w);
    }
    json_end_array(w);
}

void render_why(struct json_writer *w, const struct why *why)
{
    json_member_object(w, "why");
    json_member_string(w, "cause", slice_of_string(why_cause_name(why->cause)));
    json_member_string(w, "text", why->text);
    if (why->glued_count) {
        json_member_strings(w, "glued", why->glued, why->glued_count);
    }
    json_member_string(w, "message", why->message);
    write_relaxations(w, why);
    if (why->partial)
        json_member_bool(w, "partial", true);
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
