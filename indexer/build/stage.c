#include "build/stage.h"

#include <pthread.h>

#include "base/memory.h"
#include "base/pool.h"
#include "base/spool_memory.h"
#include "build/copy_sketch.h"
#include "build/spellings.h"
#include "build/unit_read.h"

/* Shares of the memory budget: units being filled, waiting or read; and the inverters. The rest is
 * for packed blocks that wait for their turn, the reader of the input, and what else there is. */
enum { UNITS_SHARE = 4, UNIT_SHARE = 16, INVERTERS_NUMERATOR = 3, INVERTERS_DENOMINATOR = 8 };

/* Larger units would save next to nothing and leave threads without work at the end; nor are larger
 * tables filled by them. */
enum { UNIT_MOST = 16 << 20, INVERTER_MOST = 128 << 20 };

enum { OTHER_BYTES = 64 << 20 }; /* of memory: what nobody counts, and parts of large pages */

/* A unit on its way: filled, read by a worker, then laid down when its turn comes. */
struct job {
    struct stage *stage;
    struct unit unit;
    struct reading reading;
    size_t bytes;
    struct job *next; /* in the list of those that are read and wait for their turn */
};

struct stage {
    size_t memory, threads;
    struct pool *pool;
    struct spool_memory lent; /* to spools */
    struct unit_reader **readers;
    struct container_writer *container;
    struct document_writer *documents;
    struct column_writer *columns;
    struct id_collector *ids;
    struct title_log *titles;         /* NULL where they are not kept */
    struct spool *sketches, *samples; /* likewise */
    struct job *filling;
    uint32_t articles;
    uint64_t units;
    struct bytes record;
    struct bytes places;

    pthread_mutex_t lock; /* for all below, which workers change */
    struct bytes *spare;  /* what units were in, to be filled again: room for most_units */
    size_t spare_count;
    pthread_cond_t laid; /* a unit was laid down */
    struct job *waiting; /* by number */
    uint64_t turn;       /* the number of the unit that is laid down next */
    uint64_t under_way;  /* units that were submitted and are not laid down */
    size_t bytes_under_way;
    uint64_t words, title_words;
    enum status status;
};

/* Units filled, waiting or read at a time; one more may be laid down meanwhile. */
static size_t most_units(const struct stage *stage)
{
    return stage->threads + 2;
}

/* What a unit is filled to, in bytes. */
static size_t unit_size(const struct stage *stage)
{
    size_t share = stage->memory / UNIT_SHARE;
    return share < UNIT_MOST ? share : UNIT_MOST;
}

static size_t worker_count(const struct builder_options *options, size_t memory)
{
    size_t threads = options->threads ? options->threads : pool_processors();
    size_t most = memory * INVERTERS_NUMERATOR / INVERTERS_DENOMINATOR / (2 * INVERTER_LEAST_BYTES);
    threads = threads < most ? threads : most;
    return threads < BUILDER_THREADS_MOST ? threads : BUILDER_THREADS_MOST;
}

static size_t inverter_memory(const struct stage *stage)
{
    size_t share = stage->memory * INVERTERS_NUMERATOR / INVERTERS_DENOMINATOR / stage->threads;
    return share < INVERTER_MOST ? share : INVERTER_MOST;
}

static enum bodies bodies_of(const struct builder_options *options)
{
    if (!options->no_text)
        return BODIES_SQUEEZED;
    return options->forget_bodies ? BODIES_FORGOTTEN : BODIES_PLAIN;
}

static enum status open_readers(struct stage *stage, const struct builder_options *options,
                                struct error *error)
{
    struct unit_reader_options reading = {
        .memory = inverter_memory(stage),
        .bodies = bodies_of(options),
        .spellings = !options->no_classes || !options->no_compounds,
        .sketches = !options->no_groups,
        .container = stage->container,
    };
    stage->readers = memory_allocate_zeroed(stage->threads, sizeof *stage->readers);
    for (size_t i = 0; stage->readers && i < stage->threads && error->status == STATUS_OK; i++)
        stage->readers[i] = unit_reader_open(&reading, error);
    if (stage->readers && error->status == STATUS_OK)
        stage->pool = pool_open(stage->threads);
    if (!stage->pool)
        error_set(error, STATUS_NO_MEMORY, "cannot start %zu threads", stage->threads);
    return error->status;
}

