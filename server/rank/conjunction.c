#include <stdlib.h>

#include "rank/leader.h"
#include "rank/list.h"
#include "rank/ways.h"

struct conjunction {
    struct ranking *ranking;
    struct ranked_list *lists; /* the rarest first: it leads */
    size_t count;
    uint64_t *after; /* what the lists from the i-th on can add to a score */
    const struct rank_filters *filters;
    struct leader leader;
    bool ended; /* some list has no article any more */
};

static int by_df(const void *a, const void *b)
{
    const struct postings *left = ((const struct ranked_list *)a)->postings;
    const struct postings *right = ((const struct ranked_list *)b)->postings;
    return (left->list->df > right->list->df) - (left->list->df < right->list->df);
}

static bool init(struct conjunction *all, struct ranked_lists *lists)
{
    qsort(lists->items, lists->count, sizeof *lists->items, by_df);
    all->lists = lists->items;
    all->count = lists->count;
    all->after = ranked_lists_sums(lists, all->ranking);
    leader_init(&all->leader, &all->lists[0], all->ranking);
    return all->after != NULL;
}

/* Whether the others have it too. */
static bool is_in_all(struct conjunction *all, uint32_t doc)
{
    for (size_t i = 1; i < all->count; i++) {
        if (ranked_list_find(&all->lists[i], doc))
            continue;
        all->ended = all->lists[i].postings->count == 0;
        return false;
    }
    return true;
}

static bool passes(const struct conjunction *all, uint32_t doc)
{
    for (size_t i = 0; i < all->filters->count; i++) {
        const struct rank_filter *filter = &all->filters->items[i];
        if (matcher_test(filter->matcher, doc) == filter->excludes)
            return false;
    }
    return !ranking_hides(all->ranking, doc) && ranking_goes_on(all->ranking);
}

/* The score of the article on which all lists stand; 0 where it comes to less than `least`, or with
 * the budget's status bad. */
static uint64_t score(struct conjunction *all, uint8_t at, uint64_t least)
{
    uint64_t sum = leader_part(&all->leader, at), part;
    for (size_t i = 1; i < all->count; i++) {
        if (sum + all->after[i] < least ||
            !ranked_list_score(&all->lists[i], all->ranking, all->leader.norms[at], &part))
            return 0;
        sum += part;
    }
    return sum;
}

static void offer(struct conjunction *all, uint32_t doc, uint64_t sum)
{
    all->ranking->found++;
    ranking_offer(all->ranking, doc, sum);
}

/* What cannot come in is passed over as soon as that is plain. */
static void look_at(struct conjunction *all, uint8_t at)
{
    uint32_t doc = leader_doc(&all->leader, at);
    if (!is_in_all(all, doc))
        return;
    uint64_t least = ranking_least(all->ranking, doc), sum = score(all, at, least);
    if (sum < least)
        all->ranking->pruned = true;
    else if (passes(all, doc))
        offer(all, doc, sum);
}

/* Every match is counted, and scored only if it may come in. */
static void count(struct conjunction *all, uint8_t at)
{
    uint32_t doc = leader_doc(&all->leader, at);
    if (!is_in_all(all, doc) || !passes(all, doc))
        return;
    all->ranking->found++;
    if (all->ranking->top->most == 0 || !leader_weigh(&all->leader))
        return;
    uint64_t least = ranking_least(all->ranking, doc), sum = score(all, at, least);
    if (sum >= least && ranking_goes_on(all->ranking))
        ranking_offer(all->ranking, doc, sum);
}

/* The leader's next block, of which only what may come in is kept where matches are not counted. */
static bool enter(struct conjunction *all)
{
    if (all->ranking->counted)
        return leader_enter(&all->leader, 0);
    uint64_t least = ranking_least(all->ranking, leader_next_doc(&all->leader));
    uint64_t need = least > all->after[1] ? least - all->after[1] : 0;
    all->ranking->pruned = all->ranking->pruned || need;
    if (!leader_enter(&all->leader, need) || !leader_weigh(&all->leader))
        return false;
    leader_sift(&all->leader, need);
    return true;
}

void rank_conjunction(struct ranking *ranking, struct ranked_lists *lists,
                      const struct rank_filters *filters)
{
    struct conjunction all = {.ranking = ranking, .filters = filters};
    if (!init(&all, lists))
        return;
    while (!all.ended && ranking_goes_on(ranking) && enter(&all))
        for (uint32_t i = 0; i < all.leader.count && !all.ended && ranking_goes_on(ranking); i++)
            (ranking->counted ? count : look_at)(&all, all.leader.at[i]);
}
