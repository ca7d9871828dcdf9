#include "search/hits.h"

#include <stdlib.h>

#include "rank/bm25.h"
#include "rank/scorer.h"
#include "search/answer.h"
#include "search/collect.h"
#include "search/collection.h"
#include "search/explain.h"
#include "search/fields_show.h"
#include "search/marker.h"
#include "search/mixing.h"
#include "search/occurrences.h"
#include "search/snippet.h"
#include "search/workspace.h"

enum { OCCURRENCES_OF_BLOCK = 1024 }; /* that cost as much as a block to look through */

struct page { /* of hits, while it is made */
    const struct hits_request *request;
    struct answer *answer;
    struct occurrences occurrences;
    struct snippet_maker maker;
    struct bytes ranges;
    uint32_t *counts;  /* by term, zero: for windows */
    uint32_t *weights; /* by term: what it tells */
};

struct page_file { /* the part of it that one file gives */
    struct page *page;
    const struct collection_file *file;
    struct documents *documents;
    struct match_source source;
    struct scorer scorer;
    struct matcher *root;
};

/* --- Marks and snippets ------------------------------------------------------------------------*/

static bool check(const struct page_file *of, enum status status, enum chunk_id chunk)
{
    return match_budget_check(of->source.budget, status, chunk);
}

static bool mark_title(struct page_file *of, struct hit *hit, size_t title_count)
{
    struct page *page = of->page;
    struct range **out = &hit->title_highlights;
    if (title_count == 0 || hit->title_derived)
        return true;
    enum status status = marker_text(
        hit->title, 0, occurrences_items(&page->occurrences), title_count, OCCURRENCES_MOST,
        page->request->workspace->analyzer, of->source.budget, &page->ranges);
    size_t count = page->ranges.size / sizeof(struct range);
    if (!check(of, status, CHUNK_FIELDS) || count == 0)
        return status == STATUS_OK;
    *out =
        arena_regrow(&page->answer->arena, page->ranges.data, count, count, sizeof(struct range));
    hit->title_highlight_count = *out ? count : 0;
    return check(of, *out ? STATUS_OK : STATUS_NO_MEMORY, CHUNK_FIELDS);
}

/* A body that is not there has no snippets; that is no trouble. */
static bool take_snippet(struct page_file *of, struct hit *hit, enum status status)
{
    if (status == STATUS_NOT_FOUND)
        return true;
    hit->snippet_count += status == STATUS_OK;
    return check(of, status, CHUNK_TEXT);
}

static bool make_snippets(struct page_file *of, struct hit *hit, uint32_t doc, uint32_t title_words,
                          size_t title_count)
{
    struct page *page = of->page;
    struct window_shown shown[QUESTION_SNIPPETS_MOST];
    struct snippet_place place = {of->documents, doc, &page->occurrences, shown, 0};
    struct window_request request = {.items = occurrences_items(&page->occurrences) + title_count,
                                     .count = occurrences_count(&page->occurrences) - title_count,
                                     .weights = page->weights,
                                     .seen = page->counts,
                                     .shown = shown,
                                     .budget = of->source.budget};
    size_t most = page->request->question->snippets;
    struct window window;
    hit->snippets = arena_allocate(&page->answer->arena, most, sizeof *hit->snippets);
    if (!hit->snippets)
        return check(of, STATUS_NO_MEMORY, CHUNK_TEXT);
    if (request.count == 0)
        return take_snippet(of, hit,
                            snippet_of_start(&page->maker, of->documents, doc,
                                             settings_body_start(title_words), hit->snippets));
    for (; place.shown_count < most && window_best(&request, &window);
         request.shown_count = place.shown_count) {
        window.first += title_count;
        if (!take_snippet(
                of, hit,
                snippet_make(&page->maker, &place, &window, &hit->snippets[hit->snippet_count])))
            return false;
        if (hit->snippet_count < place.shown_count || place.shown_count == request.shown_count)
            break;
    }
    return of->source.budget->status == STATUS_OK;
}

static bool show_text(struct page_file *of, struct hit *hit, uint32_t doc)
{
    struct page *page = of->page;
    uint32_t title_words;
    if (!check(of, columns_title_words(&of->file->columns, doc, &title_words), CHUNK_TITLE_WORDS) ||
        !match_budget_spend(of->source.budget,
                            occurrences_count(&page->occurrences) / OCCURRENCES_OF_BLOCK) ||
        !occurrences_sort(&page->occurrences, of->source.budget))
        return false;
    size_t title_count = occurrences_before(&page->occurrences, title_words);
    if (!mark_title(of, hit, title_count))
        return false;
    if (page->request->question->snippets == 0 || !of->file->settings->has_text)
        return true;
    return make_snippets(of, hit, doc, title_words, title_count);
}

