#include "search/batch_state.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"

enum { HASH_DIGITS = 16 };

/* --- Writing -----------------------------------------------------------------------------------*/

static void hash_member(struct json_writer *w, const char *key, uint64_t hash)
{
    char digits[HASH_DIGITS + 1];
    snprintf(digits, sizeof digits, "%016" PRIx64, hash);
    json_member_string(w, key, slice_of(digits, HASH_DIGITS));
}

/* The hash of what was written from `start` on, and the end of the line at `size` bytes or at once.
 */
static void seal(struct bytes *out, size_t start, size_t size)
{
    if (out->status != STATUS_OK)
        return;
    size_t used = out->size - start + HASH_DIGITS + 2;
    uint64_t hash = hash_bytes(out->data + start, out->size - start);
    for (; used < size; used++)
        bytes_put_u8(out, ' ');
    bytes_format(out, " %016" PRIx64 "\n", hash);
}

void batch_state_write_head(struct bytes *out, const struct batch_identity *identity)
{
    struct json_writer w = {.out = out};
    size_t start = out->size;
    json_begin_object(&w);
    json_member_string(&w, "verbatim-search", slice_of_string(identity->version));
    json_member_string(&w, "index", slice_of_string(identity->name));
    json_member_string(&w, "checksum", slice_of_string(identity->checksum));
    json_member_string(&w, "parameters", identity->parameters);
    json_end_object(&w);
    seal(out, start, 0);
}

void batch_state_write_place(struct bytes *out, const struct batch_progress *progress)
{
    struct json_writer w = {.out = out};
    size_t start = out->size;
    json_begin_object(&w);
    json_member_uint(&w, "line", progress->point.line);
    json_member_uint(&w, "answered", progress->point.answered);
    json_member_uint(&w, "failed", progress->point.failed);
    json_member_uint(&w, "bytes", progress->bytes);
    hash_member(&w, "input", progress->input);
    hash_member(&w, "output", progress->output);
    json_end_object(&w);
    seal(out, start, BATCH_STATE_PLACE_BYTES);
}

/* --- Reading -----------------------------------------------------------------------------------*/

static bool take_line(struct slice *text, struct slice *line)
{
    if (!slice_has(*text, '\n'))
        return false;
    *line = slice_of(text->data, slice_find(*text, '\n'));
    *text = slice_from(*text, line->size + 1);
    return true;
}

/* The object of a line whose hash is its own. */
static bool open_line(struct slice line, struct slice *object)
{
    char digits[HASH_DIGITS + 1];
    if (line.size <= HASH_DIGITS)
        return false;
    struct slice hash = slice_from(line, line.size - HASH_DIGITS);
    line.size -= HASH_DIGITS;
    while (line.size && line.data[line.size - 1] == ' ')
        line.size--;
    snprintf(digits, sizeof digits, "%016" PRIx64, hash_bytes(line.data, line.size));
    *object = line;
    return slice_equal(hash, slice_of(digits, HASH_DIGITS));
}

static bool read_number(const struct json_value *object, const char *key, uint64_t *value)
{
    int64_t whole;
    if (!json_as_int(json_get(object, key), &whole) || whole < 0)
        return false;
    *value = (uint64_t)whole;
    return true;
}

static bool read_hash(const struct json_value *object, const char *key, uint64_t *value)
{
    struct slice text = json_as_string(json_get(object, key));
    char *end = NULL;
    if (text.size != HASH_DIGITS)
        return false;
    *value = strtoull(text.data, &end, 16);
    return end == text.data + text.size;
}

static bool read_place(struct slice line, struct batch_progress *progress)
{
    struct slice text;
    struct error error = {0};
    struct json_document *document = open_line(line, &text) ? json_parse(text, &error) : NULL;
    if (!document)
        return false;
    const struct json_value *object = json_document_root(document);
    struct batch_point *point = &progress->point;
    bool good = read_number(object, "line", &point->line) &&
                read_number(object, "answered", &point->answered) &&
                read_number(object, "failed", &point->failed) &&
                read_number(object, "bytes", &progress->bytes) &&
                read_hash(object, "input", &progress->input) &&
                read_hash(object, "output", &progress->output);
    json_document_close(document);
    return good;
}

/* What differs, in the order of what explains most. */
static enum status refuse(const struct json_value *old, const struct json_value *now,
                          const char *subject, struct error *error)
{
    static const struct {
        const char *key, *how;
    } members[] = {{"verbatim-search", "by another version of this program"},
                   {"checksum", "with another index, of checksum"},
                   {"index", "with an index by another name"}};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        struct slice was = json_as_string(json_get(old, members[i].key));
        struct slice is = json_as_string(json_get(now, members[i].key));
        if (!slice_equal(was, is))
            return error_set(error, STATUS_INVALID, "cannot resume '%s': it was begun %s '%.*s'",
                             subject, members[i].how, (int)(was.size < 99 ? was.size : 99),
                             was.data);
    }
    return error_set(error, STATUS_INVALID,
                     "cannot resume '%s': it was begun with other parameters", subject);
}

static enum status compare_heads(struct slice old, struct slice now, const char *subject,
                                 struct error *error)
{
    struct error unread = {0};
    if (slice_equal(old, now))
        return STATUS_OK;
    struct json_document *was = json_parse(old, &unread), *is = json_parse(now, &unread);
    if (was && is)
        refuse(json_document_root(was), json_document_root(is), subject, error);
    else
        error_set(error, STATUS_CORRUPT, "cannot resume '%s': its state cannot be read", subject);
    json_document_close(was);
    json_document_close(is);
    return error->status;
}

enum status batch_state_read(struct slice text, struct slice head, const char *subject,
                             struct batch_progress *progress, struct error *error)
{
    struct slice line, old, now;
    bool found = false;
    if (!take_line(&head, &line) || !open_line(line, &now) || !take_line(&text, &line) ||
        !open_line(line, &old))
        return error_set(error, STATUS_CORRUPT, "cannot resume '%s': its state is damaged",
                         subject);
    if (compare_heads(old, now, subject, error) != STATUS_OK)
        return error->status;
    while (take_line(&text, &line)) {
        struct batch_progress place;
        if (!read_place(line, &place) || (found && place.point.line < progress->point.line))
            continue;
        *progress = place;
        found = true;
    }
    if (!found)
        return error_set(error, STATUS_CORRUPT, "cannot resume '%s': its state is damaged",
                         subject);
    return STATUS_OK;
}
