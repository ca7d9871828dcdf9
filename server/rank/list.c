#include "rank/list.h"

#include "match/source.h"
#include "match/term.h"
#include "rank/bounds.h"

uint64_t ranked_list_bound(const struct ranked_list *list, uint32_t bound)
{
    return ranked_list_part(list, bound / 65535.0);
}

struct match_cursor *ranked_list_of(struct matcher *matcher)
{
    struct match_cursor *cursor = match_term_cursor(matcher);
    bool scores = cursor && ((struct match_leaf *)matcher)->number != MATCH_UNSCORED;
    return scores ? cursor : NULL;
}

static void init_list(struct ranked_list *list, const struct ranking *ranking,
                      struct match_leaf *leaf, struct match_cursor *cursor)
{
    *list = (struct ranked_list){leaf, cursor, &cursor->postings, ranking->idf[leaf->number],
                                 .times = 1};
    if (ranking->model->title_extra != 0) {
        list->weighs_alone = list->postings->list->df == 1;
        list->titles = match_term_titles(&leaf->matcher);
    }
}

/* A word that comes twice has one matcher each time, over lists that lie in the same place. With
 * another boost it is another list. */
static struct ranked_list *find_same(const struct ranked_lists *lists,
                                     const struct postings *postings, double idf)
{
    for (size_t i = 0; i < lists->count; i++)
        if (lists->items[i].postings->list == postings->list && lists->items[i].idf == idf)
            return &lists->items[i];
    return NULL;
}

static void bound_list(struct ranked_list *list)
{
    const struct postings *postings = list->postings;
    uint16_t most = UINT16_MAX;
    if (postings->bounds)
        most = bounds_most(postings->bounds, postings->block_count);
    list->most = ranked_list_bound(list, most);
    list->per_part = UINT16_MAX / (list->times * list->idf * BM25_POINT);
}

bool ranked_lists_init(struct ranked_lists *lists, const struct ranking *ranking,
                       struct matcher *const *children, size_t count)
{
    *lists = (struct ranked_lists){
        .items = arena_allocate(ranking->source->arena, count + 1, sizeof *lists->items)};
    enum status status = lists->items ? STATUS_OK : STATUS_NO_MEMORY;
    if (!match_budget_check(ranking->budget, status, CHUNK_POSTINGS))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct match_leaf *leaf = (struct match_leaf *)children[i];
        struct match_cursor *cursor = ranked_list_of(children[i]);
        if (!cursor)
            continue;
        lists->leaves++;
        struct ranked_list *same = find_same(lists, &cursor->postings, ranking->idf[leaf->number]);
        if (same)
            same->times++;
        else
            init_list(&lists->items[lists->count++], ranking, leaf, cursor);
    }
    for (size_t i = 0; i < lists->count; i++)
        bound_list(&lists->items[i]);
    return ranking_goes_on(ranking);
}

uint64_t *ranked_lists_sums(const struct ranked_lists *lists, const struct ranking *ranking)
{
    uint64_t *sums = arena_allocate(ranking->source->arena, lists->count + 1, sizeof *sums);
    match_budget_check(ranking->budget, sums ? STATUS_OK : STATUS_NO_MEMORY, CHUNK_POSTINGS);
    for (size_t i = lists->count; sums && i > 0; i--)
        sums[i - 1] = sums[i] + lists->items[i - 1].most;
    return sums;
}

uint32_t ranked_lists_least_df(const struct ranked_lists *lists)
{
    uint32_t least = UINT32_MAX;
    for (size_t i = 0; i < lists->count; i++)
        if (lists->items[i].postings->list->df < least)
            least = lists->items[i].postings->list->df;
    return least;
}

void ranked_lists_rewind(struct ranked_lists *lists)
{
    for (size_t i = 0; i < lists->count; i++) {
        match_cursor_rewind(lists->items[i].cursor);
        if (lists->items[i].titles)
            match_cursor_rewind(lists->items[i].titles);
    }
}

/* The first from low to high that will do. */
static uint32_t search(const struct ranked_list *list, uint64_t need, uint32_t low, uint32_t high)
{
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (ranked_list_bound(list, middle) < need)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Nearly always where a division says. */
uint32_t ranked_list_least_bound(const struct ranked_list *list, uint64_t need)
{
    enum { NEAR = 2, NONE = UINT16_MAX + 1 };
    if (need == 0 || list->most < need)
        return need ? NONE : 0;
    double guess = (double)need * list->per_part;
    uint32_t at = guess < NONE ? (uint32_t)guess : NONE;
    uint32_t low = at > NEAR ? at - NEAR : 0, high = at < NONE - NEAR ? at + NEAR : NONE;
    if ((low == 0 || ranked_list_bound(list, low - 1) < need) &&
        ranked_list_bound(list, high) >= need)
        return search(list, need, low, high);
    return search(list, need, 0, NONE);
}

uint64_t ranked_list_seed(const struct ranked_list *list, size_t articles)
{
    static const uint32_t stored[] = {10, 100, 1000};
    for (size_t i = 0; i < sizeof stored / sizeof *stored; i++)
        if (articles <= stored[i])
            return ranked_list_bound(list, postings_best(list->postings, stored[i]));
    return 0;
}

bool ranked_list_weigh_alone(const struct ranked_list *list, uint32_t *tf, uint32_t *title_tf)
{
    match_cursor_stand(list->cursor, 0);
    list->leaf->matcher.doc = list->cursor->doc;
    return match_leaf_frequency(list->leaf, tf, title_tf);
}

/* How often the article at hand has it in its title. */
static bool find_title_tf(struct ranked_list *list, uint32_t *tf, uint32_t *title_tf)
{
    uint32_t doc = list->postings->docs[list->at];
    if (list->weighs_alone)
        return ranked_list_weigh_alone(list, tf, title_tf);
    return match_cursor_tf_of(list->titles, doc, title_tf);
}

bool ranked_list_score(struct ranked_list *list, const struct ranking *ranking, uint8_t norm,
                       uint64_t *part)
{
    uint32_t title_tf = 0;
    if (!list->postings->has_tfs && !match_cursor_read_tfs(list->cursor))
        return false;
    uint32_t tf = list->postings->tfs[list->at];
    if ((list->titles || list->weighs_alone) && !find_title_tf(list, &tf, &title_tf))
        return false;
    *part = ranked_list_part(list, impact_of(ranking->model, tf, title_tf, norm));
    return true;
}
