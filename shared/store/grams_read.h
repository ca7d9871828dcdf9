/* Lists of runs of adjacent words in. Their postings are read as those of words are: see
 * postings_open_gram. */
#ifndef VERBATIM_STORE_GRAMS_READ_H
#define VERBATIM_STORE_GRAMS_READ_H

#include "store/gram.h"
#include "store/gram_block_read.h"
#include "store/gram_rule.h"
#include "store/snapshot.h"

struct grams { /* no memory of its own; valid as long as its snapshot */
    const struct snapshot *snapshot;
    struct gram_rule rule;
    bool present; /* the file has the chunk; else nothing is found, and absence means nothing */
    uint64_t counts[GRAM_WORDS_MOST - 1]; /* of grams of 2 … 8 words */
    uint64_t list_bytes, block_bytes;     /* of head and lists; of blocks */
    uint32_t block_count, word_count;     /* words that stand in grams */
    uint64_t tables; /* where keys, offsets and words begin, one behind the other */
};

/* A file without the chunk opens too. */
enum status grams_open(struct grams *grams, const struct snapshot *snapshot);

/* The gram of these words, in their order; 2 … GRAM_WORDS_MOST of them, by their terms of the same
 * file. STATUS_NOT_FOUND where there is none: then it occurs nowhere if the rule says that it would
 * be there. Any thread. */
enum status grams_find(const struct grams *grams, const struct term *const *words, uint32_t count,
                       struct gram *gram);

/* The same in two steps, for one who asks for several grams of the same words: the codes of words,
 * any number of them, and a gram by those of its words. */
enum status grams_codes(const struct grams *grams, const struct term *const *words, size_t count,
                        uint32_t *codes);
enum status grams_find_coded(const struct grams *grams, const struct term *const *words,
                             const uint32_t *codes, uint32_t count, struct gram *gram);

/* For one who asks for several pairs: of each two neighbours among the codes, which are one more
 * than `count`, the block where their gram stands if it is there. The blocks of those wanted are on
 * their way from memory. */
enum status grams_place_pairs(const struct grams *grams, const uint32_t *codes, const bool *wanted,
                              size_t count, uint32_t *blocks);
/* As grams_find_coded of the pair that was placed there. */
enum status grams_find_placed(const struct grams *grams, const struct term *const *words,
                              const uint32_t *codes, uint32_t block, struct gram *gram);

struct grams_cursor { /* one thread; zeroed but for grams: before the first gram */
    const struct grams *grams;
    uint32_t block_number; /* the next one to enter */
    uint32_t place;        /* of the next gram in the block */
    struct gram_block block;
    uint32_t codes[GRAM_WORDS_MOST];
    uint64_t lists; /* where the lists of the next gram begin */

    uint32_t count, terms[GRAM_WORDS_MOST]; /* the words of the gram at hand */
    struct gram gram;                       /* but for leader and ranked */
    enum status status;                     /* sticky */
};

/* The next gram. False at the end or with a bad status. Every entry is checked as far as it goes:
 * grams ascend, lists lie one behind the other. */
bool grams_next(struct grams_cursor *cursor);

#endif
