#include "match/bound.h"

#include "match/matcher.h"

uint16_t match_bound(const struct postings *postings, uint32_t *block, uint32_t target,
                     uint32_t *up_to)
{
    uint32_t low = *block, high = low;
    uint32_t count = postings->status == STATUS_OK ? postings->block_count : 0;
    for (uint32_t step = 1; high < count && postings_block_last(postings, high) < target;
         step *= 2) {
        low = high + 1;
        high = count - high > step ? high + step : count;
    }
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (postings_block_last(postings, middle) < target)
            low = middle + 1;
        else
            high = middle;
    }
    *block = low;
    *up_to = low < count ? postings_block_last(postings, low) : NO_MORE_DOCS;
    return low < count ? postings_block_bound(postings, low) : 0;
}
