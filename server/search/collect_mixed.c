#include <stdlib.h>

#include "match/and.h"
#include "match/class.h"
#include "match/not.h"
#include "match/or.h"
#include "rank/list.h"
#include "rank/mixed.h"
#include "rank/mixed_list.h"
#include "rank/ways.h"
#include "search/collect.h"
#include "search/collector.h"
#include "search/plan_build.h"
#include "search/workspace.h"
#include "store/list_top.h"

/* Where it has bonuses, or leaves that are no single lists. */
struct mixed_way {
    struct collector *collector;
    struct matcher *excluded; /* NULL: none */
    struct mixed_shape { /* NOT (AND (leaves, filters), excluded), of which there may be less */
        struct matcher *root; /* behind the NOT */
        bool any;             /* OR instead of AND */
        struct rank_filters filters;
    } shape;
    struct matcher **leaves;
    size_t leaf_count;
    uint32_t *apart; /* articles that are scored by themselves, ascending */
    size_t apart_count;
};

static bool have(const struct collector *collector, const void *memory)
{
    return match_budget_check(collector->source.budget, memory ? STATUS_OK : STATUS_NO_MEMORY,
                              CHUNK_POSTINGS);
}

/* --- The shape ---------------------------------------------------------------------------------*/

static const struct match_children *children_of(struct mixed_way *way, struct match_children *alone)
{
    const struct match_children *children = match_and_children(way->shape.root);
    if (!children)
        way->shape.any = (children = match_or_children(way->shape.root)) != NULL;
    *alone = (struct match_children){&way->shape.root, 1};
    return children ? children : alone;
}

static void add_filter(struct mixed_way *way, struct matcher *matcher, bool excludes)
{
    way->shape.filters.items[way->shape.filters.count++] = (struct rank_filter){matcher, excludes};
}

/* False where memory ends. */
static bool find_leaves(struct mixed_way *way, struct match_children *alone)
{
    struct arena *arena = way->collector->source.arena;
    way->excluded = match_not_excluded(way->collector->root);
    way->shape.root =
        way->excluded ? match_not_included(way->collector->root) : way->collector->root;
    const struct match_children *children = children_of(way, alone);
    way->leaves = arena_allocate(arena, children->count, sizeof(struct matcher *));
    way->shape.filters.items =
        arena_allocate(arena, children->count + 1, sizeof *way->shape.filters.items);
    if (!have(way->collector, way->leaves) || !have(way->collector, way->shape.filters.items))
        return false;
    if (way->excluded)
        add_filter(way, way->excluded, true);
    for (size_t i = 0; i < children->count; i++) {
        struct matcher *child = children->items[i];
        if (mixed_list_can(child))
            way->leaves[way->leaf_count++] = child;
        else if (child->cost)
            add_filter(way, child, false);
    }
    return true;
}

/* Whether the leaves found are all that score and what else there is only filters. */
static bool fits(const struct mixed_way *way)
{
    if (way->leaf_count == 0)
        return false;
    if (way->shape.any)
        return way->shape.filters.count == 0;
    return way->leaf_count == way->collector->plan->leaf_count &&
           (way->shape.filters.count == 0 || mixed_can_filter(way->leaves, way->leaf_count));
}

/* --- Articles apart ----------------------------------------------------------------------------*/

