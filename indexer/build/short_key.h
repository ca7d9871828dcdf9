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

/* The same of one from whose beginning on SHORT_KEY_BYTES + 1 bytes can be read, whatever they are:
 * without a branch, as nobody could guess how long the next word is. A longer one gives zeros. */
static inline struct short_key short_key_ahead(struct slice key)
{
    const uint8_t *at = (const uint8_t *)key.data;
    size_t n = key.size, behind = n < 8 ? 0 : n - 8;
    if (n > SHORT_KEY_BYTES)
        return (struct short_key){0};
    uint64_t all = n < 8 ? ((uint64_t)1 << 8 * n) - 1 : UINT64_MAX;
    return (struct short_key){
        .low = load_le64(at) & all,
        .high = (load_le64(at + 8) & (((uint64_t)1 << 8 * behind) - 1)) | (uint64_t)n << 56,
    };
}

#endif
