/* One block of the lexicon of grams as bytes; FORMAT.md, "grams". */
#ifndef VERBATIM_STORE_GRAM_BLOCK_WRITE_H
#define VERBATIM_STORE_GRAM_BLOCK_WRITE_H

#include "base/bytes.h"
#include "store/gram_layout.h"

struct gram_entry {   /* of one article where doubled is less than 2; then more is its tf − 1 */
    uint32_t doubled; /* 2 (df − 1) + 1 where titles hold the gram */
    uint32_t more;    /* cf − df */
    uint32_t size;    /* bytes of its lists, or the place of its one article */
    uint32_t titles;  /* of one article title tf, else title df; both less one */
    uint32_t title_more; /* title cf − title df */
    uint32_t title_size; /* bytes of the list of titles */
    uint32_t codes[GRAM_WORDS_MOST];
};

/* Appends the block of these grams, in their order: 1 … GRAMS_BLOCK of them, of so many words each.
 * lists is where the first of their lists begins in the chunk. */
void gram_block_write(const struct gram_entry *entries, uint32_t count, uint32_t words,
                      uint64_t lists, struct bytes *out);

#endif
