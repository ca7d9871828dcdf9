/* Up to 128 ascending article numbers and how often something stands in each (its count, at least
 * 1): gaps and counts as Rice codes, in one stream where that is shorter. FORMAT.md, "postings". */
#ifndef VERBATIM_CODEC_DOC_BLOCK_H
#define VERBATIM_CODEC_DOC_BLOCK_H

#include <stdbool.h>
#include <stdint.h>

enum {
    DOC_BLOCK_MOST = 128,
    DOC_BLOCK_MOST_BYTES = 2 * (1 + DOC_BLOCK_MOST * 4 + DOC_BLOCK_MOST / 8),
    DOC_BLOCK_GREATEST = 0x7FFFFFFF, /* no article number is greater */
};

struct doc_block_counts { /* where a block's counts lie; borrowed from its bytes */
    const uint8_t *at, *end;
    uint8_t bit; /* of the byte at */
    uint8_t form;
};

/* docs ascend from base (the least number that the first may be) to DOC_BLOCK_GREATEST. Writes to
 * out, which has DOC_BLOCK_MOST_BYTES; returns what is behind. count is 1 … 128. */
uint8_t *doc_block_encode(const uint32_t *docs, const uint32_t *counts, uint32_t count,
                          uint32_t base, uint8_t *out);

/* Reads the articles of a block that ends at end, and says where its counts are. False where the
 * bytes are malformed or a number would be over the greatest. What comes back ascends from base.
 * Any bytes are safe. count is 1 … 128. */
bool doc_block_decode(const uint8_t *at, const uint8_t *end, uint32_t base, uint32_t count,
                      uint32_t *docs, struct doc_block_counts *counts);

/* Reads the counts of the block, and their sum. False where they are malformed, do not end with it
 * or one is over 32 bits. */
bool doc_block_decode_counts(const struct doc_block_counts *counts, uint32_t count, uint32_t *out,
                             uint64_t *sum);

#endif
