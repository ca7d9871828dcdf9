#include "search/batch.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/memory.h"
#include "base/pool.h"

enum {
    SLOTS_A_THREAD = 4,
    SLOT_LINES = 8,       /* at most, so that threads wake each other less often than once a line */
    KEPT_BYTES = 1 << 20, /* an answer's memory that a slot keeps for the next one */
};

struct run;

struct slot_line {
    uint64_t number;
    size_t end, answer_end; /* in the slot's text and answers */
    bool cut, failed;
};

/* A few lines and their answers, on their way. They take the slots round and round. */
struct slot {
    struct run *run;
    struct bytes text, answers;
    struct slot_line lines[SLOT_LINES];
    size_t count, answered, out; /* lines: under the run's lock */
    bool started, done;          /* likewise */
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
    atomic_bool ended;       /* the status is bad: nobody takes further answers */
    struct batch_totals *totals;
};

static struct batch_line line_of(const struct slot *slot, size_t i)
{
    const struct slot_line *line = &slot->lines[i];
    size_t start = i ? line[-1].end : 0;
    struct slice text = slice_from(bytes_slice(&slot->text), start);
    text.size = line->end - start;
    return (struct batch_line){text, line->cut, line->number};
}

/* Under the lock. */
static void write_line(struct run *run, const struct slot *slot, size_t i)
{
    const struct batch_output *output = run->output;
    const struct slot_line *line = &slot->lines[i];
    const struct batch_line asked = line_of(slot, i);
    size_t start = i ? line[-1].answer_end : 0;
    struct slice answer = slice_from(bytes_slice(&slot->answers), start);
    answer.size = line->answer_end - start;
    if (run->status == STATUS_OK)
        run->status = output->write(output->context, answer);
    if (run->status == STATUS_OK && output->answered)
        run->status = output->answered(output->context, &asked, line->failed);
    if (run->status == STATUS_OK) {
        run->totals->lines++;
        run->totals->failed += line->failed;
    }
}

/* Those that were answered and are not out yet. Under the lock. */
static void write_answered(struct run *run, struct slot *slot)
{
    if (run->status == STATUS_OK)
        run->status = slot->answers.status;
    for (; slot->out < slot->answered && run->status == STATUS_OK; slot->out++)
        write_line(run, slot, slot->out);
    if (run->status != STATUS_OK)
        atomic_store(&run->ended, true);
}

static struct slot *oldest(struct run *run)
{
    return &run->slots[run->written % run->slot_count];
}

/* An answer of the oldest slot is out before the next line of it is looked at. */
static void finish_line(struct run *run, struct slot *slot)
{
    pthread_mutex_lock(&run->lock);
    slot->answered++;
    if (oldest(run) == slot)
        write_answered(run, slot);
    pthread_mutex_unlock(&run->lock);
}

/* Whoever finishes the oldest slot writes it and all after it that are done. */
static void finish_slot(struct run *run, struct slot *slot)
{
    pthread_mutex_lock(&run->lock);
    slot->done = true;
    for (struct slot *next; (next = oldest(run))->done; run->written++) {
        write_answered(run, next);
        if (next->answers.capacity > KEPT_BYTES)
            bytes_release(&next->answers);
        next->done = false;
    }
    pthread_cond_signal(&run->freed);
    pthread_mutex_unlock(&run->lock);
}

static void answer_slot(void *context, size_t worker)
{
    (void)worker;
    struct slot *slot = context;
    struct run *run = slot->run;
    pthread_mutex_lock(&run->lock);
    slot->started = true; /* from here on no line is added */
    pthread_mutex_unlock(&run->lock);
    bytes_clear(&slot->answers);
    for (size_t i = 0; i < slot->count && !atomic_load(&run->ended); i++) {
        struct slot_line *line = &slot->lines[i];
        const struct batch_line asked = line_of(slot, i);
        line->failed = !batch_answer_line(run->searcher, run->options, &asked, &slot->answers);
        line->answer_end = slot->answers.size;
        finish_line(run, slot);
    }
    finish_slot(run, slot);
}

static void add_line(struct slot *slot, const struct batch_line *given)
{
    struct slot_line *line = &slot->lines[slot->count++];
    *line = (struct slot_line){.number = given->number, .cut = given->cut};
    bytes_append_slice(&slot->text, given->text);
    if (slot->text.status != STATUS_OK)
        line->cut = true; /* its answer is an error, and the line harms no other */
    line->end = slot->text.size;
}

/* Adds to the slot given last, where that still waits for a thread: as long as some may be
 * idle, each line is a slot of its own. Under the lock. */
static bool add_to_last(struct run *run, const struct batch_line *line)
{
    if (run->taken - run->written <= 2 * run->options->threads)
        return false;
    struct slot *last = &run->slots[(run->taken - 1) % run->slot_count];
    if (last->started || last->count == SLOT_LINES || last->text.size >= BATCH_LINE_BYTES)
        return false;
    add_line(last, line);
    return true;
}

/* The next free slot; NULL where the batch has to end. Under the lock. */
static struct slot *take_slot(struct run *run)
{
    while (run->taken - run->written == run->slot_count)
        pthread_cond_wait(&run->freed, &run->lock);
    if (run->status != STATUS_OK)
        return NULL;
    struct slot *slot = &run->slots[run->taken++ % run->slot_count];
    slot->started = false;
    slot->count = slot->answered = slot->out = 0;
    bytes_clear(&slot->text);
    return slot;
}

/* False where the batch has to end. */
static bool give(struct run *run, const struct batch_line *line)
{
    pthread_mutex_lock(&run->lock);
    bool added = add_to_last(run, line);
    struct slot *slot = added ? NULL : take_slot(run);
    if (slot)
        add_line(slot, line);
    pthread_mutex_unlock(&run->lock);
    if (slot)
        pool_submit(run->pool, answer_slot, slot);
    return slot || added;
}

static void give_all(struct run *run, const struct batch_input *input)
{
    struct batch_line line = {.number = 1};
    for (; input->next(input->context, &line.text, &line.cut); line.number++) {
        bool wanted = line.number > run->options->lines_before && batch_line_counts(&line);
        if (wanted && !give(run, &line))
            return;
        line.cut = false;
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
        bytes_release(&run->slots[i].text);
        bytes_release(&run->slots[i].answers);
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
                  run.status == STATUS_NO_MEMORY ? "out of memory"
                                                 : "the answers cannot be written");
    return run.status;
}
