#include "rank/leader.h"
#include "rank/list.h"
#include "rank/ways.h"
#include "store/list_top.h"

/* --- By its best articles ----------------------------------------------------------------------*/

struct stored { /* the list's best articles, with their parts */
    struct list_top top;
    uint64_t parts[LIST_TOP], next;
};

static bool weigh(const struct ranking *ranking, const struct ranked_list *list,
                  struct stored *stored)
{
    struct list_top_article *articles = stored->top.articles, *next = &stored->top.next;
    bool sorted = true;
    for (uint32_t i = 0; i < LIST_TOP; i++) {
        struct list_top_article *now = &articles[i], *before = i ? now - 1 : NULL;
        if (!ranking_norm(ranking, now->doc, &now->norm) ||
            !ranking_place(ranking, now->doc, &now->place))
            return false;
        now->impact = impact_of(ranking->model, now->tf, now->title_tf, now->norm);
        stored->parts[i] = ranked_list_part(list, now->impact);
        sorted = sorted && (!before || before->impact > now->impact ||
                            (before->impact == now->impact && before->place < now->place));
    }
    if (next->tf)
        next->impact = impact_of(ranking->model, next->tf, next->title_tf, next->norm);
    stored->next = ranked_list_part(list, next->impact);
    sorted = sorted && next->impact < articles[LIST_TOP - 1].impact;
    return match_budget_check(ranking->budget, sorted ? STATUS_OK : STATUS_CORRUPT,
                              list->postings->chunk);
}

/* Let p be the tenth's part. Parts never fall where impacts rise, so an article of less impact than
 * the tenth's has at most the part of `next`: if that is less than p, there are ten better ones.
 * One of the tenth's own impact has p, and a later place than all stored that have this impact: it
 * could only come before a stored one of greater impact whose part was rounded to p as well. Then
 * the list is searched. */
bool rank_stored_tells(const struct list_top *top, const uint64_t parts[LIST_TOP], uint64_t next)
{
    const struct list_top_article *articles = top->articles;
    uint64_t least = parts[LIST_TOP - 1];
    bool rounded = false;
    for (uint32_t i = 0; i < LIST_TOP; i++)
        rounded =
            rounded || (parts[i] == least && articles[i].impact > articles[LIST_TOP - 1].impact);
    return next < least && !(top->ties && rounded);
}

bool rank_stored(struct ranking *ranking, const struct ranked_list *list)
{
    struct stored stored;
    struct postings *postings = &list->cursor->postings;
    if (ranking->hidden || ranking->top->most > LIST_TOP)
        return false;
    bool found = postings_top(postings, &stored.top);
    if (!match_budget_check(ranking->budget, postings->status, postings->chunk) || !found ||
        !weigh(ranking, list, &stored) ||
        !rank_stored_tells(&stored.top, stored.parts, stored.next))
        return false;
    for (uint32_t i = 0; i < LIST_TOP; i++) {
        const struct list_top_article *article = &stored.top.articles[i];
        top_offer(ranking->top, (struct top_entry){stored.parts[i], ranking->file, article->doc,
                                                   article->place, 0});
    }
    ranking->found = postings->list->df;
    return true;
}

/* --- Block by block ----------------------------------------------------------------------------*/

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

static void search(struct ranking *ranking, struct ranked_list *list)
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
}

void rank_single(struct ranking *ranking, struct ranked_list *list)
{
    if (rank_stored(ranking, list))
        return;
    if (ranking_goes_on(ranking))
        search(ranking, list);
    if (!ranking->hidden)
        ranking->found = list->postings->list->df;
    else
        ranking->pruned = !ranking->counted;
}
