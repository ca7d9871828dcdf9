#include "search/collect.h"

#include "match/and.h"
#include "match/class.h"
#include "match/not.h"
#include "match/or.h"
#include "match/term.h"
#include "rank/list.h"
#include "rank/ways.h"
#include "search/collection.h"
#include "search/collector.h"
#include "search/found_docs.h"
#include "search/mixing.h"
#include "search/plan_build.h"
#include "search/workspace.h"
#include "text/date.h"

/* --- Article by article ------------------------------------------------------------------------*/

bool collect_date_key(const struct columns *columns, struct match_budget *budget,
                      enum question_sort sort, uint32_t doc, uint64_t *key)
{
    uint64_t packed;
    if (!match_budget_check(budget, columns_date(columns, doc, &packed), CHUNK_DATES))
        return false;
    *key = packed == DATE_PACKED_NONE ? 0 : sort == SORT_NEWEST ? packed : ~packed;
    return true;
}

static bool find_key(struct collector *collector, uint32_t doc, uint64_t *key)
{
    if (collector->options->sort == SORT_SCORE)
        return scorer_score(&collector->scorer, collector->root, key);
    return collect_date_key(&collector->file->columns, collector->source.budget,
                            collector->options->sort, doc, key);
}

static bool offer(struct collector *collector, uint32_t doc)
{
    struct top *top = &collector->collected->top;
    struct top_entry entry = {0, collector->at, doc, 0, 0};
    if (!find_key(collector, doc, &entry.key))
        return false;
    if (entry.key < top_least(top, collector->at, 0))
        return true;
    enum status status = columns_place(&collector->file->columns, doc, &entry.place);
    if (!match_budget_check(collector->source.budget, status, CHUNK_ORDER))
        return false;
    top_offer(top, entry);
    return true;
}

static void offer_all(struct collector *collector)
{
    const struct match_budget *budget = collector->source.budget;
    if (!scorer_init(&collector->scorer, &collector->source, collector->model, collector->plan->idf,
                     collector->plan->leaf_count, collector->root->cost) ||
        !scorer_mix(&collector->scorer, collector->mixture))
        return;
    bool keeps = collector->collected->top.most > 0;
    for (;;) {
        uint32_t doc = matcher_next(collector->root);
        if (doc == NO_MORE_DOCS || budget->status != STATUS_OK)
            return;
        if (collection_hides(collector->file, doc))
            continue;
        collector->collected->total++;
        if (collector->options->found)
            found_docs_add(collector->options->found, collector->at, doc);
        if (keeps && !offer(collector, doc))
            return;
    }
}

static void collect_all(struct collector *collector)
{
    offer_all(collector);
    scorer_release(&collector->scorer);
}

/* --- By the query's shape ----------------------------------------------------------------------*/

/* The scores of lists: all norms at once, unless few articles would be looked at in very many. */
static bool init_ranking(struct collector *collector)
{
    enum { FEW_ARTICLES = 1024, MANY_ARTICLES = 1 << 22 };
    const struct collection_file *file = collector->file;
    struct top *top = &collector->collected->top;
    enum status status = STATUS_OK;
    collector->ranking =
        (struct ranking){.source = &collector->source,
                         .budget = collector->source.budget,
                         .model = &file->model,
                         .idf = collector->plan->idf,
                         .places = file->columns.has_order ? &file->columns : NULL,
                         .hidden = file->hidden,
                         .top = top,
                         .file = collector->at,
                         .counted = !collector->options->uncounted || top->most == 0};
    if (collector->root->cost > FEW_ARTICLES || file->settings->article_count < MANY_ARTICLES)
        status = columns_norms(&file->columns, &collector->ranking.norms);
    return match_budget_check(collector->source.budget, status, CHUNK_NORMS);
}

static void take_found(struct collector *collector)
{
    collector->collected->total += collector->ranking.found;
    collector->collected->pruned = collector->collected->pruned || collector->ranking.pruned;
}

/* Who counts so does not come by every article. */
static void tell_none(const struct collector *collector)
{
    if (collector->options->found)
        collector->options->found->whole = false;
}

static void run_single(struct collector *collector, struct ranked_lists *lists)
{
    struct ranking *ranking = &collector->ranking;
    tell_none(collector);
    if (ranking->top->most)
        rank_single(ranking, &lists->items[0]);
    else if (ranking->hidden)
        rank_union(ranking, lists);
    else
        ranking->found = lists->items[0].postings->list->df;
}

