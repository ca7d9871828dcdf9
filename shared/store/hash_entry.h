/* Entries of 12 bytes, a hash and an article each, in the order of hashes, then of articles: all
 * of the chunk "ids", and "titles" up to its footer. Any thread. */
#ifndef VERBATIM_STORE_HASH_ENTRY_H
#define VERBATIM_STORE_HASH_ENTRY_H

#include "store/snapshot.h"

enum { HASH_ENTRY_BYTES = 12 };

void hash_entry_write(uint8_t entry[HASH_ENTRY_BYTES], uint64_t hash, uint32_t doc);

/* Entry `at` of the chunk. STATUS_CORRUPT where it reaches past the chunk, or names no article. */
enum status hash_entry_read(const struct snapshot *snapshot, enum chunk_id chunk, uint64_t at,
                            uint64_t *hash, uint32_t *doc);

/* The first of the entries [low, high) whose hash is not less, or high. */
enum status hash_entry_find(const struct snapshot *snapshot, enum chunk_id chunk, uint64_t hash,
                            uint64_t low, uint64_t high, uint64_t *found);

#endif
