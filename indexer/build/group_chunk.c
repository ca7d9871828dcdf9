#include "build/group_chunk.h"

#include "base/memory.h"
#include "build/copy_find.h"
#include "build/copy_text.h"
#include "store/groups_write.h"
#include "store/settings.h"
#include "store/snapshot.h"

enum status group_chunk_write(const struct group_task *task, struct error *error)
{
    uint32_t count = task->settings->article_count;
    struct copy_search search = {
        .sketches = task->sketches,
        .samples = task->samples,
        .places = task->places,
        .article_count = count,
    };
    uint32_t *first = memory_allocate(((size_t)count + 1) * sizeof *first);
    enum status status = first ? STATUS_OK : STATUS_NO_MEMORY;
    struct snapshot *snapshot =
        first ? snapshot_of_documents(task->container, task->settings, error) : NULL;
    if (first && !snapshot)
        status = error->status;
    if (snapshot)
        search.texts = copy_texts_open(snapshot, &status);
    if (status == STATUS_OK)
        status = copy_find(&search, first);
    if (status == STATUS_OK)
        status = groups_write(task->container, first, task->places, count, error);
    copy_texts_close(search.texts);
    snapshot_unref(snapshot);
    memory_free(first);
    if (status != STATUS_OK && error->status == STATUS_OK)
        error_set(error, status, "cannot find near-copies: %s", status_name(status));
    return status;
}
