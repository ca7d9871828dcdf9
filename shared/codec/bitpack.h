/* Numbers of one width, packed into a little-endian stream of bits with nothing between them: value
 * i takes the bits i · width … (i + 1) · width − 1, where bit b is bit b mod 8 of byte b / 8. */
#ifndef VERBATIM_CODEC_BITPACK_H
#define VERBATIM_CODEC_BITPACK_H

#include <stddef.h>
#include <stdint.h>

#include "codec/kernel.h"

enum {
    BITPACK_MOST = 128, /* numbers at a time */
    BITPACK_MOST_BYTES = BITPACK_MOST * 4,
};

static inline size_t bitpack_bytes(uint32_t count, unsigned width)
{
    return ((size_t)count * width + 7) / 8;
}

/* Writes bitpack_bytes to out; bits of a value over the width are left out. Bits behind the last
 * are 0. */
void bitpack_pack(const uint32_t *values, uint32_t count, unsigned width, uint8_t *out);

/* The inverse: count is 0 … BITPACK_MOST, width 0 … 32, and bitpack_bytes lie before end. Reads
 * nothing from end on. Any thread. */
void bitpack_unpack(const struct kernel *by, const uint8_t *in, const uint8_t *end, unsigned width,
                    uint32_t count, uint32_t *values);
/* Likewise, with high parts above the width, as kernel.h has them by `ones` (or NULL: none). */
void bitpack_unpack_high(const struct kernel *by, const uint8_t *in, const uint8_t *end,
                         unsigned width, const uint8_t *ones, uint32_t count, uint32_t *values);

#endif
