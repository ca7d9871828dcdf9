#include "store/list_block.h"

#include "store/list_layout.h"

uint8_t *list_block_encode(const uint32_t *numbers, const uint32_t *tfs, uint32_t count,
                           uint32_t base, uint8_t *out)
{
    uint32_t less_one[LIST_BLOCK];
    for (uint32_t i = 0; i < count; i++)
        less_one[i] = tfs[i] - 1;
    out = doc_block_encode(numbers, count, base, out);
    return pfor_encode(less_one, count, out);
}
