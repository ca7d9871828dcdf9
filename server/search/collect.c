#include "search/collect.h"

#include "match/term.h"
#include "rank/bm25.h"
#include "rank/scorer.h"
#include "search/collection.h"
#include "store/postings_read.h"
#include "text/date.h"

struct collector { /* of one file */
    const struct plan *plan;
    const struct collection_file *file;
    enum question_sort sort;
    struct match_source source;
    struct scorer scorer;
    struct matcher *root;
    uint32_t at; /* the file's place */
    struct collected *collected;
};

/* The greater the earlier in the list; articles without a date last, whichever the direction. */
static bool date_key(struct collector *collector, uint32_t doc, uint64_t *key)
{
    uint64_t packed;
    enum status status = columns_date(&collector->file->columns, doc, &packed);
    if (!match_budget_check(collector->source.budget, status, CHUNK_DATES))
        return false;
    *key = packed == DATE_PACKED_NONE ? 0 : collector->sort == SORT_NEWEST ? packed : ~packed;
    return true;
}

static bool find_key(struct collector *collector, uint32_t doc, uint64_t *key)
{
    if (collector->sort == SORT_SCORE)
        return scorer_score(&collector->scorer, collector->root, key);
    return date_key(collector, doc, key);
}

static bool offer(struct collector *collector, uint32_t doc)
{
    struct top_entry entry = {0, collector->at, doc};
    if (!find_key(collector, doc, &entry.key))
        return false;
    top_offer(&collector->collected->top, entry);
    return true;
}

static void collect_all(struct collector *collector)
{
    const struct match_budget *budget = collector->source.budget;
    bool keeps = collector->collected->top.most > 0;
    for (;;) {
        uint32_t doc = matcher_next(collector->root);
        if (doc == NO_MORE_DOCS || budget->status != STATUS_OK)
            return;
        if (collection_hides(collector->file, doc))
            continue;
        collector->collected->total++;
        if (keeps && !offer(collector, doc))
            return;
    }
}

/* Whether no article of the block can come in any more. */
static bool block_is_hopeless(const struct collector *collector, const struct postings *postings,
                              uint32_t block)
{
    double bound = postings_block_bound(postings, block) / 65535.0;
    return !top_takes(&collector->collected->top, bm25_part(collector->plan->idf[0], bound));
}

/* The articles from first to last, both of one block. */
static bool collect_block(struct collector *collector, uint32_t first, uint32_t last)
{
    uint32_t doc = matcher_seek(collector->root, first);
    while (doc <= last && doc < BEFORE_FIRST_DOC && collector->source.budget->status == STATUS_OK) {
        if (!offer(collector, doc))
            return false;
        if (doc == last)
            break;
        doc = matcher_next(collector->root);
    }
    return collector->source.budget->status == STATUS_OK;
}

/* One word and nothing else: how many is known, and a block whose bound is too low is passed
 * over. */
static void collect_word(struct collector *collector, struct postings *postings)
{
    uint32_t first = 0;
    for (uint32_t block = 0; block < postings->block_count; block++) {
        uint32_t last = postings_block_last(postings, block);
        bool hopeless = postings->bounds && block_is_hopeless(collector, postings, block);
        if (!hopeless && !collect_block(collector, first, last))
            return;
        first = last + 1;
    }
}

static void run(struct collector *collector)
{
    struct postings *postings = match_term_postings(collector->root);
    bool counted = postings && plan_single_word(collector->plan) && !collector->file->hidden;
    size_t most = collector->collected->top.most;
    if (!counted || (most && collector->sort != SORT_SCORE)) {
        collect_all(collector);
        return;
    }
    if (most)
        collect_word(collector, postings);
    collector->collected->total += postings->list->df;
}

static void collect_file(struct collector *collector, struct workspace *workspace)
{
    uint64_t expected;
    collector->root = plan_matcher(collector->plan, collector->at, &collector->source,
                                   &workspace->documents[collector->at]);
    if (!collector->root)
        return;
    expected = collector->root->cost;
    if (scorer_init(&collector->scorer, &collector->source, &collector->file->model,
                    collector->plan->idf, collector->plan->leaf_count, expected))
        run(collector);
    matcher_release(collector->root);
}

void collect(const struct plan *plan, enum question_sort sort, size_t most,
             struct workspace *workspace, struct match_budget *budget, struct arena *arena,
             struct collected *collected)
{
    const struct collection *collection = plan->collection;
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
            .plan = plan, .file = file, .sort = sort, .at = (uint32_t)i, .collected = collected,
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
    struct match_source source = {file->snapshot, &file->columns, budget, &arena};
    struct match_leaf *made = plan_leaf_matcher(plan, leaf, at, &source, &absent);
    if (made) {
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
