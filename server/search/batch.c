#include "search/batch.h"

#include <pthread.h>

#include "base/memory.h"
#include "base/pool.h"

enum {
    SLOTS_A_THREAD = 4,
    KEPT_BYTES = 1 << 20, /* an answer's memory that a slot keeps for the next one */
};

struct run;

/* A line and its answer, on their way. Lines take the slots round and round. */
struct slot {
    struct run *run;
    struct bytes line, answer;
    uint64_t number; /* of the line */
    bool cut, failed;
    bool done; /* under the run's lock */
};

struct run {
    const struct searcher *searcher;
    const struct batch_options *options;
    const struct batch_output *output;
    struct pool *pool;
    struct slot *slots;
    size_t slot_count;
    pthread_mutex_t lock;
    pthread_cond_t freed;
    uint64_t taken, written; /* slots handed out, and those whose answers are out; under the lock */
    enum status status;      /* under the lock */
    struct batch_totals *totals;
};

/* Under the lock. */
static void write_slot(struct run *run, struct slot *slot)
{
    if (run->status == STATUS_OK)
        run->status = slot->answer.status;
    if (run->status == STATUS_OK)
        run->status = run->output->write(run->output->context, bytes_slice(&slot->answer));
    if (run->status == STATUS_OK) {
        run->totals->lines++;
        run->totals->failed += slot->failed;
    }
    if (slot->answer.capacity > KEPT_BYTES)
        bytes_release(&slot->answer);
    slot->done = false;
    run->written++;
}

/* Whoever finishes the oldest slot writes it and all behind it that are done. */
static void finish_slot(struct run *run, struct slot *slot)
{
    pthread_mutex_lock(&run->lock);
    slot->done = true;
    for (struct slot *next; (next = &run->slots[run->written % run->slot_count])->done;)
        write_slot(run, next);
    pthread_cond_signal(&run->freed);
    pthread_mutex_unlock(&run->lock);
}

static void answer_slot(void *context, size_t worker)
{
    (void)worker;
    struct slot *slot = context;
    struct run *run = slot->run;
    bytes_clear(&slot->answer);
    slot->failed = !batch_answer_line(run->searcher, run->options, bytes_slice(&slot->line),
                                      slot->cut, slot->number, &slot->answer);
    finish_slot(run, slot);
}

/* The next free slot; NULL where the batch has to end. */
static struct slot *take_slot(struct run *run)
{
    pthread_mutex_lock(&run->lock);
    while (run->taken - run->written == run->slot_count)
        pthread_cond_wait(&run->freed, &run->lock);
    struct slot *slot =
        run->status == STATUS_OK ? &run->slots[run->taken++ % run->slot_count] : NULL;
    pthread_mutex_unlock(&run->lock);
    return slot;
}

static bool is_blank(struct slice line)
{
    for (size_t i = 0; i < line.size; i++)
        if (line.data[i] != ' ' && line.data[i] != '\t' && line.data[i] != '\r')
            return false;
    return true;
}

/* False where the batch has to end. */
static bool give(struct run *run, struct slice line, bool cut, uint64_t number)
{
    struct slot *slot = take_slot(run);
    if (!slot)
        return false;
    slot->cut = cut;
    slot->number = number;
    bytes_clear(&slot->line);
    bytes_append_slice(&slot->line, line);
    if (slot->line.status != STATUS_OK)
        slot->cut = true; /* its answer is an error, and the line harms no other */
    pool_submit(run->pool, answer_slot, slot);
    return true;
}

static void give_all(struct run *run, const struct batch_input *input)
{
    struct slice line;
    bool cut = false;
    for (uint64_t number = 1; input->next(input->context, &line, &cut); number++) {
        bool wanted = number > run->options->lines_before && (cut || !is_blank(line));
        if (wanted && !give(run, line, cut, number))
            return;
        cut = false;
    }
}

static enum status write_header(const struct batch_options *options,
                                const struct batch_output *output)
{
    struct render_options render = options->render;
    render.line = 1;
    struct bytes header = {0};
    if (!options->lines_before)
        render_header(&header, &render);
    enum status status = header.status;
    if (status == STATUS_OK && header.size)
        status = output->write(output->context, bytes_slice(&header));
    bytes_release(&header);
    return status;
}

static bool open_slots(struct run *run)
{
    run->slot_count = SLOTS_A_THREAD * run->options->threads;
    run->slots = memory_allocate_zeroed(run->slot_count, sizeof *run->slots);
    for (size_t i = 0; run->slots && i < run->slot_count; i++)
        run->slots[i].run = run;
    run->pool = run->slots ? pool_open(run->options->threads) : NULL;
    return run->pool != NULL;
}

static void close_slots(struct run *run)
{
    pool_close(run->pool);
    for (size_t i = 0; run->slots && i < run->slot_count; i++) {
        bytes_release(&run->slots[i].line);
        bytes_release(&run->slots[i].answer);
    }
    memory_free(run->slots);
}

enum status batch_run(const struct searcher *searcher, const struct batch_options *options,
                      const struct batch_input *input, const struct batch_output *output,
                      struct batch_totals *totals, struct error *error)
{
    struct run run = {.searcher = searcher, .options = options, .output = output, .totals = totals};
    *totals = (struct batch_totals){0};
    pthread_mutex_init(&run.lock, NULL);
    pthread_cond_init(&run.freed, NULL);
    if (!open_slots(&run))
        run.status = STATUS_NO_MEMORY;
    else
        run.status = write_header(options, output);
    if (run.status == STATUS_OK)
        give_all(&run, input);
    close_slots(&run);
    pthread_cond_destroy(&run.freed);
    pthread_mutex_destroy(&run.lock);
    if (run.status != STATUS_OK)
        error_set(error, run.status,
                  run.status == STATUS_NO_MEMORY ? "memory ended"
                                                 : "the answers cannot be written");
    return run.status;
}
