#include "rank/ranking.h"

#include "match/source.h"
#include "store/columns_read.h"

bool ranking_find_norm(const struct ranking *ranking, uint32_t doc, uint8_t *norm)
{
    return match_budget_check(ranking->budget, columns_norm(ranking->source->columns, doc, norm),
                              CHUNK_NORMS);
}

bool ranking_find_apart(const struct ranking *ranking, uint32_t doc)
{
    size_t low = 0, high = ranking->apart_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ranking->apart[middle] < doc)
            low = middle + 1;
        else
            high = middle;
    }
    return low < ranking->apart_count && ranking->apart[low] == doc;
}

bool ranking_find_place(const struct ranking *ranking, uint32_t doc, uint32_t *place)
{
    return match_budget_check(ranking->budget, columns_place(ranking->places, doc, place),
                              CHUNK_ORDER);
}

void ranking_offer_placed(struct ranking *ranking, struct top_entry entry)
{
    if (ranking_find_place(ranking, entry.doc, &entry.place))
        top_offer(ranking->top, entry);
}
