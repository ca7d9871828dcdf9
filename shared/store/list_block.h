/* One block of a postings list as bytes: its numbers, then their counts. FORMAT.md, "postings". */
#ifndef VERBATIM_STORE_LIST_BLOCK_H
#define VERBATIM_STORE_LIST_BLOCK_H

#include "codec/doc_block.h"

enum { LIST_BLOCK_MOST_BYTES = DOC_BLOCK_MOST_BYTES };

/* numbers ascend from base on; tfs are at least 1. Writes to out, which has LIST_BLOCK_MOST_BYTES;
 * returns what is behind. count is 1 … LIST_BLOCK. */
uint8_t *list_block_encode(const uint32_t *numbers, const uint32_t *tfs, uint32_t count,
                           uint32_t base, uint8_t *out);

#endif
