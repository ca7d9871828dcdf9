#include "search/batch_line.h"

#include "base/json_read.h"
#include "search/batch.h"
#include "search/params.h"
#include "search/searcher.h"
#include "text/utf8.h"

/* One line on its way to a question. */
struct asked_line {
    struct search_params params;
    struct slice id;
    struct arena arena; /* the members of a JSON object that are no strings */
    struct json_document *doc;
    struct error error;
    bool has_query;
};

bool batch_line_counts(struct batch_line *line)
{
    const struct slice mark = SLICE("\xEF\xBB\xBF");
    if (line->number == 1 && slice_starts_with(line->text, mark))
        line->text = slice_from(line->text, mark.size);
    for (size_t i = 0; i < line->text.size; i++)
        if (line->text.data[i] != ' ' && line->text.data[i] != '\t' && line->text.data[i] != '\r')
            return true;
    return line->cut;
}

static void line_release(struct asked_line *line)
{
    json_document_close(line->doc);
    arena_release(&line->arena);
}

/* A member's value as the text that a URL would have; false where it can be none. */
static bool value_text(struct asked_line *line, const struct json_value *value, struct slice *text)
{
    enum json_kind kind = json_kind_of(value);
    if (kind == JSON_ARRAY || kind == JSON_OBJECT)
        return false;
    if (kind == JSON_STRING) {
        *text = json_as_string(value);
        return true;
    }
    if (kind == JSON_BOOL) {
        *text = json_as_bool(value) ? SLICE("1") : SLICE("0");
        return true;
    }
    struct bytes written = {0};
    json_write_value(&written, value);
    *text = arena_copy_bytes(&line->arena, &written);
    return true;
}

static bool is_name(struct slice key, const char *name)
{
    return slice_equal(key, slice_of_string(name));
}

static void set_member(void *context, struct slice key, const struct json_value *value)
{
    struct asked_line *line = context;
    struct slice text = {0};
    if (line->error.status != STATUS_OK || json_kind_of(value) == JSON_NULL)
        return;
    bool batch_wide = is_name(key, "format") || is_name(key, "index");
    if (batch_wide)
        error_set(&line->error, STATUS_INVALID,
                  "parameter '%.*s' is the whole batch's, not a line's", (int)key.size, key.data);
    else if (!value_text(line, value, &text))
        error_set(&line->error, STATUS_INVALID,
                  "bad value for parameter '%.*s': allowed are strings, numbers and booleans",
                  (int)utf8_floor(key, key.size < 100 ? key.size : 100), key.data);
    else if (is_name(key, "id"))
        line->id = text;
    else
        search_params_set(&line->params, key, text, &line->error);
    line->has_query = line->has_query || is_name(key, "q");
}

static void read_object(struct asked_line *line, struct slice text)
{
    line->doc = json_parse(text, &line->error);
    if (!line->doc)
        return;
    json_each(json_document_root(line->doc), set_member, line);
    if (!line->has_query)
        error_set(&line->error, STATUS_INVALID, "parameter 'q' is missing");
}

static void read_plain(struct asked_line *line, struct slice text)
{
    if (slice_has(text, '\t')) {
        line->id = slice_of(text.data, slice_find(text, '\t'));
        text = slice_from(text, line->id.size + 1);
    }
    line->params.question.text = text;
}

static void read_line(struct asked_line *line, struct slice text, bool cut)
{
    if (text.size && text.data[text.size - 1] == '\r')
        text.size--;
    if (cut)
        error_set(&line->error, STATUS_LIMIT, "the line is longer than %d bytes", BATCH_LINE_BYTES);
    else if (text.size && text.data[0] == '{')
        read_object(line, text);
    else if (text.size)
        read_plain(line, text);
    if (line->arena.status != STATUS_OK)
        error_set(&line->error, line->arena.status, "out of memory while the line was read");
    if (line->error.status == STATUS_OK)
        search_params_check(&line->params, &line->error);
}

/* Rows of hits and of lines have other columns. */
static void check_rows(struct asked_line *line, const struct render_options *render)
{
    bool rows = render->format == RENDER_CSV || render->format == RENDER_TSV;
    if (rows && line->params.question.kwic != render->lines)
        error_set(&line->error, STATUS_INVALID,
                  "parameter 'kwic' is the whole batch's, not a line's");
}

static bool answer_line(const struct searcher *searcher, struct asked_line *line,
                        const struct render_options *render, struct bytes *out)
{
    struct answer answer = {0};
    if (line->error.status == STATUS_OK)
        searcher_ask(searcher, &line->params.question, &answer, &line->error);
    bool good = line->error.status == STATUS_OK;
    if (good) {
        struct searcher_info info;
        searcher_info(searcher, &info);
        render_answer(out, &info, &answer, render, false);
    } else {
        render_error(out, &line->error, render);
    }
    if (render->format == RENDER_JSON)
        bytes_put_u8(out, '\n');
    answer_release(&answer);
    return good;
}

bool batch_answer_line(const struct searcher *searcher, const struct batch_options *options,
                       const struct batch_line *given, struct bytes *out)
{
    struct asked_line line = {0};
    search_params_init(&line.params);
    line.params.question = options->defaults;
    line.params.unmarked = options->render.unmarked;
    read_line(&line, given->text, given->cut);
    check_rows(&line, &options->render);
    struct render_options render = options->render;
    render.timeless = true;
    render.line = given->number;
    render.query_id = line.id;
    render.unmarked = line.params.unmarked;
    if (render.format == RENDER_COUNTS && line.params.question.limit > 1)
        line.params.question.limit = 1; /* no other is shown */
    bool good = answer_line(searcher, &line, &render, out);
    line_release(&line);
    return good;
}
