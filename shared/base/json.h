/* JSON out, by our own small writer; JSON in, by json-c, which this room alone knows. */
#ifndef VERBATIM_BASE_JSON_H
#define VERBATIM_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/error.h"
#include "base/slice.h"

/* --- Writing --------------------------------------------------------------------------------------
 *
 * Commas come by themselves. Strings are written as valid UTF-8: a byte that is none becomes U+FFFD.
 * Control characters, quotes, backslashes, U+2028 and U+2029 are escaped. */
struct json_writer {
    struct bytes *out; /* borrowed; its sticky status is the writer's */
    bool comma;        /* a value stands before the next one */
};

void json_begin_object(struct json_writer *w);
void json_end_object(struct json_writer *w);
void json_begin_array(struct json_writer *w);
void json_end_array(struct json_writer *w);
void json_key(struct json_writer *w, const char *key);
void json_key_slice(struct json_writer *w, struct slice key);
void json_string(struct json_writer *w, struct slice value);
void json_uint(struct json_writer *w, uint64_t value);
void json_int(struct json_writer *w, int64_t value);
/* At most `digits` digits behind the point, none of them needless; not finite is null. */
void json_number(struct json_writer *w, double value, int digits);
void json_bool(struct json_writer *w, bool value);
void json_null(struct json_writer *w);

/* --- Reading --------------------------------------------------------------------------------------
 *
 * Strict RFC 8259, valid UTF-8, at most JSON_MAX_DEPTH deep, one value and nothing behind it. */
enum { JSON_MAX_DEPTH = 32 };

enum json_kind { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json_value; /* borrowed from its document */
struct json_document; /* owned; one thread at a time */

/* NULL with the cause and its byte in the error. */
struct json_document *json_parse(struct slice text, struct error *error);
void json_document_close(struct json_document *doc); /* NULL is allowed */
const struct json_value *json_document_root(const struct json_document *doc);

enum json_kind json_kind_of(const struct json_value *v); /* JSON_NULL where v is NULL */
struct slice json_as_string(const struct json_value *v); /* empty where it is none; may hold NUL */
bool json_as_bool(const struct json_value *v);
double json_as_number(const struct json_value *v);
/* A whole number that fits; false where it is none. */
bool json_as_int(const struct json_value *v, int64_t *out);
size_t json_size(const struct json_value *v);                                 /* of an array or object */
const struct json_value *json_at(const struct json_value *v, size_t i);       /* of an array */
const struct json_value *json_get(const struct json_value *v, const char *key); /* of an object; NULL if none */
/* Calls back with each member in the order in which they were written. */
void json_each(const struct json_value *v,
               void (*member)(void *context, struct slice key, const struct json_value *value), void *context);
/* The value as compact JSON text. */
void json_write_value(struct bytes *out, const struct json_value *v);

#endif
