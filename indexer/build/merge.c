#include "build/merge.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/memory.h"

enum {
    BUFFER_LEAST = 64 * 1024,
    BUFFER_MOST = 1024 * 1024,
    FAN_IN_MOST = 512,
};

struct merge {
    struct run_reader *readers;
    size_t reader_count;
    uint8_t *buffers;
    struct heap heap;
    struct run_reader **same; /* those at the smallest key, in the order of their runs */
    size_t same_count;
    struct bytes last_key;
    const struct merge_sink *sink;
    const struct merge_progress *progress;
    uint64_t all;
    enum status status;
};

static bool reader_before(const void *a, const void *b)
{
    const struct run_reader *x = a, *y = b;
    if (x->prefix != y->prefix)
        return x->prefix < y->prefix;
    int order = slice_compare(run_reader_key(x), run_reader_key(y));
    return order ? order < 0 : x->order < y->order;
}

static int compare_runs(const void *a, const void *b)
{
    const struct run *x = a, *y = b;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    return (x->part > y->part) - (x->part < y->part);
}

/* Gives the reader its next term and its place in the heap, if there is one. */
static void advance(struct merge *merge, struct run_reader *reader)
{
    if (run_reader_term(reader))
        heap_push(&merge->heap, reader);
    else if (merge->status == STATUS_OK)
        merge->status = reader->status;
}

static enum status merge_open(struct merge *merge, const struct run *runs, size_t count,
                              size_t memory)
{
    size_t buffer = memory / count;
    if (buffer > BUFFER_MOST)
        buffer = BUFFER_MOST;
    if (buffer < BUFFER_LEAST)
        buffer = BUFFER_LEAST;
    merge->readers = memory_allocate_zeroed(count, sizeof *merge->readers);
    merge->buffers = memory_allocate(count * buffer);
    merge->same = memory_allocate(count * sizeof(void *));
    merge->heap =
        (struct heap){.items = memory_allocate(count * sizeof(void *)), .before = reader_before};
    if (!merge->readers || !merge->buffers || !merge->same || !merge->heap.items)
        return STATUS_NO_MEMORY;
    merge->reader_count = count;
    for (size_t i = 0; i < count; i++) {
        run_reader_open(&merge->readers[i], &runs[i], merge->buffers + i * buffer, buffer);
        merge->readers[i].order = i;
        merge->all += runs[i].size;
        advance(merge, &merge->readers[i]);
    }
    return merge->status;
}

static void merge_release(struct merge *merge)
{
    memory_free(merge->readers);
    memory_free(merge->buffers);
    memory_free(merge->same);
    memory_free(merge->heap.items);
    bytes_release(&merge->last_key);
}

static void take_same(struct merge *merge)
{
    struct run_reader *first = heap_pop(&merge->heap);
    merge->same[0] = first;
    merge->same_count = 1;
    for (struct run_reader *r; (r = heap_first(&merge->heap)) != NULL;) {
        if (r->prefix != first->prefix || !slice_equal(run_reader_key(r), run_reader_key(first)))
            break;
        merge->same[merge->same_count++] = heap_pop(&merge->heap);
    }
}

/* Keys ascend and parts are read to their end, unless the disk gave back other bytes. */
static void check(struct merge *merge)
{
    struct slice key = run_reader_key(merge->same[0]);
    if (merge->last_key.size && slice_compare(bytes_slice(&merge->last_key), key) >= 0)
        merge->status = STATUS_IO;
    bytes_clear(&merge->last_key);
    bytes_append_slice(&merge->last_key, key);
    if (merge->last_key.status != STATUS_OK)
        merge->status = merge->last_key.status;
}

static void merge_key(struct merge *merge)
{
    take_same(merge);
    check(merge);
    if (merge->status == STATUS_OK)
        merge->status = merge->sink->term(merge->sink->context, merge->same, merge->same_count);
    for (size_t i = 0; i < merge->same_count && merge->status == STATUS_OK; i++)
        merge->status = merge->same[i]->status;
    for (size_t i = 0; i < merge->same_count && merge->status == STATUS_OK; i++)
        advance(merge, merge->same[i]);
}

static void tell(struct merge *merge)
{
    if (!merge->progress || !merge->progress->tell)
        return;
    uint64_t done = 0;
    for (size_t i = 0; i < merge->reader_count; i++)
        done += run_reader_done(&merge->readers[i]);
    merge->progress->tell(merge->progress->context, done, merge->all);
}

static enum status merge_all(const struct run *runs, size_t count, size_t memory,
                             const struct merge_sink *sink, const struct merge_progress *progress)
{
    struct merge merge = {.sink = sink, .progress = progress};
    enum status status = merge_open(&merge, runs, count, memory);
    for (size_t keys = 0; status == STATUS_OK && merge.heap.count; keys++) {
        merge_key(&merge);
        status = merge.status;
        if (keys % 4096 == 0)
            tell(&merge);
    }
    merge_release(&merge);
    return status;
}

/* --- Fewer runs out of many --------------------------------------------------------------------*/

static enum status copy_term(void *context, struct run_reader *const *readers, size_t count)
{
    struct run_writer *writer = context;
    run_writer_copy(writer, readers, count);
    return writer->status;
}

/* Merges each `fan_in` neighbours into one run in the spool; runs then holds the fewer new ones. */
static enum status reduce(struct bytes *runs, size_t fan_in, size_t memory, struct spool *spool)
{
    struct run *all = (struct run *)(void *)runs->data;
    size_t count = runs->size / sizeof *all, made = 0;
    struct run_writer writer = {0};
    struct merge_sink sink = {&writer, copy_term};
    enum status status = STATUS_OK;
    for (size_t at = 0; at < count && status == STATUS_OK; at += fan_in) {
        size_t n = count - at < fan_in ? count - at : fan_in;
        run_writer_begin(&writer, spool);
        status = merge_all(all + at, n, memory, &sink, NULL);
        all[made] = run_writer_end(&writer, made, 0);
        made++;
    }
    runs->size = made * sizeof *all;
    run_writer_release(&writer);
    return status;
}

enum status merge_runs(struct bytes *runs, size_t memory, const char *beside,
                       const struct merge_sink *sink, const struct merge_progress *progress,
                       struct error *error)
{
    size_t fan_in = memory / BUFFER_LEAST;
    if (fan_in > FAN_IN_MOST)
        fan_in = FAN_IN_MOST;
    struct spool *older = NULL, *newer = NULL;
    enum status status = STATUS_OK;
    if (runs->size)
        qsort(runs->data, runs->size / sizeof(struct run), sizeof(struct run), compare_runs);
    while (status == STATUS_OK && runs->size / sizeof(struct run) > fan_in) {
        newer = spool_open(beside, NULL, error);
        status = newer ? reduce(runs, fan_in, memory, newer) : error->status;
        if (status == STATUS_OK)
            status = spool_flush(newer, error);
        spool_close(older);
        older = newer;
    }
    size_t count = runs->size / sizeof(struct run);
    if (status == STATUS_OK && count)
        status =
            merge_all((const struct run *)(const void *)runs->data, count, memory, sink, progress);
    spool_close(older);
    if (status != STATUS_OK)
        error_set(error, status, "cannot merge sorted words: %s", status_name(status));
    return status;
}
