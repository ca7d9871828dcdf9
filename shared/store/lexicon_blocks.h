/* The blocks of a lexicon, as those who read it find them. Inside this room only. */
#ifndef VERBATIM_STORE_LEXICON_BLOCKS_H
#define VERBATIM_STORE_LEXICON_BLOCKS_H

#include <stdbool.h>

#include "store/lexicon_read.h"

/* The last block whose first key is not greater; 0 where there is none. */
enum status lexicon_block_of(const struct lexicon *lexicon, struct slice key, uint32_t *block);
enum status lexicon_block_bytes(const struct lexicon *lexicon, uint32_t block, struct slice *bytes);
uint32_t lexicon_block_terms(const struct lexicon *lexicon, uint32_t block);
/* Whether its terms' lists in `postings` take at least so many bytes together. */
enum status lexicon_block_fills(const struct lexicon *lexicon, uint32_t block, uint64_t bytes,
                                bool *fills);
/* The number of its first key: lexicon_key_number. */
enum status lexicon_block_key(const struct lexicon *lexicon, uint32_t block, uint64_t *number);

#endif
