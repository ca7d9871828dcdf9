#include "build/compound_chunk.h"

#include "base/memory.h"
#include "build/inverter.h"
#include "build/merge.h"
#include "build/pair_count.h"
#include "build/spellings.h"
#include "build/tally.h"
#include "store/compounds_write.h"
#include "store/lexicon_read.h"
#include "store/snapshot.h"

enum {
    SORT_SHARE = 4,       /* of the memory, for merging pairs, then for their order */
    SORT_MOST = 16 << 20, /* more memory would be more to clear than to fill */
    MAPPED_SHARE = 8,     /* for lists that stay mapped */
    CLOSED_BYTES = 4,     /* of a key that stands for a closed term */
};

struct making {
    const struct class_task *task;
    struct snapshot *snapshot;
    struct lexicon lexicon;
    struct compounds_writer writer;
    struct inverter *inverter; /* from closed terms to the numbers of entries */
    struct pair_counter counter;
    struct bytes pair; /* left, 0, right: of the pair being read; empty before the first */
    size_t left_size;
    uint64_t joined[2]; /* of the pair, by kind */
    uint64_t chained;   /* likewise, in longer chains */
    struct bytes left;  /* the word that left_term is of */
    struct term left_term;
    struct bytes closed;
    uint64_t unforgotten; /* bytes of lists read since the last time */
};

static size_t sort_memory(const struct making *making)
{
    size_t share = making->task->memory / SORT_SHARE;
    return share < SORT_MOST ? share : SORT_MOST;
}

/* --- One pair ----------------------------------------------------------------------------------*/

static enum status find_left(struct making *making, struct slice left)
{
    if (making->left.size && slice_equal(bytes_slice(&making->left), left))
        return STATUS_OK;
    bytes_clear(&making->left);
    bytes_append_slice(&making->left, left);
    if (making->left.status != STATUS_OK)
        return making->left.status;
    return lexicon_find(&making->lexicon, left, &making->left_term);
}

