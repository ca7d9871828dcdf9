/* Lists of runs of adjacent words in. Their postings are read as those of words are: see
 * postings_open_gram. */
#ifndef VERBATIM_STORE_GRAMS_READ_H
#define VERBATIM_STORE_GRAMS_READ_H

#include "store/gram.h"
#include "store/gram_rule.h"
#include "store/snapshot.h"

struct grams { /* no memory of its own; valid as long as its snapshot */
    const struct snapshot *snapshot;
    struct gram_rule rule;
    bool present; /* the file has the chunk; else nothing is found, and absence means nothing */
    uint64_t counts[GRAM_WORDS_MOST - 1]; /* of grams of 2 … 8 words */
    uint64_t list_bytes, block_bytes;     /* of head and lists; of blocks */
    uint32_t block_count;
    uint64_t keys_offset, blocks_offset;
};

/* A file without the chunk opens too. */
enum status grams_open(struct grams *grams, const struct snapshot *snapshot);

/* The gram of these words, in their order; 2 … GRAM_WORDS_MOST of them, by their terms of the same
 * file. STATUS_NOT_FOUND where there is none: then it occurs nowhere if the rule says that it would
 * be there. Any thread. */
enum status grams_find(const struct grams *grams, const struct term *const *words, uint32_t count,
                       struct gram *gram);

#endif
