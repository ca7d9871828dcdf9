#include "search/workspace.h"

#include "base/error.h"
#include "base/memory.h"
#include "match/budget.h"
#include "search/collection.h"
#include "store/block_cache.h"

enum { IDLE_MOST = 64, KEPT_BYTES = 1 << 20 };

static void workspace_close(struct workspace *workspace)
{
    analyzer_close(workspace->analyzer);
    for (size_t i = 0; workspace->documents && i < workspace->file_count; i++)
        documents_release(&workspace->documents[i]);
    memory_free(workspace->documents);
    arena_release(&workspace->scratch);
    arena_release(&workspace->matchers);
    arena_release(&workspace->page);
    memory_free(workspace);
}

static enum status open_readers(struct workspace *workspace, const struct collection *collection,
                                struct block_cache *cache, struct error *error)
{
    workspace->file_count = collection->file_count;
    arena_init(&workspace->scratch, SEARCH_ARENA_BYTES);
    arena_init(&workspace->matchers, SEARCH_ARENA_BYTES);
    arena_init(&workspace->page, SEARCH_ARENA_BYTES);
    workspace->analyzer = analyzer_open();
    workspace->documents =
        memory_allocate_zeroed(collection->file_count, sizeof *workspace->documents);
    if (!workspace->analyzer || !workspace->documents)
        return error_set(error, STATUS_NO_MEMORY, "out of memory for the question");
    for (size_t i = 0; i < collection->file_count; i++) {
        struct snapshot *snapshot = collection->files[i].snapshot;
        enum status status = documents_open(&workspace->documents[i], snapshot);
        if (status == STATUS_CORRUPT)
            return snapshot_explain(snapshot, status, CHUNK_FIELDS, error);
        if (status != STATUS_OK)
            return error_set(error, status, "out of memory for the question");
        documents_use_cache(&workspace->documents[i], cache, (uint32_t)i);
    }
    return STATUS_OK;
}

static struct workspace *workspace_open(const struct collection *collection,
                                        struct block_cache *cache, struct error *error)
{
    struct workspace *workspace = memory_allocate_zeroed(1, sizeof *workspace);
    if (!workspace) {
        error_set(error, STATUS_NO_MEMORY, "out of memory for the question");
        return NULL;
    }
    if (open_readers(workspace, collection, cache, error) == STATUS_OK)
        return workspace;
    workspace_close(workspace);
    return NULL;
}

void workspace_shelf_init(struct workspace_shelf *shelf)
{
    *shelf = (struct workspace_shelf){0};
    pthread_mutex_init(&shelf->mutex, NULL);
}

void workspace_shelf_release(struct workspace_shelf *shelf)
{
    while (shelf->idle) {
        struct workspace *workspace = shelf->idle;
        shelf->idle = workspace->next;
        workspace_close(workspace);
    }
    block_cache_close(shelf->cache);
    shelf->cache = NULL;
    pthread_mutex_destroy(&shelf->mutex);
}

bool workspace_shelf_keep(struct workspace_shelf *shelf, size_t bytes)
{
    block_cache_close(shelf->cache);
    shelf->cache = bytes ? block_cache_open(bytes) : NULL;
    return shelf->cache || bytes == 0;
}

struct workspace *workspace_take(struct workspace_shelf *shelf, const struct collection *collection,
                                 struct error *error)
{
    pthread_mutex_lock(&shelf->mutex);
    struct workspace *workspace = shelf->idle;
    if (workspace) {
        shelf->idle = workspace->next;
        shelf->idle_count--;
    }
    pthread_mutex_unlock(&shelf->mutex);
    return workspace ? workspace : workspace_open(collection, shelf->cache, error);
}

static bool goes_on(void *budget)
{
    return match_budget_spend(budget, 1) && match_budget_affords(budget, 0);
}

static bool may_read(void *budget, uint64_t bytes)
{
    return match_budget_affords(budget, bytes);
}

struct match_budget *workspace_watch(struct workspace *workspace, struct match_budget *budget)
{
    struct match_budget *before = workspace->watched;
    workspace->watched = budget;
    analyzer_watch(workspace->analyzer, budget ? goes_on : NULL, budget);
    for (size_t i = 0; i < workspace->file_count; i++)
        documents_watch(&workspace->documents[i], budget ? may_read : NULL, budget);
    return before;
}

/* A body without white space is one block, however large it is. */
static void forget_large_blocks(struct workspace *workspace)
{
    for (size_t i = 0; i < workspace->file_count; i++) {
        struct documents *documents = &workspace->documents[i];
        if (documents->fields.block.capacity > KEPT_BYTES ||
            documents->text.block.capacity > KEPT_BYTES)
            documents_release(documents);
    }
}

void workspace_give(struct workspace_shelf *shelf, struct workspace *workspace)
{
    if (!workspace)
        return;
    forget_large_blocks(workspace);
    workspace_watch(workspace, NULL);
    arena_clear(&workspace->scratch);
    arena_clear(&workspace->matchers);
    arena_clear(&workspace->page);
    pthread_mutex_lock(&shelf->mutex);
    bool kept = shelf->idle_count < IDLE_MOST;
    if (kept) {
        workspace->next = shelf->idle;
        shelf->idle = workspace;
        shelf->idle_count++;
    }
    pthread_mutex_unlock(&shelf->mutex);
    if (!kept)
        workspace_close(workspace);
}
