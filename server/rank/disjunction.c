#include <stdlib.h>

#include "rank/leader.h"
#include "rank/list.h"
#include "rank/ways.h"

/* MaxScore list by list: the list that can add most leads first, and the articles that it has are
 * looked up in the others. Then the next leads, without a thought of those before: what they have
 * was looked at. It ends where all lists left together could not bring an article in. */
struct disjunction {
    struct ranking *ranking;
    struct ranked_list *lists; /* by what they can add, the most first */
    size_t count;
    uint64_t *after; /* what the lists from the i-th on can add to a score */
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
    return any->after != NULL;
}

/* So many articles of one list reach its stored best, whatever the others add. */
static void seed(struct disjunction *any)
{
    for (size_t i = 0; i < any->count && !any->ranking->hidden; i++)
        top_seed(any->ranking->top, ranked_list_seed(&any->lists[i], any->ranking->top->most));
}

/* Adds what the lists behind the leading one have of the article. False where that is plainly not
 * enough, or with the budget's status bad. */
static bool add(struct disjunction *any, size_t leading, uint32_t doc, uint8_t norm, uint64_t *sum)
{
    uint64_t least = ranking_least(any->ranking, doc), part;
    for (size_t i = leading + 1; i < any->count; i++) {
        struct ranked_list *list = &any->lists[i];
        if (*sum + any->after[i] < least)
            return false;
        if (!ranked_list_find(list, doc))
            continue;
        if (!ranked_list_score(list, any->ranking, norm, &part))
            return false;
        *sum += part;
    }
    return *sum >= least && ranking_goes_on(any->ranking);
}

/* An article that a list before the leading one has comes with too little, but if it is among the
 * best it is there already. */
static void look_at(struct disjunction *any, size_t leading, const struct leader *leader,
                    uint8_t at)
{
    uint32_t doc = leader_doc(leader, at);
    uint64_t sum = leader_part(leader, at);
    if (!add(any, leading, doc, leader->norms[at], &sum) || ranking_hides(any->ranking, doc))
        return;
    if (leading == 0 || !top_has(any->ranking->top, any->ranking->file, doc))
        ranking_offer(any->ranking, doc, sum);
}

static bool enter(struct disjunction *any, size_t leading, struct leader *leader)
{
    uint64_t least = ranking_least(any->ranking, leader_next_doc(leader));
    uint64_t rest = any->after[leading + 1], need = least > rest ? least - rest : 0;
    if (!leader_enter(leader, need) || !leader_weigh(leader))
        return false;
    leader_sift(leader, need);
    return true;
}

static void lead(struct disjunction *any, size_t leading)
{
    struct leader leader;
    leader_init(&leader, &any->lists[leading], any->ranking);
    while (ranking_goes_on(any->ranking) && enter(any, leading, &leader))
        for (uint32_t i = 0; i < leader.count; i++)
            look_at(any, leading, &leader, leader.at[i]);
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
