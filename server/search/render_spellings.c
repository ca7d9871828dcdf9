/* The spellings that were searched, and others that there are. */

#include "base/grouped.h"
#include "search/render_parts.h"

static void write_spelling(struct json_writer *w, const struct spelling_echo *spelling)
{
    json_begin_object(w);
    json_member_string(w, "written", spelling->written);
    json_member_strings(w, "searched", spelling->searched, spelling->searched_count);
    if (spelling->cut)
        json_member_bool(w, "more", true);
    json_end_object(w);
}

void render_spellings(struct json_writer *w, const struct answer *answer)
{
    if (answer->spelling_count) {
        json_member_array(w, "spellings");
        for (size_t i = 0; i < answer->spelling_count; i++)
            write_spelling(w, &answer->spellings[i]);
        json_end_array(w);
    }
    if (answer->also_written_count == 0)
        return;
    json_member_array(w, "also_written");
    for (size_t i = 0; i < answer->also_written_count; i++) {
        json_begin_object(w);
        json_member_string(w, "text", answer->also_written[i].text);
        json_member_uint(w, "articles", answer->also_written[i].articles);
        json_end_object(w);
    }
    json_end_array(w);
}

/* --- For a person ------------------------------------------------------------------------------*/

static void put_paragraph(struct bytes *out, struct bytes *text)
{
    render_paragraph(out, 0, bytes_slice(text));
    if (text->status != STATUS_OK)
        out->status = text->status;
    bytes_release(text);
}

static void put_spelling(struct bytes *out, const struct spelling_echo *spelling)
{
    struct bytes text = {0};
    bytes_append_string(&text, "note: searched as ");
    for (size_t i = 0; i < spelling->searched_count; i++) {
        bytes_append_string(&text, i ? ", \"" : "\"");
        bytes_append_slice(&text, spelling->searched[i]);
        bytes_append_string(&text, "\"");
    }
    if (spelling->cut)
        bytes_append_string(&text, "; there are more spellings");
    put_paragraph(out, &text);
}

void render_spellings_text(struct bytes *out, const struct answer *answer)
{
    struct bytes text = {0};
    char grouped[GROUPED_BYTES];
    for (size_t i = 0; i < answer->spelling_count; i++)
        put_spelling(out, &answer->spellings[i]);
    if (answer->also_written_count == 0)
        return;
    bytes_append_string(&text, "note: also written ");
    for (size_t i = 0; i < answer->also_written_count; i++) {
        const struct also_written *also = &answer->also_written[i];
        bytes_append_string(&text, i ? ", \"" : "\"");
        bytes_append_slice(&text, also->text);
        bytes_append_string(&text, "\" in ");
        bytes_append_string(&text, number_grouped(also->articles, grouped));
        bytes_append_string(&text, also->articles == 1 ? " article" : " articles");
    }
    bytes_append_string(&text, "; not searched");
    put_paragraph(out, &text);
}
