/* Up to 128 numbers in as many bits each as the greatest needs: larger than what a file holds, and
 * much faster to write. A byte with the width, then the stream of bits (codec/bitpack.h). */
#ifndef VERBATIM_BUILD_RUN_PACK_H
#define VERBATIM_BUILD_RUN_PACK_H

#include "base/endian.h"
#include "codec/bitpack.h"

enum { RUN_PACK_MOST = 128, RUN_PACK_MOST_BYTES = 1 + RUN_PACK_MOST * 4 };

/* Writes to out, which has RUN_PACK_MOST_BYTES; returns what is behind. count is 1 … 128. */
static inline uint8_t *run_pack(const uint32_t *numbers, uint32_t count, uint8_t *out)
{
    uint32_t any = 0;
    for (uint32_t i = 0; i < count; i++)
        any |= numbers[i];
    unsigned width = any ? 32 - (unsigned)__builtin_clz(any) : 0;
    *out++ = (uint8_t)width;
    if (width && count == 1)
        store_le32(out, *numbers); /* the commonest: bytes behind it are nothing yet */
    else if (width)
        bitpack_pack(numbers, count, width, out);
    return out + bitpack_bytes(count, width);
}

/* Returns what is behind; NULL where it reaches past end or is malformed. */
static inline const uint8_t *run_unpack(const uint8_t *at, const uint8_t *end, uint32_t count,
                                        uint32_t *numbers)
{
    if (at >= end || *at > 32 || (size_t)(end - at - 1) < bitpack_bytes(count, *at))
        return NULL;
    bitpack_unpack(kernel(), at + 1, end, *at, count, numbers);
    return at + 1 + bitpack_bytes(count, *at);
}

#endif