/* --- One hit -----------------------------------------------------------------------------------*/

/* Adds up a leaf's occurrences, each term's once, and notes where they are as far as that is
 * shown. */
static bool count_leaf(struct page_file *of, struct hit *hit, struct match_leaf *leaf)
{
    struct page *page = of->page;
    const struct plan *plan = page->request->plan;
    uint32_t tf, title_tf;
    if (!occurrences_is_new(&page->occurrences, plan, leaf))
        return true;
    if (!match_leaf_frequency(leaf, &tf, &title_tf))
        return false;
    hit->phrase_count += tf;
    if (page->request->question->snippets == 0 && title_tf == 0)
        return true;
    return occurrences_add(&page->occurrences, plan, leaf, of->source.budget);
}

static bool fill_hit(struct page_file *of, struct hit *hit, uint32_t doc)
{
    struct page *page = of->page;
    struct match_leaves *leaves = &of->scorer.leaves;
    uint64_t score;
    if (matcher_seek(of->root, doc) != doc || !scorer_score(&of->scorer, of->root, &score))
        return false;
    hit->score = bm25_points(score);
    if (page->request->question->bare)
        return true;
    occurrences_clear(&page->occurrences);
    for (size_t i = 0; i < leaves->count; i++)
        if (!count_leaf(of, hit, leaves->items[i]))
            return false;
    if (page->request->question->explain &&
        !explain_hit(page->request->plan, &of->scorer, &page->answer->arena, hit))
        return false;
    return show_text(of, hit, doc);
}

/* --- One file ----------------------------------------------------------------------------------*/

struct place { /* of a hit in its file and on the page */
    uint32_t doc;
    uint32_t rank;
    uint32_t told; /* as top_entry has it */
};

static int by_doc(const void *a, const void *b)
{
    const struct place *left = a, *right = b;
    return (left->doc > right->doc) - (left->doc < right->doc);
}

/* The hits of one file in the order in which matchers can seek them. */
static size_t find_places(const struct hits_request *request, uint32_t file, struct place *places)
{
    size_t count = 0;
    for (size_t i = 0; i < request->count; i++)
        if (request->entries[i].file == file)
            places[count++] =
                (struct place){request->entries[i].doc, (uint32_t)i, request->entries[i].told};
    qsort(places, count, sizeof *places, by_doc);
    return count;
}

/* NULL where memory ends: it is a help, and what needs it says so. */
static const uint32_t *docs_of(const struct place *places, size_t count, struct arena *arena)
{
    uint32_t *docs = arena_allocate(arena, count, sizeof *docs);
    for (size_t i = 0; docs && i < count; i++)
        docs[i] = places[i].doc;
    return docs;
}

/* The search has told all that is shown beside the fields. */
static bool is_told(const struct question *question, const struct place *place)
{
    return place->told && question->sort == SORT_SCORE && question->snippets == 0 &&
           !question->explain;
}

static bool are_told(const struct question *question, const struct place *places, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!is_told(question, &places[i]))
            return false;
    return true;
}

/* Fields come whatever the budget says, but very large ones; what costs more comes while it
 * lasts. */
static enum status fill_places(struct page_file *of, const struct place *places, size_t count)
{
    const struct page *page = of->page;
    bool able = of->root != NULL;
    for (size_t i = 0; i < count; i++) {
        struct hit *hit = &page->answer->hits[places[i].rank];
        enum status status = STATUS_OK;
        if (!page->request->question->bare)
            status = fields_show(of->documents, places[i].doc, &page->answer->arena, hit);
        if (status == STATUS_DEADLINE)
            continue;
        if (status != STATUS_OK) {
            of->source.budget->status = STATUS_OK;
            check(of, status, CHUNK_FIELDS);
            return status;
        }
        if (is_told(page->request->question, &places[i]))
            hit->phrase_count = places[i].told;
        else
            able = able && fill_hit(of, hit, places[i].doc);
    }
    return of->source.budget->status == STATUS_DEADLINE ? STATUS_OK : of->source.budget->status;
}

/* False with the budget's status bad. */
static bool init_scorer(struct page_file *of, uint32_t at, size_t count)
{
    const struct hits_request *request = of->page->request;
    struct plan *plan = request->plan;
    const struct mixture *mixture;
    const struct impact_model *model = mixing_model(plan->mixing, plan, at, request->budget);
    return model && mixing_of_file(plan->mixing, at, request->budget, &mixture) &&
           scorer_init(&of->scorer, &of->source, model, plan->idf, plan->leaf_count, count) &&
           scorer_mix(&of->scorer, mixture) &&
           (!request->question->explain || scorer_keep_parts(&of->scorer));
}

