#include "base/bytes.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/endian.h"
#include "base/memory.h"

enum { FORMAT_ROOM = 32 }; /* that is made before it is known how much is needed */

void bytes_release(struct bytes *b)
{
    memory_free(b->data);
    *b = (struct bytes){0};
}

static size_t grown(size_t capacity, size_t needed)
{
    size_t more = capacity + capacity / 2;
    if (more < 64)
        more = 64;
    return more < needed ? needed : more;
}

bool bytes_reserve(struct bytes *b, size_t extra)
{
    if (b->status != STATUS_OK)
        return false;
    if (extra <= b->capacity - b->size)
        return true;
    if (extra > SIZE_MAX / 2 - b->size) {
        b->status = STATUS_NO_MEMORY;
        return false;
    }
    size_t capacity = grown(b->capacity, b->size + extra);
    uint8_t *data = memory_resize(b->data, capacity);
    if (!data) {
        b->status = STATUS_NO_MEMORY;
        return false;
    }
    b->data = data;
    b->capacity = capacity;
    return true;
}

void *bytes_extend(struct bytes *b, size_t n)
{
    if (!bytes_reserve(b, n))
        return NULL;
    uint8_t *at = b->data + b->size;
    b->size += n;
    return at;
}

void bytes_append(struct bytes *b, const void *data, size_t size)
{
    if (size == 0)
        return;
    uint8_t *at = bytes_extend(b, size);
    if (at)
        memcpy(at, data, size);
}

void bytes_append_zeros(struct bytes *b, size_t n)
{
    uint8_t *at = n ? bytes_extend(b, n) : NULL;
    if (at)
        memset(at, 0, n);
}

void bytes_append_uint(struct bytes *b, uint64_t value)
{
    char digits[20], *at = digits + sizeof digits;
    do
        *--at = (char)('0' + value % 10);
    while (value /= 10);
    bytes_append(b, at, (size_t)(digits + sizeof digits - at));
}

void bytes_format(struct bytes *b, const char *format, ...)
{
    va_list list;
    if (!bytes_reserve(b, FORMAT_ROOM))
        return;
    va_start(list, format);
    int n = vsnprintf((char *)b->data + b->size, b->capacity - b->size, format, list);
    va_end(list);
    if (n <= 0)
        return;
    if ((size_t)n < b->capacity - b->size) {
        b->size += (size_t)n;
        return;
    }
    if (!bytes_reserve(b, (size_t)n + 1))
        return;
    va_start(list, format);
    vsnprintf((char *)b->data + b->size, (size_t)n + 1, format, list);
    va_end(list);
    b->size += (size_t)n;
}

void bytes_put_le16(struct bytes *b, uint16_t v)
{
    uint8_t at[2];
    store_le16(at, v);
    bytes_append(b, at, sizeof at);
}

void bytes_put_le32(struct bytes *b, uint32_t v)
{
    uint8_t at[4];
    store_le32(at, v);
    bytes_append(b, at, sizeof at);
}

void bytes_put_le64(struct bytes *b, uint64_t v)
{
    uint8_t at[8];
    store_le64(at, v);
    bytes_append(b, at, sizeof at);
}
