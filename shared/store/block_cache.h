/* Inflated blocks, kept for the next question that reads them: never more bytes than it was given.
 *
 * What is kept longest without being read goes first. Blocks are copied in and out, so nobody holds
 * on to one. Any thread; a shard's lock is held for as long as a copy takes. */
#ifndef VERBATIM_STORE_BLOCK_CACHE_H
#define VERBATIM_STORE_BLOCK_CACHE_H

#include "base/bytes.h"
#include "base/slice.h"

struct block_cache; /* owned */

/* NULL where memory ends. With few bytes it keeps few blocks, or none. */
struct block_cache *block_cache_open(size_t bytes);
void block_cache_close(struct block_cache *cache); /* NULL is allowed */

/* Into out, cleared before, where the block of this key is there. */
bool block_cache_get(struct block_cache *cache, uint64_t key, struct bytes *out);
/* Keeps a copy, unless it is too large or memory ends. */
void block_cache_put(struct block_cache *cache, uint64_t key, struct slice block);

struct block_cache_counts {
    uint64_t hits, misses; /* of block_cache_get */
    uint64_t bytes, most;  /* kept now, and at most; with what keeping takes */
};
struct block_cache_counts block_cache_counts(struct block_cache *cache);

#endif
