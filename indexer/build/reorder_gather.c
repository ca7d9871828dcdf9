#include "build/reorder_gather.h"

#include <pthread.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/pool.h"
#include "base/spool.h"
#include "build/reorder_codes.h"
#include "build/unit.h"
#include "store/fields.h"

/* The share of the memory for units on their way, and what of a unit's own is kept for the next. */
enum { UNITS_SHARE = 4, UNIT_KEEPS = 4 << 20 };

/* A unit on its way: filled, read by a worker, then laid down when its turn comes. */
struct gather_job {
    struct gather *gather;
    struct unit unit;
    struct bytes codes;
    struct bytes counts; /* u32, of codes, an article */
    enum status status;
    bool under_way, read;
};

struct gather {
    size_t memory, job_count;
    struct pool *pool;
    struct word_coder **coders;
    struct gather_job *jobs; /* a ring */
    size_t filling;          /* the job being filled; those from the oldest on are before it */
    size_t oldest;
    size_t bytes_under_way;
    struct spool *articles, *codes, *entries;
    enum status status;
    pthread_mutex_t lock; /* for `read` of all jobs */
    pthread_cond_t done;
};

struct gather *gather_open(size_t memory, size_t threads, const char *beside, struct error *error)
{
    struct gather *gather = memory_allocate_zeroed(1, sizeof *gather);
    if (!gather) {
        error_set(error, STATUS_NO_MEMORY, "out of memory for articles");
        return NULL;
    }
    pthread_mutex_init(&gather->lock, NULL);
    pthread_cond_init(&gather->done, NULL);
    gather->memory = memory;
    gather->job_count = threads + 2;
    gather->jobs = memory_allocate_zeroed(gather->job_count, sizeof *gather->jobs);
    gather->coders = memory_allocate_zeroed(threads, sizeof *gather->coders);
    bool good = gather->jobs && gather->coders && (gather->pool = pool_open(threads));
    for (size_t i = 0; good && i < threads; i++)
        good = (gather->coders[i] = word_coder_open()) != NULL;
    if (!good)
        error_set(error, STATUS_NO_MEMORY, "out of memory for articles");
    if (good && (gather->articles = spool_open(beside, NULL, error)) &&
        (gather->codes = spool_open(beside, NULL, error)))
        gather->entries = spool_open(beside, NULL, error);
    if (!gather->entries) {
        gather_close(gather);
        return NULL;
    }
    return gather;
}

/* --- By a worker -------------------------------------------------------------------------------*/

static enum status read_codes(struct gather_job *job, struct word_coder *coder)
{
    struct arena arena = {0};
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < unit_count(&job->unit) && status == STATUS_OK; i++) {
        const struct unit_article *at = unit_article(&job->unit, i);
        struct fields fields = {0};
        size_t before = job->codes.size;
        arena_release(&arena);
        status = fields_read(slice_of(job->unit.data.data + at->record_at, at->record_size), &arena,
                             &fields);
        if (status == STATUS_OK)
            status = word_coder_read(coder, fields.title,
                                     slice_of(job->unit.data.data + at->body_at, at->body_size),
                                     &job->codes);
        uint32_t count = (uint32_t)((job->codes.size - before) / sizeof count);
        bytes_append(&job->counts, &count, sizeof count);
    }
    arena_release(&arena);
    return status == STATUS_OK ? job->counts.status : status;
}

static void read_job(void *context, size_t worker)
{
    struct gather_job *job = context;
    struct gather *gather = job->gather;
    job->status = read_codes(job, gather->coders[worker]);
    pthread_mutex_lock(&gather->lock);
    job->read = true;
    pthread_cond_broadcast(&gather->done);
    pthread_mutex_unlock(&gather->lock);
}

/* --- Laying down -------------------------------------------------------------------------------*/

static void note(struct gather *gather, enum status status)
{
    if (gather->status == STATUS_OK)
        gather->status = status;
}

static void lay_down(struct gather *gather, const struct gather_job *job)
{
    const uint32_t *counts = (const uint32_t *)(const void *)job->counts.data;
    uint64_t at = spool_size(gather->articles), codes_at = spool_size(gather->codes);
    for (uint32_t i = 0; i < unit_count(&job->unit); i++) {
        const struct unit_article *article = unit_article(&job->unit, i);
        struct gathered entry = {at + article->record_at, (uint32_t)article->record_size,
                                 (uint32_t)article->body_size, codes_at, counts[i]};
        note(gather, spool_append(gather->entries, &entry, sizeof entry));
        codes_at += counts[i] * sizeof *counts;
    }
    note(gather, spool_append(gather->articles, job->unit.data.data, job->unit.data.size));
    if (job->codes.size)
        note(gather, spool_append(gather->codes, job->codes.data, job->codes.size));
}

