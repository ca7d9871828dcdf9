/* The compressed blocks of the chunk "fields" or "text" behind their directory, one of them
 * inflated. */
#ifndef VERBATIM_STORE_DOCUMENT_BLOCKS_H
#define VERBATIM_STORE_DOCUMENT_BLOCKS_H

#include "base/bytes.h"
#include "store/snapshot.h"

struct block_cache;
struct kept_block;
struct zip_unpacker;

struct document_blocks { /* one thread; release when done */
    const struct snapshot *snapshot;
    enum chunk_id chunk;
    uint32_t entry_bytes;
    uint32_t count;
    uint64_t data_bytes;           /* of all blocks */
    struct zip_unpacker *unpacker; /* NULL before the first block */
    struct bytes block;            /* inflated here, */
    struct kept_block *lent;       /* or by the cache; NULL: here */
    struct slice content;          /* of either */
    uint32_t block_at;             /* which; UINT32_MAX: none */
    const uint8_t *directory;      /* seen at once, being small; NULL: not yet, or large */
    struct block_cache *cache;     /* borrowed; NULL: every block is inflated */
    uint64_t cache_key;            /* of block 0; the others' follow */
    bool (*may_read)(void *context, uint64_t bytes); /* asked of larger blocks; NULL: all may be */
    void *context;
};

struct document_entry {
    uint64_t offset;
    uint32_t article;  /* of its first record or piece */
    uint32_t inflated; /* bytes */
    uint64_t byte;     /* of a text block: where its first piece begins in the body */
    uint32_t position; /* and the word position there */
};

/* A chunk that is absent has no blocks. */
enum status document_blocks_open(struct document_blocks *blocks, const struct snapshot *snapshot,
                                 enum chunk_id chunk);
void document_blocks_release(struct document_blocks *blocks); /* twice is fine */

/* at is less than count. */
enum status document_blocks_entry(const struct document_blocks *blocks, uint32_t at,
                                  struct document_entry *entry);
enum { LARGE_BLOCK_BYTES = 1 << 16 }; /* of which may_read is asked: those with more */

/* Inflates a block, valid until another one is. at is less than count. STATUS_DEADLINE where a
 * large one may not be read. */
enum status document_blocks_load(struct document_blocks *blocks, uint32_t at,
                                 struct slice *content);

/* The last block whose entry is not behind (article, position): a block that begins an article's
 * body counts as position 0. STATUS_NOT_FOUND where the first is behind. */
enum status document_blocks_find(struct document_blocks *blocks, uint32_t article,
                                 uint32_t position, uint32_t *at);

#endif
