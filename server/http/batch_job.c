#include "http/batch_job.h"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/pool.h"
#include "http/gzip.h"
#include "http/watchdog.h"

enum { NICE = 5, GZIP_LEVEL = 1 };

struct batch_room {
    struct pool *pool;
    size_t threads;
    struct metrics *metrics;
    pthread_mutex_t lock;
    struct batch_job *jobs[BATCH_SLOTS]; /* NULL: free */
    bool stopping;
};

struct batch_job {
    struct batch_room *room;
    size_t slot;
    size_t references; /* under the room's lock */
    struct batch_work work;
    size_t at; /* in work.lines */
    struct gzip *gzip;
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t drained;
    struct MHD_Connection *connection; /* NULL: gone */
    struct client *client;
    struct bytes pipe;
    size_t taken;  /* of the pipe, by the reader */
    bool gathered; /* some answers are in gzip and not in the pipe */
    bool suspended, ended, failed, cancelled;
};

struct batch_room *batch_room_open(size_t threads, struct metrics *metrics)
{
    struct batch_room *room = memory_allocate_zeroed(1, sizeof *room);
    if (!room)
        return NULL;
    room->threads = threads;
    room->metrics = metrics;
    pthread_mutex_init(&room->lock, NULL);
    room->pool = pool_open(BATCH_RUNNERS);
    if (room->pool)
        return room;
    batch_room_close(room);
    return NULL;
}

struct batch_job *batch_room_reserve(struct batch_room *room)
{
    struct batch_job *job = memory_allocate_zeroed(1, sizeof *job);
    if (!job)
        return NULL;
    job->room = room;
    job->references = 1;
    pthread_mutex_init(&job->lock, NULL);
    pthread_cond_init(&job->drained, NULL);
    pthread_mutex_lock(&room->lock);
    while (job->slot < BATCH_SLOTS && room->jobs[job->slot])
        job->slot++;
    bool free_slot = job->slot < BATCH_SLOTS && !room->stopping;
    if (free_slot)
        room->jobs[job->slot] = job;
    pthread_mutex_unlock(&room->lock);
    if (free_slot)
        return job;
    memory_free(job);
    return NULL;
}

static void job_free(struct batch_job *job)
{
    served_unref(job->work.served);
    bytes_release(&job->work.lines);
    memory_free(job->work.text);
    bytes_release(&job->pipe);
    gzip_close(job->gzip);
    pthread_cond_destroy(&job->drained);
    pthread_mutex_destroy(&job->lock);
    memory_free(job);
}

void batch_job_unref(struct batch_job *job)
{
    if (!job)
        return;
    struct batch_room *room = job->room;
    pthread_mutex_lock(&room->lock);
    bool last = --job->references == 0;
    if (last)
        room->jobs[job->slot] = NULL;
    pthread_mutex_unlock(&room->lock);
    if (last)
        job_free(job);
}

/* The next line of the body, without CR LF or LF. */
static bool next_line(void *context, struct slice *line, bool *cut)
{
    struct batch_job *job = context;
    struct slice rest = slice_from(bytes_slice(&job->work.lines), job->at);
    if (rest.size == 0)
        return false;
    const char *end = memchr(rest.data, '\n', rest.size);
    size_t size = end ? (size_t)(end - rest.data) : rest.size;
    job->at += size + (end != NULL);
    if (size > 0 && rest.data[size - 1] == '\r')
        size--;
    *cut = size > BATCH_LINE_BYTES;
    *line = (struct slice){rest.data, *cut ? BATCH_LINE_BYTES : size};
    return true;
}

/* Under the job's lock. */
static void wake_reader(struct batch_job *job)
{
    if (!job->suspended)
        return;
    job->suspended = false;
    client_expect(job->client, job->work.read_us);
    MHD_resume_connection(job->connection);
}

/* Under the job's lock: bytes into the pipe, squeezed where gzip was asked for. */
static enum status put(struct batch_job *job, struct slice bytes, enum gzip_flush flush)
{
    if (!job->gzip) {
        bytes_append_slice(&job->pipe, bytes);
        return job->pipe.status;
    }
    job->gathered = flush == GZIP_GATHER;
    return gzip_add(job->gzip, bytes, flush, &job->pipe);
}

/* Whoever waits for more gets all there is; who does not yet, gets better squeezed bytes later. */
static enum status write_answers(void *context, struct slice bytes)
{
    struct batch_job *job = context;
    pthread_mutex_lock(&job->lock);
    while (job->pipe.size - job->taken > BATCH_PIPE_BYTES && !job->cancelled)
        pthread_cond_wait(&job->drained, &job->lock);
    enum status status = STATUS_DEADLINE;
    if (!job->cancelled)
        status = put(job, bytes, job->suspended ? GZIP_SEND : GZIP_GATHER);
    if (status == STATUS_OK && job->pipe.size > job->taken)
        wake_reader(job);
    pthread_mutex_unlock(&job->lock);
    return status;
}