static void empty(struct bytes *bytes)
{
    if (bytes->capacity > UNIT_KEEPS) {
        bytes_release(bytes);
        *bytes = (struct bytes){0};
    }
    bytes_clear(bytes);
}

static void empty_job(struct gather_job *job)
{
    empty(&job->unit.data);
    empty(&job->unit.articles);
    empty(&job->codes);
    empty(&job->counts);
    job->unit.batch_bytes = 0;
    job->unit.batch_articles = 0;
    job->under_way = job->read = false;
}

static void lay_down_oldest(struct gather *gather)
{
    struct gather_job *job = &gather->jobs[gather->oldest];
    pthread_mutex_lock(&gather->lock);
    while (!job->read)
        pthread_cond_wait(&gather->done, &gather->lock);
    pthread_mutex_unlock(&gather->lock);
    note(gather, job->status);
    if (gather->status == STATUS_OK)
        lay_down(gather, job);
    gather->bytes_under_way -= unit_bytes(&job->unit);
    empty_job(job);
    gather->oldest = (gather->oldest + 1) % gather->job_count;
}

/* --- Taking articles ---------------------------------------------------------------------------*/

static void submit(struct gather *gather)
{
    struct gather_job *job = &gather->jobs[gather->filling];
    size_t bytes = unit_bytes(&job->unit);
    while (gather->oldest != gather->filling &&
           gather->bytes_under_way + bytes > gather->memory / UNITS_SHARE)
        lay_down_oldest(gather);
    gather->bytes_under_way += bytes;
    job->gather = gather;
    job->under_way = true;
    pool_submit(gather->pool, read_job, job);
    gather->filling = (gather->filling + 1) % gather->job_count;
    if (gather->filling == gather->oldest)
        lay_down_oldest(gather);
}

enum status gather_add(struct gather *gather, struct slice record, struct slice body)
{
    struct gather_job *job = &gather->jobs[gather->filling];
    if (unit_count(&job->unit) && unit_at_batch_end(&job->unit))
        submit(gather);
    note(gather, unit_add(&gather->jobs[gather->filling].unit, record, body));
    return gather->status;
}

enum status gather_finish(struct gather *gather, struct error *error)
{
    struct spool *spools[] = {gather->articles, gather->codes, gather->entries};
    if (unit_count(&gather->jobs[gather->filling].unit))
        submit(gather);
    while (gather->oldest != gather->filling)
        lay_down_oldest(gather);
    for (int i = 0; i < 3 && gather->status == STATUS_OK; i++)
        note(gather, spool_flush(spools[i], error));
    for (size_t i = 0; i < gather->job_count; i++) {
        unit_release(&gather->jobs[i].unit);
        gather->jobs[i].unit = (struct unit){0};
    }
    if (gather->status != STATUS_OK)
        error_set(error, gather->status, "cannot keep articles: %s", status_name(gather->status));
    return gather->status;
}

const struct spool *gather_entries(const struct gather *gather)
{
    return gather->entries;
}

const struct spool *gather_codes(const struct gather *gather)
{
    return gather->codes;
}

enum status gather_read(const struct gather *gather, uint32_t article, struct bytes *data,
                        struct slice *record, struct slice *body)
{
    struct gathered at;
    enum status status = spool_read(gather->entries, article * (uint64_t)sizeof at, &at, sizeof at);
    if (status != STATUS_OK)
        return status;
    bytes_clear(data);
    size_t size = (size_t)at.record + at.body;
    uint8_t *bytes = bytes_extend(data, size);
    if (!bytes)
        return STATUS_NO_MEMORY;
    *record = slice_of(bytes, at.record);
    *body = slice_of(bytes + at.record, at.body);
    return spool_read(gather->articles, at.at, bytes, size);
}

void gather_close(struct gather *gather)
{
    if (!gather)
        return;
    pool_close(gather->pool);
    for (size_t i = 0; gather->coders && i + 2 < gather->job_count; i++)
        word_coder_close(gather->coders[i]);
    for (size_t i = 0; gather->jobs && i < gather->job_count; i++) {
        unit_release(&gather->jobs[i].unit);
        bytes_release(&gather->jobs[i].codes);
        bytes_release(&gather->jobs[i].counts);
    }
    memory_free(gather->coders);
    memory_free(gather->jobs);
    spool_close(gather->articles);
    spool_close(gather->codes);
    spool_close(gather->entries);
    pthread_cond_destroy(&gather->done);
    pthread_mutex_destroy(&gather->lock);
    memory_free(gather);
}
