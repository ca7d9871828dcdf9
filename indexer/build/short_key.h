/* The bytes of a short key as two numbers: loads that overlap instead of a loop. */
#ifndef VERBATIM_BUILD_SHORT_KEY_H
#define VERBATIM_BUILD_SHORT_KEY_H

#include <stdint.h>

#include "base/endian.h"
#include "base/slice.h"

enum { SHORT_KEY_BYTES = 15 };

struct short_key { /* of a longer one: anything */
    uint64_t low, high;
};

/* Of a key of 1 to SHORT_KEY_BYTES bytes; its size is in the highest byte. */
static inline void short_key_pack(struct slice key, uint64_t *low, uint64_t *high)
{
    const uint8_t *at = (const uint8_t *)key.data;
    size_t n = key.size;
    *high = (uint64_t)n << 56;
    if (n >= 8) {
        *low = load_le64(at);
        *high |= n > 8 ? load_le64(at + n - 8) >> (8 * (16 - n)) : 0;
    } else if (n >= 4) {
        *low = load_le32(at) | (uint64_t)load_le32(at + n - 4) << (8 * (n - 4));
    } else {
        *low = at[0] | (uint64_t)at[n / 2] << (8 * (n / 2)) | (uint64_t)at[n - 1] << (8 * (n - 1));
    }
}

#endif
