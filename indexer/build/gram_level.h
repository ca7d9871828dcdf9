/* The grams of one length that longer ones may be made of, numbered from 1 in the order of their
 * terms; 0 is everything else. A gram of n words is two grams of n − 1 side by side, of which the
 * second begins one word on. */
#ifndef VERBATIM_BUILD_GRAM_LEVEL_H
#define VERBATIM_BUILD_GRAM_LEVEL_H

#include <stdbool.h>

#include "base/bytes.h"

struct gram_level {  /* zeroed: of no gram; any thread reads, one adds; release when done */
    uint32_t length; /* words of each */
    uint32_t count;
    struct bytes terms; /* uint32_t: length term numbers each */
    struct bytes cfs;   /* uint32_t: occurrences of each */
    struct bytes pairs; /* uint64_t: the numbers of the two it is made of, 2^32 × first + second */
    uint32_t *table;    /* owned; numbers by the hash of their pairs; after gram_level_end */
    uint64_t *filter;   /* owned; a bit by the same hash: most pairs are none of these */
    unsigned table_bits, filter_bits;
};

enum { GRAM_LEVEL_FILTER = 4 }; /* the filter has 2^4 bits for each place of the table */

/* The next gram; numbers ascend with its terms. */
void gram_level_add(struct gram_level *level, const uint32_t *terms, uint64_t cf, uint32_t first,
                    uint32_t second);
enum status gram_level_end(struct gram_level *level);
void gram_level_release(struct gram_level *level); /* twice is fine */

static inline const uint32_t *gram_level_terms(const struct gram_level *level, uint32_t number)
{
    return (const uint32_t *)(const void *)level->terms.data + (size_t)(number - 1) * level->length;
}

static inline uint32_t gram_level_cf(const struct gram_level *level, uint32_t number)
{
    return ((const uint32_t *)(const void *)level->cfs.data)[number - 1];
}

static inline uint64_t gram_level_hash(uint64_t pair)
{
    uint64_t mixed = pair * 0x9E3779B97F4A7C15;
    return (mixed ^ mixed >> 32) * 0xD6E8FEB86659FD93;
}

/* False only where no gram is made of these two. */
static inline bool gram_level_may_hold(const struct gram_level *level, uint32_t first,
                                       uint32_t second)
{
    uint64_t hash = gram_level_hash((uint64_t)first << 32 | second);
    uint64_t bit = hash >> (64 - level->filter_bits);
    return level->filter[bit / 64] >> bit % 64 & 1;
}

/* The gram that is made of these two; 0 where there is none. */
static inline uint32_t gram_level_find(const struct gram_level *level, uint32_t first,
                                       uint32_t second)
{
    uint64_t pair = (uint64_t)first << 32 | second, hash = gram_level_hash(pair);
    const uint64_t *pairs = (const uint64_t *)(const void *)level->pairs.data;
    uint32_t mask = ((uint32_t)1 << level->table_bits) - 1;
    for (uint32_t at = (uint32_t)hash & mask; level->table[at]; at = (at + 1) & mask)
        if (pairs[level->table[at] - 1] == pair)
            return level->table[at];
    return 0;
}

#endif
