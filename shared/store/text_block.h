/* A block of the chunk "text" taken apart into its pieces. */
#ifndef VERBATIM_STORE_TEXT_BLOCK_H
#define VERBATIM_STORE_TEXT_BLOCK_H

#include "codec/reader.h"
#include "store/document_blocks.h"

struct text_block { /* valid until another block is inflated */
    struct document_entry entry;
    struct reader heads;
    struct slice text;    /* what no head has claimed yet */
    uint32_t count, left; /* heads: all, and those not read */
    bool leads;           /* they have */
};

struct block_piece {
    uint32_t article;
    struct slice text;
    uint32_t lead;    /* bytes of the body in front of text that its shown title has */
    bool first, last; /* of the block */
};

/* at is less than the number of blocks. */
enum status text_block_open(struct text_block *block, struct document_blocks *blocks, uint32_t at);
/* The next piece; left is not 0. The piece given is the one before, or zeroed. */
enum status text_block_next(struct text_block *block, struct block_piece *piece);

#endif
