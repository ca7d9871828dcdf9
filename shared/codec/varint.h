/* Numbers of 1 to 10 bytes: seven bits a byte, the lowest first, the top bit where more follow. */
#ifndef VERBATIM_CODEC_VARINT_H
#define VERBATIM_CODEC_VARINT_H

#include <stddef.h>
#include <stdint.h>

enum { VARINT_MAX_BYTES = 10 };

/* Writes at most VARINT_MAX_BYTES and returns how many. */
static inline size_t varint_write(uint8_t *at, uint64_t value)
{
    size_t n = 0;
    for (; value >= 0x80; value >>= 7)
        at[n++] = (uint8_t)(value | 0x80);
    at[n++] = (uint8_t)value;
    return n;
}

/* Reads from at most size bytes; returns how many it took, 0 where they are no number of 64 bits in its
 * shortest form. */
static inline size_t varint_read(const uint8_t *at, size_t size, uint64_t *value)
{
    if (size && at[0] < 0x80) {
        *value = at[0];
        return 1;
    }
    uint64_t v = 0;
    for (size_t n = 0; n < size && n < VARINT_MAX_BYTES; n++) {
        v |= (uint64_t)(at[n] & 0x7F) << (7 * n);
        if (at[n] < 0x80) {
            *value = v;
            return (at[n] == 0 || (n == 9 && at[n] > 1)) ? 0 : n + 1;
        }
    }
    return 0;
}

#endif
