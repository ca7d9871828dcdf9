#include "search/searcher.h"

#include <stdio.h>

#include "base/hash.h"
#include "base/memory.h"
#include "search/inside.h"
#include "search/kept.h"
#include "search/value_columns.h"
#include "store/block_cache.h"

static void searcher_close(struct searcher *searcher)
{
    workspace_shelf_release(&searcher->shelf);
    value_columns_close(searcher->columns);
    collection_close(&searcher->collection);
    memory_free(searcher->name);
    memory_free(searcher);
}

static char *copy_name(const char *name)
{
    size_t size = strlen(name) + 1;
    char *copy = memory_allocate(size);
    return copy ? memcpy(copy, name, size) : NULL;
}

struct searcher *searcher_open(const char *name, const char *const *paths, size_t count,
                               struct error *error)
{
    struct searcher *searcher = memory_allocate_zeroed(1, sizeof *searcher);
    if (!searcher) {
        error_set(error, STATUS_NO_MEMORY, "cannot open '%s': out of memory", name);
        return NULL;
    }
    atomic_init(&searcher->references, 1);
    workspace_shelf_init(&searcher->shelf);
    searcher->name = copy_name(name);
    if (!searcher->name)
        error_set(error, STATUS_NO_MEMORY, "cannot open '%s': out of memory", name);
    else if (!searcher_keep(searcher, SEARCHER_KEPT_BYTES))
        error_set(error, STATUS_NO_MEMORY, "cannot open '%s': out of memory", name);
    else if (!(searcher->columns = value_columns_open(count)))
        error_set(error, STATUS_NO_MEMORY, "cannot open '%s': out of memory", name);
    else if (collection_open(&searcher->collection, paths, count, error) == STATUS_OK)
        return searcher;
    searcher_close(searcher);
    return NULL;
}

bool searcher_keep(struct searcher *searcher, size_t bytes)
{
    return workspace_shelf_keep(&searcher->shelf, bytes);
}

void searcher_kept(const struct searcher *searcher, struct searcher_kept *kept)
{
    *kept = (struct searcher_kept){0};
    if (!searcher->shelf.cache)
        return;
    struct block_cache_counts counts = block_cache_counts(searcher->shelf.cache);
    *kept = (struct searcher_kept){counts.hits, counts.misses, counts.bytes, counts.most};
}

struct searcher *searcher_ref(struct searcher *searcher)
{
    atomic_fetch_add_explicit(&searcher->references, 1, memory_order_relaxed);
    return searcher;
}

void searcher_unref(struct searcher *searcher)
{
    if (searcher && atomic_fetch_sub_explicit(&searcher->references, 1, memory_order_acq_rel) == 1)
        searcher_close(searcher);
}

/* One file's own checksum; of several, the hash of theirs in their order. */
static uint64_t checksum_of(const struct collection *collection)
{
    uint64_t sum = snapshot_checksum(collection->files[0].snapshot);
    for (size_t i = 1; i < collection->file_count; i++) {
        uint64_t pair[2] = {htole64(sum),
                            htole64(snapshot_checksum(collection->files[i].snapshot))};
        sum = hash_bytes(pair, sizeof pair);
    }
    return sum;
}

void searcher_info(const struct searcher *searcher, struct searcher_info *info)
{
    const struct collection *collection = &searcher->collection;
    *info = (struct searcher_info){
        .name = searcher->name, .files = collection->file_count, .has_text = true};
    info->articles = collection->article_count - collection->hidden_count;
    for (size_t i = 0; i < collection->file_count; i++) {
        info->words += collection->files[i].settings->word_count;
        info->file_bytes += snapshot_file_bytes(collection->files[i].snapshot);
        info->has_text = info->has_text && collection->files[i].settings->has_text;
    }
    snprintf(info->checksum, sizeof info->checksum, "%016llx",
             (unsigned long long)checksum_of(collection));
}

bool searcher_replaced(const struct searcher *searcher)
{
    for (size_t i = 0; i < searcher->collection.file_count; i++)
        if (snapshot_replaced(searcher->collection.files[i].snapshot))
            return true;
    return false;
}

enum status searcher_verify(const struct searcher *searcher, struct error *error)
{
    for (size_t i = 0; i < searcher->collection.file_count; i++) {
        enum status status = snapshot_verify(searcher->collection.files[i].snapshot, error);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

enum status searcher_explain(const struct searcher *searcher, const struct match_budget *budget,
                             struct error *error)
{
    const struct collection *collection = &searcher->collection;
    if (budget->status != STATUS_CORRUPT)
        return error_set(error, budget->status,
                         budget->status == STATUS_NO_MEMORY
                             ? "the question needs more memory than there is for it"
                             : "the question cannot be answered");
    return snapshot_explain(collection->files[budget->file].snapshot, budget->status, budget->chunk,
                            error);
}
