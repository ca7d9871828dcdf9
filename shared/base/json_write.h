/* JSON out, by our own small writer.
 *
 * Commas come by themselves. Strings are written as valid UTF-8: a byte that is none becomes
 * U+FFFD. Control characters, quotes, backslashes, U+2028 and U+2029 are escaped. */
#ifndef VERBATIM_BASE_JSON_WRITE_H
#define VERBATIM_BASE_JSON_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/slice.h"

struct json_writer {
    struct bytes *out; /* borrowed; its sticky status is the writer's */
    bool comma;        /* a value stands before the next one */
};

/* Each is a value, or the end of the one that is open. */
void json_begin_object(struct json_writer *w);
void json_end_object(struct json_writer *w);
void json_begin_array(struct json_writer *w);
void json_end_array(struct json_writer *w);
/* The key is written as it is: printable ASCII without '"' and '\\', as names in code are. */
void json_key(struct json_writer *w, const char *key);
void json_key_slice(struct json_writer *w, struct slice key);
void json_string(struct json_writer *w, struct slice value);
void json_uint(struct json_writer *w, uint64_t value);
/* At most `digits` (0 … 17) digits behind the point, none of them needless; not finite is null. */
void json_number(struct json_writer *w, double value, int digits);
void json_bool(struct json_writer *w, bool value);
void json_null(struct json_writer *w);
/* A value that is JSON text already. */
void json_raw(struct json_writer *w, struct slice json);

/* A member of the object that is open: its key, then its value as above. The last two open it. */
void json_member_string(struct json_writer *w, const char *key, struct slice value);
void json_member_strings(struct json_writer *w, const char *key, const struct slice *values,
                         size_t count);
void json_member_uint(struct json_writer *w, const char *key, uint64_t value);
void json_member_number(struct json_writer *w, const char *key, double value, int digits);
void json_member_bool(struct json_writer *w, const char *key, bool value);
void json_member_array(struct json_writer *w, const char *key);
void json_member_object(struct json_writer *w, const char *key);

#endif
