#include "build/tally.h"

#include "base/memory.h"
#include "build/term_table.h"
#include "codec/varint.h"

struct tally {
    struct term_table keys;
    struct term_entry *scratch; /* for putting them in order */
    struct spool *spool;
    struct run_writer writer;
    struct bytes runs;
    uint32_t part;
    enum status status;
};

static void free_memory(struct tally *tally)
{
    term_table_release(&tally->keys);
    memory_free(tally->scratch);
    run_writer_release(&tally->writer);
    tally->scratch = NULL;
}

struct tally *tally_open(size_t memory, struct spool *spool, struct error *error)
{
    struct tally *tally = spool ? memory_allocate_zeroed(1, sizeof *tally) : NULL;
    if (!tally) {
        spool_close(spool);
        if (spool)
            error_set(error, STATUS_NO_MEMORY, "out of memory for counting spellings");
        return NULL;
    }
    tally->spool = spool;
    if (term_table_init(&tally->keys, memory / 4 * 3))
        tally->scratch = memory_allocate_large(tally->keys.capacity * sizeof *tally->scratch);
    if (tally->scratch)
        return tally;
    error_set(error, STATUS_NO_MEMORY, "out of memory for counting spellings");
    tally_close(tally);
    return NULL;
}

static void spill(struct tally *tally)
{
    uint8_t number[VARINT_MOST_BYTES];
    struct term_table *keys = &tally->keys;
    if (keys->count == 0 || tally->status != STATUS_OK)
        return;
    term_table_sort(keys, tally->scratch);
    run_writer_begin(&tally->writer, tally->spool);
    for (uint32_t i = 0; i < keys->count; i++) {
        const struct term_slot *slot = term_table_sorted(keys, i);
        size_t size = (size_t)(varint_write(number, slot->count) - number);
        run_writer_put(&tally->writer, slice_of(keys->text + slot->text, slot->size),
                       slice_of(number, size));
    }
    struct run run = run_writer_end(&tally->writer, 0, tally->part++);
    bytes_append(&tally->runs, &run, sizeof run);
    tally->status = tally->writer.status ? tally->writer.status : tally->runs.status;
    term_table_clear(keys);
}

void tally_add(struct tally *tally, struct slice key)
{
    if (term_table_add(&tally->keys, key) != TERM_TABLE_NONE)
        return;
    spill(tally);
    if (tally->status == STATUS_OK)
        term_table_add(&tally->keys, key);
}

enum status tally_status(const struct tally *tally)
{
    return tally->status;
}

enum status tally_finish(struct tally *tally, struct error *error)
{
    spill(tally);
    free_memory(tally);
    enum status status = spool_flush(tally->spool, error);
    return status ? status : tally->status;
}

const struct bytes *tally_runs(const struct tally *tally)
{
    return &tally->runs;
}

void tally_close(struct tally *tally)
{
    if (!tally)
        return;
    free_memory(tally);
    spool_close(tally->spool);
    bytes_release(&tally->runs);
    memory_free(tally);
}

static enum status add_up(struct bytes *numbers, uint64_t *sum)
{
    const uint8_t *at = numbers->data, *end = at + numbers->size;
    uint64_t number = 0;
    while (at && at < end && (at = varint_read(at, end, &number)) != NULL)
        *sum += number;
    return at ? STATUS_OK : STATUS_IO;
}

enum status tally_count(struct run_reader *const *readers, size_t count, uint64_t *sum)
{
    struct bytes numbers = {0};
    enum status status = STATUS_OK;
    *sum = 0;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        bytes_clear(&numbers);
        while (run_reader_raw(readers[i], VARINT_MOST_BYTES, &numbers))
            ;
        status = numbers.status ? numbers.status : readers[i]->status;
        if (status == STATUS_OK)
            status = add_up(&numbers, sum);
    }
    bytes_release(&numbers);
    return status;
}
