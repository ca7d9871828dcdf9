/* JSON in, by json-c, which this file alone knows.
 *
 * Strict RFC 8259, valid UTF-8, at most JSON_MAX_DEPTH deep, one value and nothing behind it. Of
 * members with the same key the last counts. \u0000 in a key, and half a surrogate pair anywhere,
 * become U+FFFD. */
#ifndef VERBATIM_BASE_JSON_READ_H
#define VERBATIM_BASE_JSON_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/error.h"
#include "base/slice.h"

enum { JSON_MAX_DEPTH = 32 };

enum json_kind { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json_value;    /* borrowed from its document, as is every slice of it */
struct json_document; /* owned; one thread at a time */

/* The text is borrowed for the call. NULL with the cause and its byte in the error:
 * STATUS_INVALID; STATUS_LIMIT for text of 2 GiB or more, or nested too deep; STATUS_NO_MEMORY. */
struct json_document *json_parse(struct slice text, struct error *error);
void json_document_close(struct json_document *doc); /* NULL is allowed */
const struct json_value *json_document_root(const struct json_document *doc);

enum json_kind json_kind_of(const struct json_value *v); /* JSON_NULL where v is NULL */
struct slice json_as_string(const struct json_value *v); /* empty where it is none; may hold NUL */
bool json_as_bool(const struct json_value *v);           /* false where it is none */
/* As it was written, whole numbers of any length among them; borrowed from the value; empty where
 * it is none. */
struct slice json_number_text(const struct json_value *v);
/* A whole number that fits, exactly; false where it is none. */
bool json_as_int(const struct json_value *v, int64_t *out);
size_t json_size(const struct json_value *v);                           /* of an array or object */
const struct json_value *json_at(const struct json_value *v, size_t i); /* of an array */
/* Of an object; NULL if none. */
const struct json_value *json_get(const struct json_value *v, const char *key);
/* Calls back with each member in the order in which they were written. */
void json_each(const struct json_value *v,
               void (*member)(void *context, struct slice key, const struct json_value *value),
               void *context);
/* The value as compact JSON text; numbers by json_number_text. */
void json_write_value(struct bytes *out, const struct json_value *v);

#endif
