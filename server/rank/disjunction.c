#include <stdlib.h>

#include "rank/candidates.h"
#include "rank/leader.h"
#include "rank/list.h"
#include "rank/reach.h"
#include "rank/ways.h"

/* MaxScore list by list: the list that can add most leads first, and the articles that it has are
 * looked up in the others. Then the next leads, without a thought of those before: what they have
 * was looked at. It ends where all lists left together could not bring an article in. */
struct disjunction {
    struct ranking *ranking;
    struct ranked_list *lists; /* by what they can add, the most first */
    size_t count;
    uint64_t *after; /* what the lists from the i-th on can add to a score */
    struct reach reach;
};

static int by_most(const void *a, const void *b)
{
    const struct ranked_list *left = a, *right = b;
    return (left->most < right->most) - (left->most > right->most);
}

static bool init(struct disjunction *any, struct ranked_lists *lists)
{
    qsort(lists->items, lists->count, sizeof *lists->items, by_most);
    any->lists = lists->items;
    any->count = lists->count;
    any->after = ranked_lists_sums(lists, any->ranking);
    return any->after && reach_init(&any->reach, any->ranking, any->lists, any->count, any->after);
}

/* So many articles of one list reach its stored best, whatever the others add. */
static void seed(struct disjunction *any)
{
    for (size_t i = 0; i < any->count && !any->ranking->hidden; i++)
        top_seed(any->ranking->top, ranked_list_seed(&any->lists[i], any->ranking->top->most));
}

static bool enter(struct disjunction *any, size_t leading, struct leader *leader, uint64_t *least)
{
    *least = ranking_least(any->ranking, leader_next_doc(leader));
    if (!reach_next(&any->reach, leader, *least) || !leader_enter(leader, 0) ||
        !leader_weigh(leader))
        return false;
    uint64_t rest = any->reach.rest[leading + 1], need = *least > rest ? *least - rest : 0;
    leader_sift(leader, need);
    return true;
}

/* An article that a list before the leading one has comes with too little, but if it is among the
 * best it is there already. */
static void take(struct disjunction *any, size_t leading, const struct candidates *candidates)
{
    struct ranking *ranking = any->ranking;
    for (uint32_t i = 0; i < candidates->count; i++) {
        uint32_t doc = candidates->docs[i];
        if (candidates->score[i] < ranking_least(ranking, doc) || ranking_hides(ranking, doc))
            continue;
        if (leading == 0 || !top_has(ranking->top, ranking->file, doc))
            ranking_offer(ranking, doc, candidates->score[i]);
    }
}

static void lead(struct disjunction *any, size_t leading)
{
    struct leader leader;
    struct candidates candidates;
    uint64_t least;
    reach_lead(&any->reach, leading);
    leader_init(&leader, &any->lists[leading], any->ranking);
    while (ranking_goes_on(any->ranking) && enter(any, leading, &leader, &least)) {
        candidates_begin(&candidates, &leader, any->reach.rest[leading + 1], least);
        for (size_t i = leading + 1; i < any->count && candidates.count; i++)
            candidates_add(&candidates, &any->lists[i], any->reach.rest[i + 1], least);
        if (ranking_goes_on(any->ranking))
            take(any, leading, &candidates);
    }
}

/* As far as that is known without counting: where not even the best are all that was wanted, they
 * are all that there are. */
static void tell_found(struct disjunction *any)
{
    struct ranking *ranking = any->ranking;
    const struct top *top = ranking->top;
    for (size_t i = 0; i < top->count; i++)
        ranking->found += top->entries[i].file == ranking->file;
    ranking->pruned = top_is_full(top);
    for (size_t i = 0; i < any->count && !ranking->hidden; i++)
        if (any->lists[i].postings->list->df > ranking->found)
            ranking->found = any->lists[i].postings->list->df;
}

void rank_disjunction(struct ranking *ranking, struct ranked_lists *lists)
{
    struct disjunction any = {.ranking = ranking};
    if (!init(&any, lists))
        return;
    seed(&any);
    for (size_t i = 0; i < any.count && ranking_goes_on(ranking); i++) {
        if (any.after[i] < ranking_least(ranking, 0))
            break;
        if (i)
            ranked_lists_rewind(lists);
        lead(&any, i);
    }
    tell_found(&any);
}
