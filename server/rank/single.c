#include "rank/leader.h"
#include "rank/list.h"
#include "rank/ways.h"

static void offer_block(struct ranking *ranking, const struct leader *leader)
{
    for (uint32_t i = 0; i < leader->count; i++) {
        uint32_t doc = leader_doc(leader, leader->at[i]);
        uint64_t score = leader_part(leader, leader->at[i]);
        if (score >= ranking_least(ranking, doc) && !ranking_hides(ranking, doc))
            ranking_offer(ranking, doc, score);
    }
}

static void count_shown(struct ranking *ranking, const struct postings *postings)
{
    for (uint32_t i = 0; i < postings->count; i++)
        ranking->found += !ranking_hides(ranking, postings->docs[i]);
}

/* Where some are hidden, those that are not are counted one by one. */
static bool enter(struct ranking *ranking, struct leader *leader, uint64_t least)
{
    if (!ranking->hidden)
        return leader_enter(leader, least);
    if (!leader_enter(leader, ranking->counted ? 0 : least))
        return false;
    count_shown(ranking, leader->list->postings);
    return true;
}

void rank_single(struct ranking *ranking, struct ranked_list *list)
{
    struct leader leader;
    leader_init(&leader, list, ranking);
    if (!ranking->hidden)
        top_seed(ranking->top, ranked_list_seed(list, ranking->top->most));
    for (;;) {
        uint64_t least = ranking_least(ranking, leader_next_doc(&leader));
        if (!enter(ranking, &leader, least) || !leader_weigh(&leader))
            break;
        leader_sift(&leader, least);
        offer_block(ranking, &leader);
    }
    if (!ranking->hidden)
        ranking->found = list->postings->list->df;
    else
        ranking->pruned = !ranking->counted;
}