/* Returns whether there was still somebody to tell. */
static bool finish(struct batch_job *job, bool good)
{
    pthread_mutex_lock(&job->lock);
    bool wanted = !job->cancelled;
    if (good && wanted)
        good = put(job, (struct slice){0}, GZIP_END) == STATUS_OK;
    job->ended = true;
    job->failed = !good;
    wake_reader(job);
    pthread_mutex_unlock(&job->lock);
    return wanted;
}

static void run(void *context, size_t worker)
{
    (void)worker;
    struct batch_job *job = context;
    setpriority(PRIO_PROCESS, (id_t)gettid(), NICE);
    struct batch_input input = {job, next_line};
    struct batch_output output = {job, write_answers, NULL};
    struct batch_totals totals = {0};
    struct error error = {0};
    enum status status =
        batch_run(job->work.served->searcher, &job->work.options, &input, &output, &totals, &error);
    atomic_fetch_add(&job->room->metrics->batch_lines, totals.lines);
    atomic_fetch_add(&job->room->metrics->batch_failed_lines, totals.failed);
    if (finish(job, status == STATUS_OK) && status != STATUS_OK)
        log_error("a batch ended at line %llu: %s", (unsigned long long)totals.lines,
                  error.text[0] ? error.text : status_name(status));
    batch_job_unref(job);
}

bool batch_job_start(struct batch_job *job, struct MHD_Connection *connection,
                     struct client *client, struct batch_work *work)
{
    job->work = *work;
    *work = (struct batch_work){0};
    served_ref(job->work.served);
    job->work.options.threads = job->room->threads;
    job->connection = connection;
    job->client = client;
    if (job->work.gzip)
        job->gzip = gzip_open(GZIP_LEVEL);
    pthread_mutex_lock(&job->room->lock);
    job->references++;
    pthread_mutex_unlock(&job->room->lock);
    bool gzipped = job->gzip != NULL;
    pool_submit(job->room->pool, run, job);
    return gzipped;
}

/* Under the job's lock: a reader is there for what was gathered, and the next answer may be long in
 * coming. */
static void send_gathered(struct batch_job *job)
{
    bool empty = job->pipe.size == job->taken;
    if (empty && job->gathered && !job->ended &&
        put(job, (struct slice){0}, GZIP_SEND) != STATUS_OK)
        job->cancelled = true;
}

/* Under the job's lock. */
static size_t take(struct batch_job *job, char *out, size_t most)
{
    size_t n = job->pipe.size - job->taken;
    n = n < most ? n : most;
    memcpy(out, job->pipe.data + job->taken, n);
    job->taken += n;
    if (job->taken == job->pipe.size) {
        bytes_clear(&job->pipe);
        job->taken = 0;
    } else if (job->taken > BATCH_PIPE_BYTES) {
        memmove(job->pipe.data, job->pipe.data + job->taken, job->pipe.size - job->taken);
        job->pipe.size -= job->taken;
        job->taken = 0;
    }
    pthread_cond_signal(&job->drained);
    return n;
}

ssize_t batch_job_read(void *context, uint64_t position, char *out, size_t most)
{
    (void)position;
    struct batch_job *job = context;
    ssize_t got = 0;
    pthread_mutex_lock(&job->lock);
    send_gathered(job);
    if (job->cancelled || (job->ended && job->failed)) {
        got = MHD_CONTENT_READER_END_WITH_ERROR;
    } else if (job->pipe.size > job->taken) {
        client_expect(job->client, job->work.read_us);
        got = (ssize_t)take(job, out, most);
    } else if (job->ended) {
        got = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        client_expect(job->client, 0); /* it is we who are slow */
        job->suspended = true;
        MHD_suspend_connection(job->connection);
    }
    pthread_mutex_unlock(&job->lock);
    return got;
}

static void cancel(struct batch_job *job)
{
    job->cancelled = true;
    wake_reader(job);
    pthread_cond_signal(&job->drained);
}

void batch_job_leave(struct batch_job *job)
{
    pthread_mutex_lock(&job->lock);
    job->suspended = false;
    job->connection = NULL;
    job->client = NULL;
    cancel(job);
    pthread_mutex_unlock(&job->lock);
}

void batch_room_stop(struct batch_room *room)
{
    pthread_mutex_lock(&room->lock);
    room->stopping = true;
    for (size_t i = 0; i < BATCH_SLOTS; i++) {
        if (!room->jobs[i])
            continue;
        pthread_mutex_lock(&room->jobs[i]->lock);
        cancel(room->jobs[i]);
        pthread_mutex_unlock(&room->jobs[i]->lock);
    }
    pthread_mutex_unlock(&room->lock);
}

void batch_room_close(struct batch_room *room)
{
    if (!room)
        return;
    pool_close(room->pool);
    pthread_mutex_destroy(&room->lock);
    memory_free(room);
}
