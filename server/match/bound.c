#include "match/bound.h"

#include "match/matcher.h"

uint16_t match_bound(const struct postings *postings, uint32_t *block, uint32_t target,
                     uint32_t *up_to)
{
    uint32_t count = postings->status == STATUS_OK ? postings->block_count : 0;
    uint32_t low = count ? postings_find_block(postings, *block, target) : *block;
    *block = low;
    *up_to = low < count ? postings_block_last(postings, low) : NO_MORE_DOCS;
    return low < count ? postings_block_bound(postings, low) : 0;
}