void stage_lend(struct stage *stage, size_t used)
{
    size_t rest = stage->memory > OTHER_BYTES ? stage->memory - OTHER_BYTES : 0;
    atomic_store(&stage->lent.most, rest > used ? rest - used : 0);
}

static void open_sketches(struct stage *stage, struct error *error)
{
    stage->sketches = container_spool(stage->container, error);
    if (stage->sketches)
        stage->samples = container_spool(stage->container, error);
}

struct stage *stage_open(const struct builder_options *options, const char *beside,
                         struct error *error)
{
    struct stage *stage = memory_allocate_zeroed(1, sizeof *stage);
    if (!stage) {
        error_set(error, STATUS_NO_MEMORY, "out of memory for a build");
        return NULL;
    }
    pthread_mutex_init(&stage->lock, NULL);
    pthread_cond_init(&stage->laid, NULL);
    stage->memory = builder_memory(options);
    stage->threads = worker_count(options, stage->memory);
    stage->spare = memory_allocate_zeroed(most_units(stage), sizeof *stage->spare);
    if (!stage->spare) {
        stage_close(stage);
        error_set(error, STATUS_NO_MEMORY, "out of memory for a build");
        return NULL;
    }
    stage->lent.spool_most = stage->memory;
    stage_lend(stage, most_units(stage) * unit_size(stage) + unit_size(stage) +
                          stage->threads * inverter_memory(stage));
    stage->container = container_writer_open(beside, &stage->lent, error);
    if (stage->container && options->no_text) /* of no use but where ids meet twice */
        container_keep_on_disk(stage->container, CHUNK_TEXT);
    if (stage->container)
        stage->documents =
            document_writer_open(stage->container, bodies_of(options) != BODIES_FORGOTTEN, error);
    if (stage->documents)
        stage->columns = column_writer_open(stage->container, error);
    if (stage->columns)
        stage->ids = id_collector_open(beside, error);
    bool titles = !options->no_titles || !options->no_completions;
    if (stage->ids && titles)
        stage->titles = title_log_open(container_spool(stage->container, error), error);
    if (stage->ids && !options->no_groups)
        open_sketches(stage, error);
    if (!stage->ids || (titles && !stage->titles) || (!stage->samples && !options->no_groups) ||
        open_readers(stage, options, error) != STATUS_OK) {
        stage_close(stage);
        return NULL;
    }
    return stage;
}

/* --- Laying down, under the lock ---------------------------------------------------------------*/

static void lay_numbers(struct stage *stage, const struct reading *reading)
{
    const struct article_numbers *n =
        (const struct article_numbers *)(const void *)reading->numbers.data;
    for (size_t i = 0; i < reading->numbers.size / sizeof *n; i++) {
        column_writer_article(stage->columns, n[i].words, n[i].title_words, n[i].date);
        stage->words += n[i].words;
        stage->title_words += n[i].title_words;
    }
}

static enum status lay_sketches(struct stage *stage, const struct reading *reading)
{
    struct copy_sketch *sketches = (struct copy_sketch *)(void *)reading->sketches.data;
    uint64_t behind = spool_size(stage->samples);
    for (size_t i = 0; i < reading->sketches.size / sizeof *sketches; i++)
        sketches[i].samples_at += behind;
    enum status status = spool_append(stage->sketches, sketches, reading->sketches.size);
    if (status == STATUS_OK)
        status = spool_append(stage->samples, reading->samples.data, reading->samples.size);
    return status;
}

static void lay_down(struct stage *stage, struct job *job)
{
    enum status status = job->reading.status;
    const struct packed_documents *batches =
        (const struct packed_documents *)(void *)job->reading.batches.data;
    size_t count = job->reading.batches.size / sizeof *batches;
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = document_writer_append(stage->documents, &batches[i]);
    if (status == STATUS_OK) {
        lay_numbers(stage, &job->reading);
        status = column_writer_status(stage->columns);
    }
    if (status == STATUS_OK && stage->sketches)
        status = lay_sketches(stage, &job->reading);
    if (stage->status == STATUS_OK)
        stage->status = status;
}

