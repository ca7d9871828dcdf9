/* Up to 128 ascending article numbers: gaps by PFOR, or a bitset, whichever takes fewer bytes.
 * FORMAT.md, "Article numbers". */
#ifndef VERBATIM_CODEC_DOC_BLOCK_H
#define VERBATIM_CODEC_DOC_BLOCK_H

#include <stdint.h>

#include "codec/kernel.h"
#include "codec/pfor.h"

enum {
    DOC_BLOCK_MOST = PFOR_MOST,
    DOC_BLOCK_MOST_BYTES = PFOR_MOST_BYTES,
    DOC_BLOCK_GREATEST = KERNEL_GREATEST, /* no article number is greater */
};

/* docs ascend from base (the least number that the first may be) to DOC_BLOCK_GREATEST. Writes to
 * out, which has DOC_BLOCK_MOST_BYTES; returns what is behind. count is 1 … 128. */
uint8_t *doc_block_encode(const uint32_t *docs, uint32_t count, uint32_t base, uint8_t *out);

/* Returns what is behind; NULL where the bytes are malformed or a number would be over the
 * greatest. What comes back ascends from base. Any bytes are safe. count is 1 … 128. */
const uint8_t *doc_block_decode(const uint8_t *at, const uint8_t *end, uint32_t base,
                                uint32_t count, uint32_t *docs);

#endif
