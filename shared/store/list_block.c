#include "store/list_block.h"

uint8_t *list_block_encode(const uint32_t *numbers, const uint32_t *tfs, uint32_t count,
                           uint32_t base, uint8_t *out)
{
    return doc_block_encode(numbers, tfs, count, base, out);
}
