/* Unsigned numbers in groups of seven bits, the lowest first, 0x80 on every byte but the last
 * (LEB128). Only the shortest form is read: a number has one spelling. */
#ifndef VERBATIM_CODEC_VARINT_H
#define VERBATIM_CODEC_VARINT_H

#include <stddef.h>
#include <stdint.h>

#include "base/endian.h"

enum { VARINT_MOST_BYTES = 10 };

/* Writes to at, which has room; returns what is behind. */
static inline uint8_t *varint_write(uint8_t *at, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        *at++ = (uint8_t)(value | 0x80);
    *at++ = (uint8_t)value;
    return at;
}

/* Returns what is behind the number; NULL where it reaches past end, past 64 bits, or is not the
 * shortest. */
const uint8_t *varint_read(const uint8_t *at, const uint8_t *end, uint64_t *value);

/* The same, faster: a number of at most eight bytes, with as many before the end, is put together
 * without asking byte after byte whether it is the last. */
static inline const uint8_t *varint_read_fast(const uint8_t *at, const uint8_t *end,
                                              uint64_t *value)
{
    const uint64_t tops = 0x8080808080808080;
    uint64_t eight = end - at >= 8 ? load_le64(at) : tops, last = ~eight & tops;
    if (!last)
        return varint_read(at, end, value);
    unsigned bytes = ((unsigned)__builtin_ctzll(last) + 1) / 8;
    uint64_t v = eight & (last ^ (last - 1)); /* up to the top bit that is not there */
    if (bytes > 1 && v >> 8 * (bytes - 1) == 0)
        return NULL;
    v = (v & 0x007F007F007F007F) | (v & 0x7F007F007F007F00) >> 1;
    v = (v & 0x00003FFF00003FFF) | (v & 0x3FFF00003FFF0000) >> 2;
    *value = (v & 0x0FFFFFFF) | (v & 0x0FFFFFFF00000000) >> 4;
    return at + bytes;
}

#endif
