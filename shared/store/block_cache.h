/* Inflated blocks, kept for the next question that reads them: never more bytes than it was given.
 *
 * What is kept longest without being read goes first. A block that is lent when it goes lives on
 * until it is given back, beside those bytes. Any thread. */
#ifndef VERBATIM_STORE_BLOCK_CACHE_H
#define VERBATIM_STORE_BLOCK_CACHE_H

#include <stdint.h>

#include "base/slice.h"

struct block_cache; /* owned */
struct kept_block;

/* NULL where memory ends. With few bytes it keeps few blocks, or none. */
struct block_cache *block_cache_open(size_t bytes);
/* Blocks may still be lent. NULL is allowed. */
void block_cache_close(struct block_cache *cache);

/* Lends the block of this key, its bytes in *content until it is given back; NULL where it is not
 * there. */
struct kept_block *block_cache_lend(struct block_cache *cache, uint64_t key, struct slice *content);
void block_cache_give_back(struct kept_block *block); /* NULL is allowed */
/* Keeps a copy, unless it is too large or memory ends. */
void block_cache_put(struct block_cache *cache, uint64_t key, struct slice block);

struct block_cache_counts {
    uint64_t hits, misses; /* of block_cache_lend */
    uint64_t bytes, most;  /* kept now, and at most; with what keeping takes */
};
struct block_cache_counts block_cache_counts(struct block_cache *cache);

#endif