static void run_disjunction(struct collector *collector, struct ranked_lists *lists)
{
    struct ranking *ranking = &collector->ranking;
    bool known = ranking->top->most > 0;
    tell_none(collector);
    if (known)
        rank_disjunction(ranking, lists);
    known = known && !ranking->pruned;
    if (ranking->counted && !known && ranking_goes_on(ranking))
        rank_union(ranking, lists);
}

/* A root of the shape NOT (AND (leaves, filters), excluded), of which there may be less. */
struct shape {
    struct matcher *root; /* behind the NOT */
    const struct match_children *children;
    bool any; /* OR instead of AND */
    struct ranked_lists lists;
    struct rank_filters filters;
};

static void add_filter(struct shape *shape, struct matcher *matcher, bool excludes)
{
    shape->filters.items[shape->filters.count++] = (struct rank_filter){matcher, excludes};
}

static bool find_shape(const struct collector *collector, struct shape *shape,
                       struct match_children *alone)
{
    struct arena *arena = collector->source.arena;
    struct matcher *excluded = match_not_excluded(collector->root);
    shape->root = excluded ? match_not_included(collector->root) : collector->root;
    shape->children = match_and_children(shape->root);
    if (!shape->children)
        shape->any = (shape->children = match_or_children(shape->root)) != NULL;
    *alone = (struct match_children){&shape->root, 1};
    if (!shape->children)
        shape->children = alone;
    shape->filters.items =
        arena_allocate(arena, shape->children->count + 2, sizeof *shape->filters.items);
    if (!match_budget_check(collector->source.budget, arena->status, CHUNK_POSTINGS))
        return false;
    if (excluded)
        add_filter(shape, excluded, true);
    for (size_t i = 0; i < shape->children->count; i++)
        if (shape->children->items[i]->cost && !ranked_list_of(shape->children->items[i]))
            add_filter(shape, shape->children->items[i], false);
    return ranked_lists_init(&shape->lists, &collector->ranking, shape->children->items,
                             shape->children->count);
}

/* Whether the lists are of all leaves that score, so that whatever else there is only filters, and
 * no filter would lead far better than the rarest list does. */
static bool is_led_by_lists(const struct collector *collector, const struct shape *shape)
{
    enum { CHEAPER = 8 };
    return shape->lists.count && shape->lists.leaves == collector->plan->leaf_count &&
           shape->root->cost >= ranked_lists_least_df(&shape->lists) / CHEAPER;
}

/* What passes all other filters is what is found. */
static void run_conjunction(struct collector *collector, struct shape *shape)
{
    struct found_docs *found = collector->options->found;
    struct matcher *recorder =
        found ? found_docs_recorder(found, collector->at, collector->source.arena) : NULL;
    if (recorder)
        add_filter(shape, recorder, false);
    else
        tell_none(collector);
    rank_conjunction(&collector->ranking, &shape->lists, &shape->filters);
}

/* False where the shape is another. */
static bool run_shape(struct collector *collector, struct shape *shape)
{
    struct ranked_lists *lists = &shape->lists;
    bool filtered = shape->filters.count > 0;
    if (shape->any ? filtered : !is_led_by_lists(collector, shape))
        return false;
    if (lists->count == 1 && !filtered)
        run_single(collector, lists);
    else if (shape->any)
        run_disjunction(collector, lists);
    else
        run_conjunction(collector, shape);
    return true;
}

/* A list alone whose best articles it has itself. */
static bool run_stored(struct collector *collector)
{
    struct match_cursor *cursor = ranked_list_of(collector->root);
    if (!cursor || collector->ranking.top->most == 0)
        return false;
    struct match_leaf *leaf = (struct match_leaf *)collector->root;
    const struct ranked_list list = {leaf, cursor, &cursor->postings,
                                     collector->plan->idf[leaf->number], .times = 1};
    return rank_stored(&collector->ranking, &list);
}

static void run_mixed(struct collector *collector)
{
    if (collect_mixed(collector))
        take_found(collector);
    else
        collect_all(collector);
}

/* Whether a class has its articles in more than one list. */
static bool has_classes(const struct collector *collector)
{
    const struct plan *plan = collector->plan;
    for (size_t i = 0; i < plan->vocabulary.count; i++) {
        struct class_words **classes = plan->vocabulary.words[i].classes;
        if (classes && classes[collector->at] && !classes[collector->at]->class.has_list)
            return true;
    }
    return false;
}

/* Plain BM25 of classes that are no single lists: a mixture without any bonus. */
static bool mix_nothing(struct collector *collector)
{
    struct arena *arena = collector->source.arena;
    struct mixture *mixture = arena_allocate(arena, 1, sizeof *mixture);
    struct mixture_leaf *leaves =
        arena_allocate(arena, collector->plan->leaf_count + 1, sizeof *leaves);
    enum status status = mixture && leaves ? STATUS_OK : STATUS_NO_MEMORY;
    if (!match_budget_check(collector->source.budget, status, CHUNK_NORMS))
        return false;
    mixture->leaves = leaves;
    collector->mixture = mixture;
    return true;
}

