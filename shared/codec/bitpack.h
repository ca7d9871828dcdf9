/* Numbers of one width, packed into a little-endian stream of bits with nothing between them: value
 * i takes the bits i · width … (i + 1) · width − 1, where bit b is bit b mod 8 of byte b / 8.
 *
 * The scalar kernel is the oracle of every other: all give the same numbers. */
#ifndef VERBATIM_CODEC_BITPACK_H
#define VERBATIM_CODEC_BITPACK_H

#include <stddef.h>
#include <stdint.h>

#include "base/cpu.h"

enum {
    BITPACK_MOST = 128, /* numbers at a time */
    BITPACK_MARGIN = 8, /* bytes behind the stream that unpack may read (but not look at) */
    BITPACK_MOST_BYTES = BITPACK_MOST * 4,
};

struct bitpack_kernel {
    /* count is 1 … BITPACK_MOST, width 0 … 32; BITPACK_MARGIN bytes behind the stream can be
     * read. */
    void (*unpack)(const uint8_t *in, unsigned width, uint32_t count, uint32_t *out);
};

/* Scalar where there is no better. */
const struct bitpack_kernel *bitpack_kernel_of(enum cpu_level level);
const struct bitpack_kernel *bitpack_kernel(void); /* this processor's; any thread */

static inline size_t bitpack_bytes(uint32_t count, unsigned width)
{
    return ((size_t)count * width + 7) / 8;
}

/* Writes bitpack_bytes to out; bits of a value over the width are left out. Bits behind the last
 * are 0. */
void bitpack_pack(const uint32_t *values, uint32_t count, unsigned width, uint8_t *out);

#endif
