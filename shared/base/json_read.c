#include "base/json_read.h"

#include <json-c/json.h>
#include <limits.h>

#include "base/ascii.h"
#include "base/json_scan.h"
#include "base/memory.h"

struct json_document {
    struct json_object *root; /* NULL is JSON's null */
};

/* A value is json-c's object, whose functions take no const although they change nothing we could
 * see. */
static struct json_object *object_of(const struct json_value *v)
{
    return (struct json_object *)(uintptr_t)v;
}

static const struct json_value *value_of(const struct json_object *o)
{
    return (const struct json_value *)(const void *)o;
}

static void report(struct json_tokener *tokener, size_t at, struct error *error)
{
    enum json_tokener_error cause = json_tokener_get_error(tokener);
    const char *words = json_tokener_error_desc(cause);
    if (cause == json_tokener_error_depth) {
        error_set(error, STATUS_LIMIT, "JSON at byte %zu is nested more than %d deep", at,
                  JSON_MAX_DEPTH);
        return;
    }
    if (cause == json_tokener_continue || cause == json_tokener_error_parse_eof)
        words = "unexpected end of data";
    if (cause == json_tokener_success)
        words = "unexpected characters after the end";
    error_set(error, STATUS_INVALID, "not valid JSON at byte %zu: %s", at, words);
}

/* The tokener waits for more where a number or nothing but space ends the text; a zero says that
 * this was all. The scan has seen to UTF-8, for which the tokener would take twice the time. */
static void tokenise(struct json_document *doc, struct json_tokener *tokener, struct slice text,
                     struct error *error)
{
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
    doc->root = json_tokener_parse_ex(tokener, text.size ? text.data : "", (int)text.size);
    size_t end = json_tokener_get_parse_end(tokener);
    if (json_tokener_get_error(tokener) == json_tokener_continue) {
        doc->root = json_tokener_parse_ex(tokener, "", 1);
        end = text.size;
    }
    if (json_tokener_get_error(tokener) != json_tokener_success || end != text.size)
        report(tokener, end, error);
}

static enum status read_tokens(struct json_document *doc, struct slice text, struct error *error)
{
    struct json_tokener *tokener = json_tokener_new_ex(JSON_MAX_DEPTH);
    if (!tokener)
        return error_set(error, STATUS_NO_MEMORY, "cannot read JSON: out of memory");
    tokenise(doc, tokener, text, error);
    json_tokener_free(tokener);
    return error->status;
}

static enum status parse(struct json_document *doc, struct slice text, struct error *error)
{
    if (text.size >= INT_MAX)
        return error_set(error, STATUS_LIMIT, "JSON text of 2 GiB or more");
    struct json_scan scan;
    json_scan(&scan, text);
    if (scan.rewritten.status != STATUS_OK)
        error_set(error, STATUS_NO_MEMORY, "cannot read JSON: out of memory");
    else if (scan.cause)
        error_set(error, STATUS_INVALID, "not valid JSON at byte %zu: %s", scan.at, scan.cause);
    else
        read_tokens(doc, scan.text, error);
    json_scan_release(&scan);
    return error->status;
}

struct json_document *json_parse(struct slice text, struct error *error)
{
    struct error cause = {0};
    struct json_document *doc = memory_allocate_zeroed(1, sizeof *doc);
    if (!doc)
        error_set(&cause, STATUS_NO_MEMORY, "cannot read JSON: out of memory");
    else if (parse(doc, text, &cause) == STATUS_OK)
        return doc;
    error_set(error, cause.status, "%s", cause.text);
    json_document_close(doc);
    return NULL;
}

void json_document_close(struct json_document *doc)
{
    if (!doc)
        return;
    json_object_put(doc->root);
    memory_free(doc);
}

const struct json_value *json_document_root(const struct json_document *doc)
{
    return value_of(doc->root);
}

enum json_kind json_kind_of(const struct json_value *v)
{
    switch (json_object_get_type(object_of(v))) {
    case json_type_boolean:
        return JSON_BOOL;
    case json_type_int:
    case json_type_double:
        return JSON_NUMBER;
    case json_type_string:
        return JSON_STRING;
    case json_type_array:
        return JSON_ARRAY;
    case json_type_object:
        return JSON_OBJECT;
    case json_type_null:
        break;
    }
    return JSON_NULL;
}

struct slice json_as_string(const struct json_value *v)
{
    if (json_kind_of(v) != JSON_STRING)
        return (struct slice){0};
    struct json_object *o = object_of(v);
    return slice_of(json_object_get_string(o), (size_t)json_object_get_string_len(o));
}

bool json_as_bool(const struct json_value *v)
{
    return json_kind_of(v) == JSON_BOOL && json_object_get_boolean(object_of(v));
}

/* Whether v was read as a whole number over INT64_MAX. */
static bool is_large(const struct json_value *v)
{
    return json_object_get_int64(object_of(v)) == INT64_MAX &&
           json_object_get_uint64(object_of(v)) > INT64_MAX;
}

/* A double holds every whole number up to 2^53. */
static bool double_as_int(double number, int64_t *out)
{
    const double most = 9007199254740992.0;
    if (!(number >= -most && number <= most) || number != (double)(int64_t)number)
        return false;
    *out = (int64_t)number;
    return true;
}

bool json_as_int(const struct json_value *v, int64_t *out)
{
    if (json_kind_of(v) != JSON_NUMBER)
        return false;
    if (json_object_get_type(object_of(v)) == json_type_double)
        return double_as_int(json_object_get_double(object_of(v)), out);
    if (is_large(v))
        return false;
    *out = json_object_get_int64(object_of(v));
    return true;
}

size_t json_size(const struct json_value *v)
{
    enum json_kind kind = json_kind_of(v);
    if (kind == JSON_ARRAY)
        return json_object_array_length(object_of(v));
    return kind == JSON_OBJECT ? (size_t)json_object_object_length(object_of(v)) : 0;
}

const struct json_value *json_at(const struct json_value *v, size_t i)
{
    if (json_kind_of(v) != JSON_ARRAY || i >= json_size(v))
        return NULL;
    return value_of(json_object_array_get_idx(object_of(v), i));
}

const struct json_value *json_get(const struct json_value *v, const char *key)
{
    struct json_object *found = NULL;
    if (json_kind_of(v) == JSON_OBJECT)
        json_object_object_get_ex(object_of(v), key, &found);
    return value_of(found);
}

void json_each(const struct json_value *v,
               void (*member)(void *context, struct slice key, const struct json_value *value),
               void *context)
{
    if (json_kind_of(v) != JSON_OBJECT)
        return;
    json_object_object_foreach(object_of(v), key, value)
        member(context, slice_of_string(key), value_of(value));
}

/* Without the exponent of 0 that json_scan puts behind a whole number of more than 64 bits. */
static struct slice without_exponent(struct slice number)
{
    enum { LEAST_DIGITS = 19 };
    size_t digits = 0, minus = slice_starts_with(number, SLICE("-"));
    while (minus + digits < number.size && ascii_is_digit(number.data[minus + digits]))
        digits++;
    bool whole = slice_equal(slice_from(number, minus + digits), SLICE("e0"));
    return whole && digits >= LEAST_DIGITS ? slice_of(number.data, minus + digits) : number;
}

/* json-c keeps how a number with point or exponent was written. */
struct slice json_number_text(const struct json_value *v)
{
    if (json_kind_of(v) != JSON_NUMBER)
        return (struct slice){0};
    return without_exponent(
        slice_of_string(json_object_to_json_string_ext(object_of(v), JSON_C_TO_STRING_PLAIN)));
}
