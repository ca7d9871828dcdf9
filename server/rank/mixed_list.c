#include "rank/mixed_list.h"

#include "match/source.h"
#include "match/term.h"
#include "rank/bounds.h"
#include "rank/list.h"

/* A class's list is told by match_term_cursor too, but not what stands beside it. */
bool mixed_list_can(struct matcher *matcher)
{
    struct class_lists lists;
    struct match_leaf *leaf = (struct match_leaf *)matcher;
    if (ranked_list_of(matcher))
        return true;
    return match_class_lists(matcher, &lists) && leaf->number != MATCH_UNSCORED;
}

void mixed_leaf_rewind(struct match_leaf *leaf)
{
    struct match_cursor *cursor = match_term_cursor(&leaf->matcher);
    struct match_cursor *titles = match_term_titles(&leaf->matcher);
    match_cursor_rewind(cursor);
    if (titles)
        match_cursor_rewind(titles);
    leaf->matcher.doc = BEFORE_FIRST_DOC;
}

void mixed_list_rewind(struct mixed_list *list)
{
    if (list->all)
        match_cursor_rewind(list->all);
    if (list->titles)
        match_cursor_rewind(list->titles);
    if (list->form)
        mixed_leaf_rewind(list->form);
    list->rest_at = 0;
}

bool mixed_list_rest_within(const struct mixed_list *list, uint32_t first, uint32_t last)
{
    uint32_t low = 0, high = list->rest.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (list->rest.docs[middle] < first)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->rest.count && list->rest.docs[low] <= last;
}

/* --- What it is made of ------------------------------------------------------------------------*/

static bool have(const struct ranking *ranking, const void *memory)
{
    return match_budget_check(ranking->budget, memory ? STATUS_OK : STATUS_NO_MEMORY,
                              CHUNK_POSTINGS);
}

static bool take_class(struct mixed_list *list, const struct class_lists *lists,
                       const struct ranking *ranking)
{
    list->words = match_class_words(list->leaf);
    list->all = lists->all;
    list->titles = lists->titles;
    list->rest = lists->rest;
    if (!list->words->exact || list->form_idf == 0)
        return true;
    list->form = match_term(ranking->source, list->words->exact, false, MATCH_UNSCORED);
    return have(ranking, list->form);
}

/* What is in one article has no list of titles: it is asked for here, once. */
static bool take_only(struct mixed_list *list, const struct ranking *ranking)
{
    uint32_t *only = arena_allocate(ranking->source->arena, 3, sizeof *only);
    if (!have(ranking, only))
        return false;
    only[0] = matcher_next(&list->leaf->matcher);
    if (!ranking_goes_on(ranking) || only[0] == NO_MORE_DOCS ||
        !match_leaf_frequency(list->leaf, &only[1], &only[2]))
        return ranking_goes_on(ranking);
    list->rest = (struct class_rest){only, only + 1, only[2] ? only + 2 : NULL, 1, only[2] > 0};
    return true;
}

static bool take_lists(struct mixed_list *list, const struct ranking *ranking)
{
    struct class_lists lists;
    if (match_class_lists(&list->leaf->matcher, &lists))
        return take_class(list, &lists, ranking);
    if (list->leaf->matcher.cost == 1)
        return take_only(list, ranking);
    list->all = ranked_list_of(&list->leaf->matcher);
    list->titles = match_term_titles(&list->leaf->matcher);
    return ranking_goes_on(ranking);
}

/* --- Bounds ------------------------------------------------------------------------------------*/

/* TITLE's share is n / (n + fixed + each × words), where a title has n words at least. */
static uint64_t title_most(const struct mixed_list *list, const struct mixture *mixture)
{
    double idf = mixture->leaves[list->leaf->number].title;
    if (idf == 0 || (!list->titles && list->rest.title_count == 0))
        return 0;
    return bm25_part(idf, 1 / (1 + mixture->title_each)) + 1;
}

static uint64_t all_most(const struct mixed_list *list)
{
    if (!list->all)
        return 0;
    const struct postings *postings = list->postings;
    uint16_t bound =
        postings->bounds ? bounds_most(postings->bounds, postings->block_count) : UINT16_MAX;
    return mixed_list_bound(list, bound / 65535.0);
}

static bool find_rest_most(struct mixed_list *list, const struct ranking *ranking)
{
    double impact = 0;
    for (uint32_t i = 0; i < list->rest.count; i++) {
        uint32_t title_tf = list->rest.title_tfs ? list->rest.title_tfs[i] : 0;
        uint8_t norm;
        if (!ranking_norm(ranking, list->rest.docs[i], &norm))
            return false;
        double own = impact_of(ranking->model, list->rest.tfs[i], title_tf, norm);
        impact = own > impact ? own : impact;
    }
    if (list->rest.count)
        list->rest_most = mixed_list_bound(list, impact);
    return true;
}

/* An article of both has no more impact than the sum of what both give alone: w / (w + s) of a sum
 * is no more than of each together. */
bool mixed_list_init(struct mixed_list *list, struct match_leaf *leaf,
                     const struct ranking *ranking, const struct mixture *mixture)
{
    *list = (struct mixed_list){.leaf = leaf,
                                .idf = ranking->idf[leaf->number],
                                .form_idf = mixture->leaves[leaf->number].form,
                                .df = leaf->matcher.cost};
    if (!take_lists(list, ranking))
        return false;
    list->bound_idf = list->idf + (list->words && !list->form ? 0 : list->form_idf);
    if (!find_rest_most(list, ranking))
        return false;
    list->postings = list->all ? &list->all->postings : NULL;
    list->title_most = title_most(list, mixture);
    list->all_most = all_most(list);
    list->most = mixed_list_both(list, list->all_most) + list->title_most;
    return true;
}

uint32_t mixed_list_least_bound(const struct mixed_list *list, uint64_t need)
{
    enum { MARGIN = 2 };
    uint64_t less = list->title_most + MIXED_SLACK + 1;
    if (need <= less || list->bound_idf <= 0)
        return need <= less ? 0 : UINT16_MAX + 1;
    double least = (double)(need - less) / (list->bound_idf * BM25_POINT) * UINT16_MAX;
    if (least > UINT16_MAX + MARGIN)
        return UINT16_MAX + 1;
    return least > MARGIN ? (uint32_t)least - MARGIN : 0;
}
