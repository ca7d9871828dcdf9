#include <stdlib.h>

#include "rank/candidates.h"
#include "rank/leader.h"
#include "rank/list.h"
#include "rank/reach.h"
#include "rank/ways.h"

struct conjunction {
    struct ranking *ranking;
    struct ranked_list *lists; /* the rarest first: it leads */
    size_t count;
    uint64_t *after; /* what the lists from the i-th on can add to a score */
    const struct rank_filters *filters;
    struct reach reach;
    struct leader leader;
    struct candidates candidates;
};

/* What is asked for twice counts twice: of its articles as few have a chance as of a rarer one's.
 */
static int by_df(const void *a, const void *b)
{
    const struct ranked_list *left = a, *right = b;
    uint64_t left_df = (uint64_t)left->postings->list->df * right->times;
    uint64_t right_df = (uint64_t)right->postings->list->df * left->times;
    return (left_df > right_df) - (left_df < right_df);
}

static bool init(struct conjunction *all, struct ranked_lists *lists)
{
    qsort(lists->items, lists->count, sizeof *lists->items, by_df);
    all->lists = lists->items;
    all->count = lists->count;
    all->after = ranked_lists_sums(lists, all->ranking);
    leader_init(&all->leader, &all->lists[0], all->ranking);
    if (!all->after || !reach_init(&all->reach, all->ranking, all->lists, all->count, all->after))
        return false;
    reach_lead(&all->reach, 0);
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

/* Whether articles of the leader's block are left out by their own parts before they are looked up
 * in the next list. Where that has few of them it is cheaper to weigh those few. */
static bool sifts(const struct conjunction *all, uint64_t need)
{
    enum { RARE = 16 }; /* an article of so many */
    const struct ranked_list *list = all->leader.list;
    if (all->count == 1 || list->titles || list->weighs_alone)
        return true;
    return need && all->lists[1].postings->list->df >= all->ranking->model->articles / RARE;
}

static bool begin(struct conjunction *all, uint64_t need)
{
    if (all->ranking->top->most && !sifts(all, need)) {
        candidates_begin_unweighed(&all->candidates, &all->leader);
        return true;
    }
    if (all->ranking->top->most == 0)
        all->leader.count = 0;
    else if (leader_weigh(&all->leader))
        leader_sift(&all->leader, need);
    else
        return false;
    candidates_begin_later(&all->candidates, &all->leader, all->ranking->counted);
    return true;
}

/* The leader's next block. What cannot come in is passed over as soon as that is plain, unless all
 * that match are counted: those are then not scored. */
static bool enter(struct conjunction *all, uint64_t *least)
{
    bool counted = all->ranking->counted;
    *least = ranking_least(all->ranking, leader_next_doc(&all->leader));
    all->ranking->pruned = all->ranking->pruned || (*least && !counted);
    if ((!counted && !reach_next(&all->reach, &all->leader, *least)) ||
        !leader_enter(&all->leader, 0))
        return false;
    uint64_t rest = all->reach.rest[1], need = *least > rest ? *least - rest : 0;
    if (!begin(all, need))
        return false;
    if (all->count == 1)
        candidates_settle(&all->candidates);
    return true;
}

/* False where a list has no article any more. */
static bool look_up(struct conjunction *all, uint64_t least)
{
    bool more = true;
    for (size_t i = 1; i < all->count && all->candidates.count; i++)
        more &= candidates_require(&all->candidates, &all->lists[i], all->ranking->counted,
                                   all->reach.rest[i + 1], least);
    return more;
}

static void take(struct conjunction *all)
{
    struct ranking *ranking = all->ranking;
    for (uint32_t i = 0; i < all->candidates.count && ranking_goes_on(ranking); i++) {
        uint32_t doc = all->candidates.docs[i];
        if (!passes(all, doc))
            continue;
        ranking->found++;
        if (all->candidates.score[i] != HOPELESS)
            ranking_offer(ranking, doc, all->candidates.score[i]);
    }
}

void rank_conjunction(struct ranking *ranking, struct ranked_lists *lists,
                      const struct rank_filters *filters)
{
    struct conjunction all = {.ranking = ranking, .filters = filters};
    uint64_t least;
    if (!init(&all, lists))
        return;
    for (bool more = true; more && ranking_goes_on(ranking) && enter(&all, &least);) {
        more = look_up(&all, least);
        take(&all);
    }
}
