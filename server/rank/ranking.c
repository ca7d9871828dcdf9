#include "rank/ranking.h"

#include "match/source.h"

bool ranking_find_norm(const struct ranking *ranking, uint32_t doc, uint8_t *norm)
{
    return match_budget_check(ranking->budget, columns_norm(ranking->source->columns, doc, norm),
                              CHUNK_NORMS);
}

void ranking_offer_placed(struct ranking *ranking, uint32_t doc, uint64_t score)
{
    struct top_entry entry = {score, ranking->file, doc, 0};
    enum status status = columns_place(ranking->places, doc, &entry.place);
    if (match_budget_check(ranking->budget, status, CHUNK_ORDER))
        top_offer(ranking->top, entry);
}
