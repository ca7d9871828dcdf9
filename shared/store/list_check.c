#include "store/list_check.h"

#include "store/impact.h"
#include "store/list_layout.h"

void list_check_begin(struct list_check *list)
{
    list->best.count = 0;
    list->most = 0;
}

void list_check_impact(struct list_check *list, double impact)
{
    list->most = impact > list->most ? impact : list->most;
    best_impacts_add(&list->best, impact_floor(impact));
}

bool list_check_block(struct list_check *list, const struct postings *postings)
{
    uint16_t bound = impact_ceiling(list->most);
    list->most = 0;
    return !postings->bounds || postings_block_bound(postings, postings->block) == bound;
}

bool list_check_end(struct list_check *list, const struct postings *postings)
{
    static const uint32_t ks[] = {10, 100, LIST_BEST_MOST};
    if (!postings->bounds)
        return true;
    best_impacts_sort(&list->best);
    for (uint32_t i = 0; i < list_best_count(postings->list->df); i++)
        if (postings_best(postings, ks[i]) != list->best.best[ks[i] - 1])
            return false;
    return true;
}