static void run_best(struct collector *collector)
{
    struct shape shape = {0};
    struct match_children alone;
    if (!init_ranking(collector))
        return;
    if (collector->options->most &&
        (collector->mixture || (has_classes(collector) && mix_nothing(collector)))) {
        run_mixed(collector);
        return;
    }
    if (run_stored(collector)) {
        take_found(collector);
        return;
    }
    if (!ranking_goes_on(&collector->ranking) || !find_shape(collector, &shape, &alone))
        return;
    if (run_shape(collector, &shape))
        take_found(collector);
    else if (plan_is_leaf(collector->plan->root->query)) {
        tell_none(collector);
        rank_leaf(&collector->ranking, (struct match_leaf *)collector->root);
        take_found(collector);
    } else {
        collect_all(collector);
    }
}

/* Bounds are of plain BM25 by the file's own settings. */
static bool is_pruned(const struct collector *collector)
{
    if (collector->options->most == 0)
        return true;
    return collector->options->sort == SORT_SCORE && collector->model == &collector->file->model;
}

static bool find_mixture(struct collector *collector)
{
    struct match_budget *budget = collector->source.budget;
    struct mixing *mixing = collector->options->sort == SORT_SCORE && collector->options->most
                                ? collector->plan->mixing
                                : NULL;
    collector->model = mixing_model(mixing, collector->plan, collector->at, budget);
    return collector->model && mixing_of_file(mixing, collector->at, budget, &collector->mixture);
}

static void collect_file(struct collector *collector, struct workspace *workspace)
{
    collector->root = plan_matcher(collector->plan, collector->at, &collector->source,
                                   &workspace->documents[collector->at]);
    if (!collector->root)
        return;
    if (collector->root->cost == 0 || !find_mixture(collector))
        ; /* nothing matches, or the budget ended */
    else if (is_pruned(collector))
        run_best(collector);
    else
        collect_all(collector);
    matcher_release(collector->root);
}

void collect(const struct plan *plan, const struct collect_options *options,
             struct workspace *workspace, struct match_budget *budget, struct arena *arena,
             struct collected *collected)
{
    const struct collection *collection = plan->collection;
    size_t most = options->most;
    *collected = (struct collected){0};
    if (most > collection->article_count)
        most = (size_t)collection->article_count;
    if (!match_budget_check(budget, top_init(&collected->top, arena, most), CHUNK_LEXICON))
        return;
    for (size_t i = 0; i < collection->file_count && budget->status == STATUS_OK; i++) {
        const struct collection_file *file = &collection->files[i];
        match_budget_enter(budget, i);
        arena_clear(&workspace->matchers);
        struct collector collector = {
            .plan = plan,
            .file = file,
            .options = options,
            .workspace = workspace,
            .at = (uint32_t)i,
            .collected = collected,
            .source = {file->snapshot, &file->columns, budget, &workspace->matchers}};
        collect_file(&collector, workspace);
    }
    top_sort(&collected->top);
}

static uint64_t count_leaf_in_file(const struct plan *plan, size_t leaf, size_t at,
                                   struct match_budget *budget)
{
    const struct collection_file *file = &plan->collection->files[at];
    struct arena arena;
    uint64_t count = 0;
    bool absent;
    match_budget_enter(budget, at);
    arena_init(&arena, SEARCH_ARENA_BYTES);
    struct match_source source = {
        .snapshot = file->snapshot, .columns = &file->columns, .budget = budget, .arena = &arena};
    struct match_leaf *made = plan_leaf_matcher(plan, leaf, at, &source, &absent);
    if (made && match_term_cursor(&made->matcher)) {
        count = made->matcher.cost;
        matcher_release(&made->matcher);
    } else if (made) {
        while (matcher_next(&made->matcher) != NO_MORE_DOCS && budget->status == STATUS_OK)
            count++;
        matcher_release(&made->matcher);
    }
    arena_release(&arena);
    return count;
}

uint64_t collect_leaf_count(const struct plan *plan, size_t leaf, struct match_budget *budget)
{
    uint64_t count = 0;
    size_t file = budget->file; /* that the caller goes on reading */
    for (size_t i = 0; i < plan->collection->file_count; i++)
        count += count_leaf_in_file(plan, leaf, i, budget);
    match_budget_enter(budget, file);
    return count;
}
