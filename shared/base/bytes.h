/* A growing run of bytes that its holder owns.
 *
 * A zeroed struct is an empty one. The status is sticky: after an allocation fails, appending does
 * nothing, what was there stays, and the status says STATUS_NO_MEMORY. One thread at a time. */
#ifndef VERBATIM_BASE_BYTES_H
#define VERBATIM_BASE_BYTES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/status.h"

struct bytes {
    uint8_t *data; /* NULL before the first append */
    size_t size;
    size_t capacity;
    enum status status;
};

void bytes_release(struct bytes *b); /* empty again; twice is fine */

/* Size 0 and a good status; the memory stays. */
static inline void bytes_clear(struct bytes *b)
{
    b->size = 0;
    b->status = STATUS_OK;
}

/* Room for extra bytes behind the end. Returns whether there is. */
bool bytes_reserve(struct bytes *b, size_t extra);

/* Lengthens by n bytes and returns where they start, not initialised; NULL where memory ran out.
 * Aligned as the bytes before are: for any type where the holder appends that type alone. */
void *bytes_extend(struct bytes *b, size_t n);
/* The first byte, for a holder that appends items of one type. */
static inline void *bytes_items(const struct bytes *b)
{
    return b->data;
}

/* data is borrowed for the call; NULL is allowed where size is 0. */
void bytes_append(struct bytes *b, const void *data, size_t size);
void bytes_append_zeros(struct bytes *b, size_t n);
void bytes_append_uint(struct bytes *b, uint64_t value); /* in decimal */
void bytes_format(struct bytes *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

static inline void bytes_append_slice(struct bytes *b, struct slice s)
{
    bytes_append(b, s.data, s.size);
}

static inline void bytes_append_string(struct bytes *b, const char *string)
{
    bytes_append(b, string, strlen(string));
}

static inline void bytes_put_u8(struct bytes *b, uint8_t v)
{
    if (b->size < b->capacity && b->status == STATUS_OK)
        b->data[b->size++] = v;
    else
        bytes_append(b, &v, 1);
}

/* Little-endian, as numbers stand in the file. */
void bytes_put_le16(struct bytes *b, uint16_t v);
void bytes_put_le32(struct bytes *b, uint32_t v);
void bytes_put_le64(struct bytes *b, uint64_t v);

static inline struct slice bytes_slice(const struct bytes *b)
{
    return (struct slice){(const char *)b->data, b->size};
}

#endif