static void job_free(struct job *job)
{
    if (!job)
        return;
    unit_release(&job->unit);
    reading_release(&job->reading);
    memory_free(job);
}

static void enlist(struct stage *stage, struct job *job)
{
    struct job **at = &stage->waiting;
    while (*at && (*at)->unit.number < job->unit.number)
        at = &(*at)->next;
    job->next = *at;
    *at = job;
}

static void lay_down_those_in_turn(struct stage *stage)
{
    while (stage->waiting && stage->waiting->unit.number == stage->turn) {
        struct job *job = stage->waiting;
        stage->waiting = job->next;
        lay_down(stage, job);
        stage->turn++;
        stage->under_way--;
        stage->bytes_under_way -= job->bytes;
        job_free(job);
    }
    pthread_cond_broadcast(&stage->laid);
}

/* Under the lock. Memory that is there already is filled much faster than such as the system has to
 * clear; but what a giant article took is given back. */
static void put_by(struct stage *stage, struct bytes *data)
{
    bool usual = data->status == STATUS_OK && data->capacity <= 2 * unit_size(stage);
    if (usual && stage->spare_count < most_units(stage)) {
        bytes_clear(data);
        stage->spare[stage->spare_count++] = *data;
    } else {
        bytes_release(data);
    }
    *data = (struct bytes){0};
}

static void read_unit(void *context, size_t worker)
{
    struct job *job = context;
    struct stage *stage = job->stage;
    unit_reader_read(stage->readers[worker], &job->unit, &job->reading);
    pthread_mutex_lock(&stage->lock);
    put_by(stage, &job->unit.data);
    enlist(stage, job);
    lay_down_those_in_turn(stage);
    pthread_mutex_unlock(&stage->lock);
}

/* --- Taking articles ---------------------------------------------------------------------------*/

/* Waits for room: units under way are bounded in number and in bytes, but one is always let
 * through. */
static enum status wait_for_room(struct stage *stage, size_t bytes)
{
    pthread_mutex_lock(&stage->lock);
    while (stage->under_way && (stage->under_way >= most_units(stage) ||
                                stage->bytes_under_way + bytes > stage->memory / UNITS_SHARE))
        pthread_cond_wait(&stage->laid, &stage->lock);
    stage->under_way++;
    stage->bytes_under_way += bytes;
    enum status status = stage->status;
    pthread_mutex_unlock(&stage->lock);
    return status;
}

static enum status submit(struct stage *stage)
{
    struct job *job = stage->filling;
    stage->filling = NULL;
    if (!job)
        return STATUS_OK;
    job->bytes = unit_bytes(&job->unit);
    enum status status = wait_for_room(stage, job->bytes);
    pool_submit(stage->pool, read_unit, job);
    return status;
}

static struct job *job_open(struct stage *stage)
{
    struct job *job = memory_allocate_zeroed(1, sizeof *job);
    if (!job)
        return NULL;
    job->stage = stage;
    job->unit.number = stage->units++;
    job->unit.first_doc = stage->articles;
    pthread_mutex_lock(&stage->lock);
    if (stage->spare_count)
        job->unit.data = stage->spare[--stage->spare_count];
    pthread_mutex_unlock(&stage->lock);
    return job;
}

static bool unit_is_full(const struct stage *stage)
{
    return stage->filling && unit_at_batch_end(&stage->filling->unit) &&
           unit_bytes(&stage->filling->unit) >= unit_size(stage);
}

enum status stage_add(struct stage *stage, const struct fields *fields, struct slice body,
                      struct error *error)
{
    enum status status = STATUS_OK;
    if (unit_is_full(stage))
        status = submit(stage);
    if (status == STATUS_OK && !stage->filling && !(stage->filling = job_open(stage)))
        status = STATUS_NO_MEMORY;
    bytes_clear(&stage->record);
    fields_write(fields, &stage->record);
    if (status == STATUS_OK)
        status = stage->record.status;
    if (status == STATUS_OK)
        status = unit_add(&stage->filling->unit, bytes_slice(&stage->record), body);
    if (status == STATUS_OK)
        status = id_collector_add(stage->ids, fields->id);
    if (status == STATUS_OK && stage->titles)
        status = title_log_add(stage->titles, stage->articles, fields->title);
    stage->articles++;
    if (status != STATUS_OK)
        error_set(error, status, "cannot take more articles: %s", status_name(status));
    return status;
}