static enum status find_closed(struct making *making, struct slice left, struct slice right,
                               struct term *closed)
{
    bytes_clear(&making->closed);
    bytes_append_slice(&making->closed, left);
    bytes_append_slice(&making->closed, right);
    *closed = (struct term){.number = COMPOUND_NO_TERM};
    if (making->closed.status != STATUS_OK || making->closed.size > KEY_MAX_BYTES)
        return making->closed.status;
    enum status status = lexicon_find(&making->lexicon, bytes_slice(&making->closed), closed);
    if (status == STATUS_NOT_FOUND)
        *closed = (struct term){.number = COMPOUND_NO_TERM};
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status put_entry(struct making *making, const struct compound *compound)
{
    char key[CLOSED_BYTES];
    uint32_t closed = __builtin_bswap32(compound->closed);
    memcpy(key, &closed, sizeof key);
    inverter_article(making->inverter, (uint32_t)making->writer.count);
    inverter_add(making->inverter, slice_of(key, sizeof key));
    compounds_writer_add(&making->writer, compound);
    return STATUS_OK;
}

static void forget_now_and_then(struct making *making, uint64_t read)
{
    making->unforgotten += read;
    if (making->unforgotten < making->task->memory / MAPPED_SHARE)
        return;
    making->unforgotten = 0;
    snapshot_forget(making->snapshot);
}

static enum status count_apart(struct making *making, const struct term *right,
                               const struct compound *compound, uint64_t *apart)
{
    const struct term *left = &making->left_term;
    uint64_t joined = making->joined[0] + making->joined[1] + making->chained, all;
    enum status status = pair_count(&making->counter, making->snapshot, left, right,
                                    joined + compound->joined, &all);
    forget_now_and_then(making, left->all.postings_bytes + right->all.postings_bytes);
    *apart = all > joined ? all - joined : 0;
    return status;
}

/* What was read of a pair is all there is. */
static enum status end_pair(struct making *making)
{
    struct slice pair = bytes_slice(&making->pair), left = slice_of(pair.data, making->left_size);
    struct slice right = slice_from(pair, making->left_size + 1);
    bool apostrophe = making->joined[COMPOUND_APOSTROPHE] > making->joined[COMPOUND_HYPHEN];
    struct compound compound = {.kind = apostrophe ? COMPOUND_APOSTROPHE : COMPOUND_HYPHEN};
    uint64_t joined = making->joined[compound.kind], apart;
    struct term closed, right_term;
    if (joined == 0 || !compound_rule_words(compound.kind, left, right))
        return STATUS_OK;
    enum status status = find_closed(making, left, right, &closed);
    if (status != STATUS_OK || !compound_rule_closed(compound.kind, joined, closed.all.cf))
        return status;
    status = find_left(making, left);
    if (status == STATUS_OK)
        status = lexicon_find(&making->lexicon, right, &right_term);
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_IO : status; /* not what was counted */
    if (!compound_rule_often(joined, making->left_term.all.df, right_term.all.df))
        return STATUS_OK;
    compound.joined = joined < UINT32_MAX ? (uint32_t)joined : UINT32_MAX;
    status = count_apart(making, &right_term, &compound, &apart);
    if (status != STATUS_OK || !compound_rule_joined(compound.joined, apart))
        return status;
    compound.left = making->left_term.number;
    compound.right = right_term.number;
    compound.closed = closed.number;
    compound.apart = (uint32_t)apart;
    return put_entry(making, &compound);
}

/* --- All pairs ---------------------------------------------------------------------------------*/

static bool is_pair(const struct making *making, const struct spelling_key *key)
{
    struct slice pair = bytes_slice(&making->pair);
    return pair.size == key->first.size + 1 + key->second.size &&
           making->left_size == key->first.size &&
           memcmp(pair.data, key->first.data, key->first.size) == 0 &&
           slice_equal(slice_from(pair, key->first.size + 1), key->second);
}

static enum status begin_pair(struct making *making, const struct spelling_key *key)
{
    enum status status = making->pair.size ? end_pair(making) : STATUS_OK;
    bytes_clear(&making->pair);
    bytes_append_slice(&making->pair, key->first);
    bytes_put_u8(&making->pair, 0);
    bytes_append_slice(&making->pair, key->second);
    making->left_size = key->first.size;
    making->joined[0] = making->joined[1] = making->chained = 0;
    return status == STATUS_OK ? making->pair.status : status;
}

static enum status take_pair(void *context, struct run_reader *const *readers, size_t count)
{
    struct making *making = context;
    struct spelling_key key;
    uint64_t sum;
    enum status status = tally_count(readers, count, &sum);
    if (status == STATUS_OK)
        status = spelling_key_read(run_reader_key(readers[0]), &key);
    if (status != STATUS_OK || key.kind != SPELLING_JOINED)
        return status;
    if (!is_pair(making, &key))
        status = begin_pair(making, &key);
    if (key.how == SPELLING_CHAIN)
        making->chained += sum;
    else
        making->joined[key.how == JOINT_APOSTROPHE ? COMPOUND_APOSTROPHE : COMPOUND_HYPHEN] += sum;
    return status;
}

static enum status read_pairs(struct making *making, struct error *error)
{
    struct merge_sink sink = {making, take_pair};
    struct bytes runs = {0};
    bytes_append_slice(&runs, bytes_slice(making->task->spellings));
    enum status status = runs.status;
    if (status == STATUS_OK)
        status = merge_runs(&runs, making->task->memory / SORT_SHARE, making->task->beside, &sink,
                            NULL, error);
    if (status == STATUS_OK && making->pair.size)
        status = end_pair(making);
    bytes_release(&runs);
    return status;
}

/* --- Their order by closed term ----------------------------------------------------------------*/

static enum status take_closed(void *context, struct run_reader *const *readers, size_t count)
{
    struct making *making = context;
    struct run_frame frame;
    uint32_t positions[RUN_FRAME];
    for (size_t i = 0; i < count; i++)
        while (run_reader_part(readers[i]))
            while (run_reader_frame(readers[i], &frame)) {
                for (uint32_t j = 0; j < frame.count; j++)
                    compounds_writer_closed(&making->writer, frame.docs[j]);
                while (run_reader_values(readers[i], positions))
                    ;
            }
    return chunk_status(making->writer.chunk);
}

static enum status write_order(struct making *making, struct error *error)
{
    struct merge_sink sink = {making, take_closed};
    struct bytes runs = {0};
    enum status status = inverter_end(making->inverter);
    if (status == STATUS_OK)
        status = inverter_finish(making->inverter, error);
    bytes_append_slice(&runs, bytes_slice(inverter_runs(making->inverter)));
    if (status == STATUS_OK)
        status = runs.status;
    if (status == STATUS_OK)
        status = merge_runs(&runs, making->task->memory / SORT_SHARE, making->task->beside, &sink,
                            NULL, error);
    bytes_release(&runs);
    return status;
}

static enum status open_making(struct making *making, struct error *error)
{
    const struct class_task *task = making->task;
    enum status status = compounds_writer_open(&making->writer, task->container, error);
    if (status == STATUS_OK)
        making->snapshot = snapshot_of_words(task->container, task->settings, error);
    if (making->snapshot)
        making->inverter =
            inverter_open(sort_memory(making), container_spool(task->container, error), error);
    if (!making->inverter)
        return error->status;
    inverter_begin(making->inverter, 0);
    return lexicon_open(&making->lexicon, making->snapshot);
}

enum status compound_chunk_write(const struct class_task *task, struct error *error)
{
    struct making *making = memory_allocate_zeroed(1, sizeof *making);
    if (!making)
        return error_set(error, STATUS_NO_MEMORY, "out of memory for compounds");
    making->task = task;
    enum status status = open_making(making, error);
    if (status == STATUS_OK)
        status = read_pairs(making, error);
    if (status == STATUS_OK)
        status = write_order(making, error);
    if (status == STATUS_OK)
        status = compounds_writer_finish(&making->writer);
    inverter_close(making->inverter);
    pair_counter_release(&making->counter);
    snapshot_unref(making->snapshot);
    bytes_release(&making->pair);
    bytes_release(&making->left);
    bytes_release(&making->closed);
    memory_free(making);
    if (status != STATUS_OK && error->status == STATUS_OK)
        error_set(error, status, "cannot write compounds: %s", status_name(status));
    return status;
}
