/* One block of the lexicon of grams, read: which of them is looked for, and what is told of it.
 * FORMAT.md, "grams". Bytes are not trusted, but that grams ascend is for who walks them to see. */
#ifndef VERBATIM_STORE_GRAM_BLOCK_READ_H
#define VERBATIM_STORE_GRAM_BLOCK_READ_H

#include <stdbool.h>

#include "base/slice.h"
#include "store/gram_layout.h"

enum { GRAM_BLOCK_NONE = GRAMS_BLOCK };

struct gram_block {          /* one thread; not initialised: what is not decoded is not looked at */
    uint32_t words, count;   /* of a gram; grams */
    uint64_t key, lists;     /* of the first gram; where its lists begin in the chunk */
    const uint8_t *at, *end; /* borrowed; what is behind the words */
    uint32_t columns[GRAM_WORDS_MOST][GRAMS_BLOCK];
    uint32_t doubled[GRAMS_BLOCK], more[GRAMS_BLOCK], places[GRAMS_BLOCK], sizes[GRAMS_BLOCK];
    uint32_t titles[GRAMS_BLOCK], title_more[GRAMS_BLOCK], title_sizes[GRAMS_BLOCK];
};

struct gram_counts { /* of one gram, as numbers of the file, not compared with it */
    bool one_article, titles;
    uint32_t df, place; /* place where one_article */
    uint64_t cf;
    uint64_t offset, bytes; /* of its list; not where one_article */
    uint32_t title_df;      /* not where one_article; then title_cf is the title's tf */
    uint64_t title_cf, title_bytes;
};

/* Reads where the lists begin and the words; false where they are malformed. */
bool gram_block_open(struct gram_block *block, struct slice bytes, uint32_t words, uint32_t count,
                     uint64_t key);
/* The place of the gram of these codes; GRAM_BLOCK_NONE where there is none. */
uint32_t gram_block_find(const struct gram_block *block, const uint32_t *codes);
/* <0, 0 or >0 as the codes of so many words compare to others. */
int gram_block_compare(const uint32_t *codes, const uint32_t *others, uint32_t words);
/* Whether the first gram is greater than that of these codes. */
bool gram_block_begins_behind(const struct gram_block *block, const uint32_t *codes);
/* From codes of the gram before to those of gram i; those of the first from nothing. False where
 * they do not ascend. */
bool gram_block_step(const struct gram_block *block, uint32_t i, uint32_t *codes);
/* Reads the counts behind the words, titles' too; false where they are malformed or do not end with
 * the block. */
bool gram_block_read_counts(struct gram_block *block);
/* What is told of a gram; after gram_block_read_counts. i is less than count. False where a list of
 * titles would be longer than both lists together. */
bool gram_block_counts(const struct gram_block *block, uint32_t i, struct gram_counts *counts);

#endif
