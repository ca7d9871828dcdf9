#include "search/found_docs.h"

#include "search/collection.h"
#include "search/plan.h"
#include "search/workspace.h"

bool found_docs_init(struct found_docs *found, struct arena *arena)
{
    *found = (struct found_docs){
        .items = arena_allocate(arena, FOUND_DOCS_MOST, sizeof *found->items), .whole = true};
    return found->items;
}

void found_docs_add(struct found_docs *found, uint32_t file, uint32_t doc)
{
    if (found->count == FOUND_DOCS_MOST)
        found->whole = false;
    else
        found->items[found->count++] = (struct found_doc){file, doc};
}

/* --- While others search -----------------------------------------------------------------------*/

struct recorder {
    struct matcher matcher;
    struct found_docs *found;
    uint32_t file;
};

static bool record(struct matcher *matcher, uint32_t target)
{
    struct recorder *recorder = (struct recorder *)matcher;
    found_docs_add(recorder->found, recorder->file, target);
    matcher->doc = target;
    return true;
}

/* Only who asks article by article tells what was found. */
static uint32_t end(struct matcher *matcher, uint32_t target)
{
    (void)matcher, (void)target;
    return NO_MORE_DOCS;
}

static const struct matcher_kind recorder_kind = {.seek = end, .test = record};

struct matcher *found_docs_recorder(struct found_docs *found, uint32_t file, struct arena *arena)
{
    struct recorder *made = arena_allocate(arena, 1, sizeof *made);
    if (!made)
        return NULL;
    made->found = found;
    made->file = file;
    matcher_init(&made->matcher, &recorder_kind, UINT64_MAX);
    return &made->matcher;
}

/* --- Among them --------------------------------------------------------------------------------*/

struct among { /* those of one file */
    const struct collection_file *file;
    uint32_t at;
    struct match_source source; /* which has them as the only ones */
    struct found_docs *found;
};

static uint64_t count_matches(const struct among *among, struct matcher *root)
{
    uint64_t total = 0;
    for (size_t i = 0; i < among->source.only_count; i++) {
        uint32_t doc = among->source.only[i];
        if (collection_hides(among->file, doc) || !matcher_test(root, doc))
            continue;
        if (among->source.budget->status != STATUS_OK)
            break;
        total++;
        if (among->found)
            found_docs_add(among->found, among->at, doc);
    }
    return total;
}

static uint64_t count_file(const struct among *among, const struct plan *plan,
                           struct workspace *workspace)
{
    struct matcher *root =
        plan_matcher(plan, among->at, &among->source, &workspace->documents[among->at]);
    uint64_t total = root && root->cost ? count_matches(among, root) : 0;
    matcher_release(root);
    return total;
}

uint64_t found_docs_count(const struct found_docs *within, const struct plan *plan,
                          struct workspace *workspace, struct match_budget *budget,
                          struct found_docs *found)
{
    struct arena *arena = &workspace->matchers;
    uint64_t total = 0;
    for (size_t i = 0, count; i < within->count && budget->status == STATUS_OK; i += count) {
        uint32_t at = within->items[i].file;
        const struct collection_file *file = &plan->collection->files[at];
        match_budget_enter(budget, at);
        arena_clear(arena);
        uint32_t *docs = arena_allocate(arena, within->count, sizeof *docs);
        if (!match_budget_check(budget, docs ? STATUS_OK : STATUS_NO_MEMORY, CHUNK_POSTINGS))
            break;
        for (count = 0; i + count < within->count && within->items[i + count].file == at; count++)
            docs[count] = within->items[i + count].doc;
        struct among among = {
            file, at, {file->snapshot, &file->columns, budget, arena, docs, count}, found};
        total += count_file(&among, plan, workspace);
    }
    return total;
}
