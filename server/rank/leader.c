#include "rank/leader.h"

#include "rank/bounds.h"
#include "rank/list.h"

void leader_init(struct leader *leader, struct ranked_list *list, const struct ranking *ranking)
{
    leader->list = list;
    leader->ranking = ranking;
    leader->postings = list->postings;
    leader->block = 0;
    leader->weighed = false;
}

uint32_t leader_next_doc(const struct leader *leader)
{
    if (leader->block == 0)
        return 0;
    return postings_block_last(leader->postings, leader->block - 1) + 1;
}

static bool read_norms(struct leader *leader)
{
    const struct postings *postings = leader->postings;
    const uint8_t *norms = leader->ranking->norms;
    uint32_t count = postings->count;
    for (uint32_t i = 0; norms && i < count; i++)
        leader->norms[i] = norms[postings->docs[i]];
    for (uint32_t i = 0; !norms && i < count; i++)
        if (!ranking_find_norm(leader->ranking, postings->docs[i], &leader->norms[i]))
            return false;
    return true;
}

/* The articles of the block that have it in their titles weigh more. */
static bool weigh_titles(struct leader *leader)
{
    struct ranked_list *list = leader->list;
    const struct postings *postings = list->postings;
    uint32_t last = postings->docs[postings->count - 1], tf;
    uint32_t doc = match_cursor_seek(list->titles, postings->docs[0]);
    for (; doc <= last; doc = match_cursor_next(list->titles)) {
        uint32_t at = postings_find_in_block(postings, doc);
        if (!match_cursor_tf(list->titles, &tf))
            return false;
        if (postings->docs[at] == doc)
            leader->weights[at] = impact_weight(leader->ranking->model, postings->tfs[at], tf);
    }
    return ranking_goes_on(leader->ranking);
}

static bool weigh_alone(struct leader *leader)
{
    uint32_t tf, title_tf;
    if (!ranked_list_weigh_alone(leader->list, &tf, &title_tf))
        return false;
    leader->weights[0] = impact_weight(leader->ranking->model, tf, title_tf);
    return true;
}

bool leader_weigh(struct leader *leader)
{
    const struct postings *postings = leader->postings;
    if (leader->weighed)
        return true;
    if (!match_cursor_read_tfs(leader->list->cursor))
        return false;
    for (uint32_t i = 0; i < POSTINGS_BLOCK; i++) /* whole vectors: what is behind is not used */
        leader->weights[i] = (int32_t)postings->tfs[i];
    bool good = read_norms(leader);
    if (good && leader->list->weighs_alone)
        good = weigh_alone(leader);
    else if (good && leader->list->titles)
        good = weigh_titles(leader);
    return leader->weighed = good;
}

bool leader_weigh_place(struct leader *leader, uint8_t at)
{
    const struct postings *postings = leader->postings;
    if (leader->weighed)
        return true;
    if (!postings->has_tfs && !match_cursor_read_tfs(leader->list->cursor))
        return false;
    leader->weights[at] = postings->tfs[at];
    return ranking_norm(leader->ranking, postings->docs[at], &leader->norms[at]);
}

static void keep_all(struct leader *leader)
{
    leader->count = leader->postings->count;
    for (uint32_t i = 0; i < POSTINGS_BLOCK; i++)
        leader->at[i] = (uint8_t)i;
}

bool leader_find(struct leader *leader, uint64_t need)
{
    const struct postings *postings = leader->postings;
    if (postings->bounds && need)
        leader->block = bounds_next(postings->bounds, leader->block, postings->block_count,
                                    ranked_list_least_bound(leader->list, need));
    return leader->block < postings->block_count;
}

bool leader_enter(struct leader *leader, uint64_t need)
{
    const struct postings *postings = leader->postings;
    leader->weighed = false;
    if (!leader_find(leader, need) ||
        !match_cursor_enter_block(leader->list->cursor, leader->block))
        return false;
    leader->block++;
    if (leader->block < postings->block_count)
        postings_fetch_block(postings, leader->block);
    keep_all(leader);
    return true;
}

/* A part is times × ⌊idf × c × 2^20 + ½⌋, where c is the weight w / (w + s) rounded, so a part that
 * reaches `need` has c ≥ (⌈need / times⌉ − ½) / (idf × 2^20), but for roundings of less than one in
 * 10^15. With t one in 10^9 less than that, w / (w + s) ≥ t even when it is computed as
 * w (1 − t) ≥ s t, without a division. */
void leader_sift(struct leader *leader, uint64_t need)
{
    const struct ranked_list *list = leader->list;
    const double *saturation = leader->ranking->model->saturation;
    uint64_t each = (need + list->times - 1) / list->times;
    double least = ((double)each - 0.5) / (list->idf * BM25_POINT) * (1 - 1e-9);
    uint32_t count = 0;
    if (each == 0)
        return;
    double most = 1 - least;
    for (uint32_t i = 0, articles = leader->count; i < articles; i++) {
        leader->at[count] = (uint8_t)i;
        count += leader->weights[i] * most >= saturation[leader->norms[i]] * least;
    }
    leader->count = count;
}

uint64_t leader_part(const struct leader *leader, uint8_t at)
{
    const struct impact_model *model = leader->ranking->model;
    return ranked_list_part(leader->list,
                            impact_of_weight(model, leader->weights[at], leader->norms[at]));
}
