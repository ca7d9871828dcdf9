/* Sizes of the chunk "grams"; FORMAT.md lays it out. */
#ifndef VERBATIM_STORE_GRAM_LAYOUT_H
#define VERBATIM_STORE_GRAM_LAYOUT_H

#include <stdint.h>

#include "store/gram_rule.h"

enum {
    GRAMS_BLOCK = 64,        /* grams */
    GRAMS_RULE_BYTES = 40,   /* the rule */
    GRAMS_HEAD_BYTES = 64,   /* and zeros */
    GRAMS_FOOTER_BYTES = 88, /* bytes of head and lists and of blocks, seven counts, four numbers */
    GRAMS_ENTRY_BYTES = 8,   /* of keys and of offsets */
    GRAMS_WORD_BYTES = 4,
    GRAMS_COUNTS = GRAM_WORDS_MOST - 1,
};

/* Blocks of the grams of one number of words. */
static inline uint64_t grams_blocks(uint64_t count)
{
    return count / GRAMS_BLOCK + (count % GRAMS_BLOCK > 0);
}

/* What a block begins with, as a number that orders as the grams do but for ties. */
static inline uint64_t grams_key(uint32_t first, uint32_t second)
{
    return (uint64_t)first << 32 | second;
}

#endif