static int ascending(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

/* The leaf of most weight, whose best articles are a good beginning where any will do. */
static struct match_cursor *find_strongest(const struct mixed_way *way, double *idf)
{
    struct match_cursor *strongest = NULL;
    *idf = 0;
    for (size_t i = 0; i < way->leaf_count; i++) {
        struct class_lists lists;
        struct match_cursor *cursor = ranked_list_of(way->leaves[i]);
        double own = way->collector->plan->idf[((struct match_leaf *)way->leaves[i])->number];
        if (!cursor && match_class_lists(way->leaves[i], &lists))
            cursor = lists.all;
        if (cursor && own > *idf) {
            strongest = cursor;
            *idf = own;
        }
    }
    return strongest;
}

static bool add_best(struct mixed_way *way)
{
    struct list_top top;
    double idf;
    bool alone = way->leaf_count == 1 && way->shape.filters.count == 0;
    if (!way->shape.any && !alone)
        return true;
    struct match_cursor *cursor = find_strongest(way, &idf);
    if (!cursor || way->collector->ranking.top->most > LIST_TOP)
        return true;
    bool found = postings_top(&cursor->postings, &top);
    if (!match_budget_check(way->collector->source.budget, cursor->postings.status,
                            cursor->postings.chunk))
        return false;
    for (uint32_t i = 0; found && i < LIST_TOP; i++)
        way->apart[way->apart_count++] = top.articles[i].doc;
    return true;
}

/* Titled articles and the best of the strongest list, each once. */
static bool find_apart(struct mixed_way *way)
{
    const struct mixture *mixture = way->collector->mixture;
    size_t count = 0;
    way->apart = arena_allocate(way->collector->source.arena, mixture->titled_count + LIST_TOP,
                                sizeof *way->apart);
    if (!have(way->collector, way->apart))
        return false;
    for (size_t i = 0; i < mixture->titled_count; i++)
        way->apart[way->apart_count++] = mixture->titled[i].doc;
    if (way->leaf_count && !add_best(way))
        return false;
    if (way->apart_count)
        qsort(way->apart, way->apart_count, sizeof *way->apart, ascending);
    for (size_t i = 0; i < way->apart_count; i++)
        if (count == 0 || way->apart[count - 1] != way->apart[i])
            way->apart[count++] = way->apart[i];
    way->apart_count = count;
    return true;
}

static bool offer_apart(const struct mixed_way *way, struct scorer *scorer, struct matcher *root)
{
    struct ranking *ranking = &way->collector->ranking;
    for (size_t i = 0; i < way->apart_count; i++) {
        uint32_t doc = way->apart[i];
        uint64_t score;
        if (ranking_hides(ranking, doc) || matcher_seek(root, doc) != doc)
            continue;
        if (!ranking_goes_on(ranking) || !scorer_score(scorer, root, &score))
            return false;
        ranking_offer(ranking, doc, score);
    }
    return ranking_goes_on(ranking);
}

/* By matchers of their own, article by article. */
static bool score_apart(struct mixed_way *way)
{
    struct collector *collector = way->collector;
    struct match_source source = collector->source;
    struct scorer scorer = {0};
    if (way->apart_count == 0)
        return true;
    source.only = way->apart;
    source.only_count = way->apart_count;
    struct matcher *root = plan_matcher(collector->plan, collector->at, &source,
                                        &collector->workspace->documents[collector->at]);
    bool good = root &&
                scorer_init(&scorer, &source, collector->model, collector->plan->idf,
                            collector->plan->leaf_count, way->apart_count) &&
                scorer_mix(&scorer, collector->mixture) && offer_apart(way, &scorer, root);
    scorer_release(&scorer);
    matcher_release(root);
    return good;
}

/* --- Ways --------------------------------------------------------------------------------------*/

static void run_lists(struct mixed_way *way)
{
    struct ranking *ranking = &way->collector->ranking;
    struct mixed_question question = {.ranking = ranking,
                                      .mixture = way->collector->mixture,
                                      .leaves = way->leaves,
                                      .leaf_count = way->leaf_count,
                                      .any = way->shape.any,
                                      .filters = &way->shape.filters};
    if (way->leaf_count == 1 && way->shape.filters.count == 0)
        question.any = true; /* whose number is known */
    rank_mixed(&question);
    if (question.any && ranking->counted && ranking->pruned && ranking_goes_on(ranking))
        mixed_union(&question);
}

/* Articles scored apart may have been passed over without being counted. */
static void run_leaf(struct collector *collector)
{
    struct ranking *ranking = &collector->ranking;
    uint64_t kept = 0;
    rank_leaf(ranking, (struct match_leaf *)collector->root);
    for (size_t i = 0; i < ranking->top->count; i++)
        kept += ranking->top->entries[i].file == ranking->file;
    if (ranking->found < kept)
        ranking->found = kept;
}

/* A phrase has no bonus but that of whole titles. */
static bool is_phrase(const struct collector *collector)
{
    const struct plan_leaf *leaf = collector->plan->leaves;
    const struct mixture_leaf *parts = collector->mixture->leaves;
    return plan_is_leaf(collector->plan->root->query) && leaf && parts[0].form == 0 &&
           parts[0].title == 0;
}

bool collect_mixed(struct collector *collector)
{
    struct mixed_way way = {.collector = collector};
    struct match_children alone;
    if (!find_leaves(&way, &alone))
        return true;
    bool listed = fits(&way);
    if (!listed && !is_phrase(collector))
        return false;
    if (!listed)
        way.leaf_count = 0;
    if (!find_apart(&way) || !score_apart(&way))
        return true;
    collector->ranking.apart = way.apart;
    collector->ranking.apart_count = way.apart_count;
    if (listed)
        run_lists(&way);
    else
        run_leaf(collector);
    return true;
}
