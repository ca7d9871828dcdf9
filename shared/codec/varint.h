/* Unsigned numbers in groups of seven bits, the lowest first, 0x80 on every byte but the last
 * (LEB128). Only the shortest form is read: a number has one spelling. */
#ifndef VERBATIM_CODEC_VARINT_H
#define VERBATIM_CODEC_VARINT_H

#include <stddef.h>
#include <stdint.h>

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

#endif