static void free_spare(struct stage *stage)
{
    while (stage->spare_count)
        bytes_release(&stage->spare[--stage->spare_count]);
}

enum status stage_finish(struct stage *stage, struct error *error)
{
    enum status status = submit(stage);
    pool_wait(stage->pool);
    free_spare(stage);
    if (status == STATUS_OK)
        status = stage->status;
    if (status == STATUS_OK && stage->titles)
        status = title_log_flush(stage->titles, error);
    if (status == STATUS_OK && stage->sketches)
        status = spool_flush(stage->sketches, error);
    if (status == STATUS_OK && stage->samples)
        status = spool_flush(stage->samples, error);
    for (size_t i = 0; i < stage->threads && status == STATUS_OK; i++)
        status = unit_reader_finish(stage->readers[i], error);
    if (status != STATUS_OK)
        error_set(error, status, "cannot read articles: %s", status_name(status));
    return status;
}

void stage_close(struct stage *stage)
{
    if (!stage)
        return;
    pool_close(stage->pool);
    for (size_t i = 0; stage->readers && i < stage->threads; i++)
        unit_reader_close(stage->readers[i]);
    memory_free(stage->readers);
    free_spare(stage);
    memory_free(stage->spare);
    job_free(stage->filling);
    id_collector_close(stage->ids);
    title_log_close(stage->titles);
    spool_close(stage->sketches);
    spool_close(stage->samples);
    column_writer_close(stage->columns);
    document_writer_close(stage->documents);
    container_writer_close(stage->container);
    bytes_release(&stage->record);
    bytes_release(&stage->places);
    pthread_cond_destroy(&stage->laid);
    pthread_mutex_destroy(&stage->lock);
    memory_free(stage);
}

struct container_writer *stage_container(struct stage *stage)
{
    return stage->container;
}

struct column_writer *stage_columns(struct stage *stage)
{
    return stage->columns;
}

struct document_writer *stage_documents(struct stage *stage)
{
    return stage->documents;
}

struct id_collector *stage_ids(struct stage *stage)
{
    return stage->ids;
}

const struct title_log *stage_titles(const struct stage *stage)
{
    return stage->titles;
}

const struct spool *stage_sketches(const struct stage *stage)
{
    return stage->sketches;
}

const struct spool *stage_samples(const struct stage *stage)
{
    return stage->samples;
}

uint32_t stage_articles(const struct stage *stage)
{
    return stage->articles;
}

uint64_t stage_words(const struct stage *stage)
{
    return stage->words;
}

void stage_set_places(struct stage *stage, struct bytes *places)
{
    bytes_release(&stage->places);
    stage->places = *places;
    *places = (struct bytes){0};
}

const uint32_t *stage_places(const struct stage *stage)
{
    return stage->places.size ? (const uint32_t *)(const void *)stage->places.data : NULL;
}

uint64_t stage_title_words(const struct stage *stage)
{
    return stage->title_words;
}

void stage_drop_runs(struct stage *stage)
{
    for (size_t i = 0; i < stage->threads; i++)
        unit_reader_drop_words(stage->readers[i]);
}

void stage_runs(struct stage *stage, struct bytes *runs)
{
    for (size_t i = 0; i < stage->threads; i++)
        bytes_append_slice(runs,
                           bytes_slice(inverter_runs(unit_reader_inverter(stage->readers[i]))));
}

void stage_spellings(struct stage *stage, struct bytes *runs)
{
    for (size_t i = 0; i < stage->threads; i++) {
        const struct spellings *spellings = unit_reader_spellings(stage->readers[i]);
        if (spellings)
            bytes_append_slice(runs, bytes_slice(spellings_runs(spellings)));
    }
}