/* What matches the hits again; NULL where none can. */
static void open_root(struct page_file *of, uint32_t at, const struct place *places, size_t count)
{
    const struct hits_request *request = of->page->request;
    of->source.only = docs_of(places, count, &request->workspace->page);
    of->source.only_count = of->source.only ? count : 0;
    of->root = plan_matcher(request->plan, at, &of->source, of->documents);
    if (!of->root || init_scorer(of, at, count))
        return;
    matcher_release(of->root);
    of->root = NULL;
}

static enum status fill_file(struct page *page, uint32_t at, struct place *places)
{
    const struct hits_request *request = page->request;
    const struct collection_file *file = &request->plan->collection->files[at];
    size_t count = find_places(request, at, places);
    if (count == 0)
        return STATUS_OK;
    match_budget_enter(request->budget, at);
    struct page_file of = {
        .page = page,
        .file = file,
        .documents = &request->workspace->documents[at],
        .source = {file->snapshot, &file->columns, request->budget, &request->workspace->page}};
    if (!are_told(request->question, places, count))
        open_root(&of, at, places, count);
    enum status status = fill_places(&of, places, count);
    scorer_release(&of.scorer);
    matcher_release(of.root);
    return status;
}

/* --- The page ----------------------------------------------------------------------------------*/

/* What the search itself knows of the hits. */
static bool place_hits(const struct hits_request *request, struct answer *answer)
{
    answer->hits = arena_allocate(&answer->arena, request->count, sizeof *answer->hits);
    if (!answer->hits)
        return false;
    answer->hit_count = request->count;
    for (size_t i = 0; i < request->count; i++) {
        const struct top_entry *entry = &request->entries[i];
        struct hit *hit = &answer->hits[i];
        hit->rank = request->question->offset + (uint32_t)i + 1;
        hit->file = entry->file;
        hit->article = entry->doc;
        if (request->question->sort == SORT_SCORE)
            hit->score = bm25_points(entry->key);
    }
    return true;
}

/* By their rarity: a phrase more than one of its words, and anything more than nothing. */
static uint32_t *weigh_terms(const struct plan *plan, struct arena *arena)
{
    enum { STEPS = 64, MOST = 1 << 20 };
    uint32_t *weights = arena_allocate(arena, plan->leaf_count + 1, sizeof *weights);
    for (size_t i = 0; weights && i < plan->leaf_count; i++) {
        double weight = plan->idf[i] * STEPS;
        weights[i] = weight < MOST ? 1 + (weight > 0 ? (uint32_t)weight : 0) : MOST;
    }
    return weights;
}

void hits_leave_out(struct answer *answer)
{
    size_t count = 0;
    for (size_t i = 0; i < answer->hit_count; i++)
        if (answer->hits[i].id.size)
            answer->hits[count++] = answer->hits[i];
    answer->hit_count = count;
}

static enum status fill_page(struct page *page, struct arena *scratch)
{
    const struct hits_request *request = page->request;
    struct answer *answer = page->answer;
    if (!place_hits(request, answer))
        return STATUS_NO_MEMORY;
    if (request->question->bare && request->question->sort == SORT_SCORE)
        return STATUS_OK;
    struct place *places = arena_allocate(scratch, request->count, sizeof *places);
    page->counts = arena_allocate(scratch, request->plan->leaf_count + 1, sizeof *page->counts);
    page->weights = weigh_terms(request->plan, scratch);
    if (!places || !page->counts || !page->weights ||
        !occurrences_init(&page->occurrences, request->plan, scratch))
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < request->plan->collection->file_count; i++) {
        enum status status = fill_file(page, (uint32_t)i, places);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

enum status hits_fill(const struct hits_request *request, struct answer *answer)
{
    struct page page = {.request = request,
                        .answer = answer,
                        .maker = {.analyzer = request->workspace->analyzer,
                                  .budget = request->budget,
                                  .arena = &answer->arena}};
    if (request->count == 0)
        return STATUS_OK;
    enum status status = fill_page(&page, &request->workspace->page);
    if (status == STATUS_NO_MEMORY)
        match_budget_check(request->budget, status, CHUNK_FIELDS);
    occurrences_release(&page.occurrences);
    snippet_maker_release(&page.maker);
    bytes_release(&page.ranges);
    return status;
}
