#include "rank/reach.h"

#include <string.h>

#include "match/source.h"
#include "rank/bounds.h"
#include "rank/leader.h"
#include "rank/list.h"

/* Blocks for each of the leader's up to which their bounds are worth asking for. */
enum { NEAR = 3, MANY = 32 };

bool reach_init(struct reach *reach, const struct ranking *ranking, const struct ranked_list *lists,
                size_t count, const uint64_t *after)
{
    struct arena *arena = ranking->source->arena;
    *reach = (struct reach){.lists = lists, .count = count, .after = after};
    reach->rest = arena_allocate(arena, count + 1, sizeof *reach->rest);
    reach->at = arena_allocate(arena, count + 1, sizeof *reach->at);
    return match_budget_check(ranking->budget, arena->status, CHUNK_POSTINGS);
}

static bool is_near(const struct reach *reach, size_t i)
{
    const struct postings *list = reach->lists[i].postings;
    const struct postings *leader = reach->lists[reach->leading].postings;
    return list->bounds && leader->block_count >= MANY &&
           list->block_count / NEAR <= leader->block_count;
}

void reach_lead(struct reach *reach, size_t leading)
{
    reach->leading = leading;
    reach->near = 0;
    for (size_t i = leading + 1; i < reach->count; i++)
        reach->near += is_near(reach, i);
    memcpy(reach->rest, reach->after, (reach->count + 1) * sizeof *reach->rest);
    memset(reach->at, 0, (reach->count + 1) * sizeof *reach->at);
}

/* The most that the list adds to an article from first to last. */
static uint64_t most_within(struct reach *reach, size_t i, uint32_t first, uint32_t last)
{
    const struct ranked_list *list = &reach->lists[i];
    const struct postings *postings = list->postings;
    if (!is_near(reach, i))
        return list->most;
    uint32_t from = postings_find_block(postings, reach->at[i], first), to = from;
    reach->at[i] = from;
    if (from == postings->block_count)
        return 0;
    if (postings_block_last(postings, from) < last)
        to = postings_find_block(postings, from, last);
    uint32_t count = to - from + (to < postings->block_count);
    return ranked_list_bound(list, bounds_most(postings->bounds + (size_t)from * 2, count));
}

static void narrow(struct reach *reach, uint32_t first, uint32_t last)
{
    for (size_t i = reach->count; i-- > reach->leading + 1;)
        reach->rest[i] = reach->rest[i + 1] + most_within(reach, i, first, last);
}

bool reach_next(struct reach *reach, struct leader *leader, uint64_t least)
{
    uint64_t rest = reach->after[reach->leading + 1];
    while (leader_find(leader, least > rest ? least - rest : 0)) {
        if (least == 0 || reach->near == 0)
            return true;
        const struct postings *postings = leader->postings;
        narrow(reach, leader_next_doc(leader), postings_block_last(postings, leader->block));
        if (ranked_list_bound(leader->list, postings_block_bound(postings, leader->block)) +
                reach->rest[reach->leading + 1] >=
            least)
            return true;
        leader->block++;
    }
    return false;
}
