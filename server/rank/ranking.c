#include "rank/ranking.h"

#include "match/source.h"

bool ranking_find_norm(const struct ranking *ranking, uint32_t doc, uint8_t *norm)
{
    return match_budget_check(ranking->budget, columns_norm(ranking->source->columns, doc, norm),
                              CHUNK_NORMS);
}
