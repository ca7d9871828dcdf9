#include "build/gram_chunk.h"

#include <stdatomic.h>

#include "base/memory.h"
#include "base/pool.h"
#include "build/gram_encode.h"
#include "build/gram_follow.h"
#include "build/gram_longer.h"
#include "build/gram_pairs.h"
#include "build/gram_turns.h"
#include "store/grams_write.h"

enum {
    RANGE_SLOTS = 1 << 20, /* what the processor's caches hold the better part of */
    SLOT_BYTES = 16,       /* of memory, for each slot of a range */
    GROUP_HITS = 1 << 19,  /* a piece of work for one thread */
    HIT_BYTES = 64,        /* of memory, for each hit that is being encoded */
    HITS_LEAST = 1 << 12,
    HITS_MOST = 1 << 30,
    MAPPED_SHARE = 8,        /* of the memory, for lists that stay mapped */
    SCAN_SHARE = 2,          /* likewise for ranges */
    ENCODE_SHARE = 2,        /* likewise for hits */
    THREAD_BYTES = 64 << 20, /* what a thread takes at most, its ranges and groups being so large */
    LEAD = 4,                /* groups a thread may be ahead by */
    TEXT_SHARE = 3,          /* eighths of the memory, for the text of all articles */
    BASES_SHARE = 16,        /* of the memory, for what tells ranks in it */
    WORDS_AT_ONCE = 16,      /* that a thread puts into the text */
};

struct making;

struct maker { /* a thread's */
    struct making *making;
    struct spool *spool, *older; /* owned; of this length's runs and chains, and the one before's */
    struct gram_scan scan;
    struct gram_walk walk;
    struct gram_longer longer;
    struct gram_encoder encoder;
};

struct making {
    const struct gram_task *task;
    struct snapshot *snapshot;
    struct grams_writer *writer;
    struct impact_model model;
    struct impact_table table;
    struct gram_words words;
    struct gram_ranges ranges;
    bool whole; /* all articles are held as a text while pairs are made */
    struct gram_text text;
    struct pool *pool; /* NULL where one thread does all */
    struct maker *makers;
    size_t maker_count;

    struct gram_level below, above; /* of the length at hand: its parts, and what it gives */
    struct gram_groups groups;
    struct gram_runs runs;
    struct gram_chains chains, longer_chains;
    struct gram_turns turns;
    atomic_uint next_range, next_word;
    _Atomic int status;
};

static size_t share_of(const struct making *making, size_t share, size_t bytes)
{
    return making->task->memory / share / making->maker_count / bytes;
}

static void fail(struct making *making, enum status status)
{
    int good = STATUS_OK;
    if (status != STATUS_OK)
        atomic_compare_exchange_strong(&making->status, &good, (int)status);
}

static enum status status_of(struct making *making)
{
    return (enum status)atomic_load(&making->status);
}

/* --- From articles to runs ---------------------------------------------------------------------*/

static bool longest(const struct making *making)
{
    return making->below.length + 1 == making->task->rule.words_most;
}

static enum status put_pairs(struct maker *maker, uint32_t range)
{
    struct making *making = maker->making;
    struct gram_run run;
    enum status status = gram_scan_read(&maker->scan, gram_range(&making->ranges, range));
    gram_run_begin(&run, &making->runs, range, maker->spool);
    if (status == STATUS_OK)
        status = gram_pairs_put(&maker->scan, &run);
    gram_run_end(&run);
    gram_chains_begin(&making->longer_chains, range, maker->spool);
    if (status == STATUS_OK && !longest(making))
        status = gram_pairs_text(&maker->scan, maker->spool);
    gram_chains_end(&making->longer_chains, range);
    return status;
}

static enum status put_longer(struct maker *maker, uint32_t range)
{
    struct making *making = maker->making;
    struct gram_run run;
    gram_places_fill(&maker->longer.places, gram_range(&making->ranges, range));
    gram_chains_begin(&making->longer_chains, range, maker->spool);
    enum status status = gram_longer_read(&maker->longer, &making->chains, range,
                                          longest(making) ? NULL : maker->spool);
    gram_chains_end(&making->longer_chains, range);
    gram_run_begin(&run, &making->runs, range, maker->spool);
    if (status == STATUS_OK)
        status = gram_longer_put(&maker->longer, &run);
    gram_run_end(&run);
    return status;
}

static void read_ranges(void *context, size_t worker)
{
    (void)worker;
    struct maker *maker = context;
    struct making *making = maker->making;
    uint32_t range;
    while (status_of(making) == STATUS_OK &&
           (range = atomic_fetch_add(&making->next_range, 1)) < making->ranges.count)
        fail(making,
             making->below.length == 1 ? put_pairs(maker, range) : put_longer(maker, range));
}

/* --- From all articles to the text -------------------------------------------------------------*/

static void put_words(void *context, size_t worker)
{
    (void)worker;
    struct maker *maker = context;
    struct making *making = maker->making;
    uint32_t first, count = making->words.count;
    while (status_of(making) == STATUS_OK &&
           (first = atomic_fetch_add(&making->next_word, WORDS_AT_ONCE)) < count)
        for (uint32_t i = 0; i < WORDS_AT_ONCE && first + i < count; i++)
            fail(making, gram_text_put(&making->text, &maker->walk, first + i + 1));
}

/* --- From runs to lists ------------------------------------------------------------------------*/

static void encode_groups(void *context, size_t worker)
{
    (void)worker;
    struct maker *maker = context;
    struct gram_turns *turns = &maker->making->turns;
    struct gram_lists *lists;
    while ((lists = gram_turns_take(turns)) != NULL)
        gram_turns_give(turns, lists, gram_encode_group(&maker->encoder, lists->group, lists));
}

/* Or from the text. */
static void follow_groups(void *context, size_t worker)
{
    (void)worker;
    struct maker *maker = context;
    struct making *making = maker->making;
    struct gram_follow follow = {
        .text = &making->text,
        .groups = &making->groups,
        .encoder = &maker->encoder,
    };
    struct gram_lists *lists;
    while ((lists = gram_turns_take(&making->turns)) != NULL)
        gram_turns_give(&making->turns, lists, gram_follow_group(&follow, lists->group, lists));
    gram_follow_release(&follow);
}

/* --- One length --------------------------------------------------------------------------------*/

static void all_makers(struct making *making, void (*work)(void *context, size_t worker))
{
    for (size_t i = 0; i < making->maker_count; i++)
        if (making->pool)
            pool_submit(making->pool, work, &making->makers[i]);
        else
            work(&making->makers[i], i);
    if (making->pool)
        pool_wait(making->pool);
}

static enum status open_makers(struct making *making, struct error *error)
{
    bool pairs = making->below.length == 1;
    for (size_t i = 0; i < making->maker_count; i++) {
        struct maker *maker = &making->makers[i];
        enum status status;
        spool_close(maker->older);
        maker->older = maker->spool;
        maker->spool = container_spool(making->task->container, error);
        if (!maker->spool)
            return error->status;
        if (pairs) {
            maker->scan.snapshot = making->snapshot;
            maker->scan.words = &making->words;
            maker->scan.mapped_bytes = share_of(making, MAPPED_SHARE, 1);
            status = gram_scan_open(&maker->scan, &making->task->articles, &making->ranges);
        } else {
            maker->longer.below = &making->below;
            maker->longer.text = making->whole && making->below.length == 2 ? &making->text : NULL;
            maker->longer.word_bytes =
                making->below.length == 2 ? gram_pairs_word_bytes(&making->words) : 0;
            status =
                gram_places_open(&maker->longer.places, &making->task->articles, &making->ranges);
        }
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* What the first half of a length took goes back before the second. */
static void release_readers(struct making *making)
{
    if (making->below.length == 2)
        gram_text_release(&making->text);
    for (size_t i = 0; i < making->maker_count; i++) {
        gram_scan_release(&making->makers[i].scan);
        gram_longer_release(&making->makers[i].longer);
    }
    if (snapshot_chunk_bytes(making->snapshot, CHUNK_POSITIONS) > share_of(making, MAPPED_SHARE, 1))
        snapshot_forget(making->snapshot);
}

static enum status cut_groups(struct making *making)
{
    uint64_t hits = share_of(making, ENCODE_SHARE, HIT_BYTES);
    return gram_groups_cut(&making->groups, &making->below, hits < GROUP_HITS ? hits : GROUP_HITS);
}

static enum status make_text(struct making *making)
{
    struct gram_text *text = &making->text;
    text->snapshot = making->snapshot;
    text->words = &making->words;
    text->articles = &making->task->articles;
    text->mapped_bytes = share_of(making, MAPPED_SHARE, 1);
    enum status status = cut_groups(making);
    if (status == STATUS_OK)
        status = gram_text_open(text);
    if (status == STATUS_OK) {
        all_makers(making, put_words);
        status = status_of(making);
    }
    for (size_t i = 0; i < making->maker_count; i++)
        gram_walk_release(&making->makers[i].walk);
    return status;
}

static enum status make_runs(struct making *making, struct error *error)
{
    enum status status = cut_groups(making);
    if (status == STATUS_OK)
        status =
            gram_runs_open(&making->runs, &making->groups, &making->ranges,
                           making->below.length == 1 ? gram_words_rank_bits(&making->words) : 0);
    if (status == STATUS_OK)
        status = gram_chains_open(&making->longer_chains, making->ranges.count);
    if (status == STATUS_OK)
        status = open_makers(making, error);
    atomic_store(&making->next_range, 0);
    if (status == STATUS_OK) {
        all_makers(making, read_ranges);
        status = status_of(making);
    }
    for (size_t i = 0; i < making->maker_count && status == STATUS_OK; i++)
        status = spool_flush(making->makers[i].spool, error);
    release_readers(making);
    return status;
}

static void set_encoder(struct making *making, struct gram_encoder *encoder)
{
    uint64_t hits = share_of(making, ENCODE_SHARE, HIT_BYTES);
    *encoder = (struct gram_encoder){
        .container = making->task->container,
        .runs = &making->runs,
        .below = &making->below,
        .words = making->below.length == 1 ? &making->words : NULL,
        .model = &making->model,
        .norms = making->task->articles.norms,
        .hits_most = hits < HITS_LEAST  ? HITS_LEAST
                     : hits < HITS_MOST ? hits
                                        : HITS_MOST,
    };
}

static enum status make_lists(struct making *making)
{
    struct gram_turns *turns = &making->turns;
    *turns = (struct gram_turns){
        .writer = making->writer,
        .below = &making->below,
        .above = &making->above,
        .rule = &making->task->rule,
        .group_count = making->groups.count,
        .lead = (uint32_t)making->maker_count * LEAD,
    };
    gram_turns_open(turns);
    for (size_t i = 0; i < making->maker_count; i++)
        set_encoder(making, &making->makers[i].encoder);
    bool from_text = making->whole && making->below.length == 1;
    all_makers(making, from_text ? follow_groups : encode_groups);
    for (size_t i = 0; i < making->maker_count; i++)
        gram_encoder_release(&making->makers[i].encoder);
    gram_turns_close(turns);
    return turns->status;
}

/* The grams of the length become those that the next ones are made of. */
static void step(struct making *making)
{
    gram_runs_release(&making->runs);
    gram_groups_release(&making->groups);
    gram_chains_release(&making->chains);
    making->chains = making->longer_chains;
    making->longer_chains = (struct gram_chains){0};
    gram_level_release(&making->below);
    making->below = making->above;
    making->above = (struct gram_level){0};
}

static enum status make_length(struct making *making, struct error *error)
{
    making->above.length = making->below.length + 1;
    bool from_text = making->whole && making->below.length == 1;
    enum status status = from_text ? make_text(making) : make_runs(making, error);
    if (status == STATUS_OK)
        status = make_lists(making);
    if (status == STATUS_OK)
        status = gram_level_end(&making->above);
    step(making);
    return status;
}

/* --- All lengths -------------------------------------------------------------------------------*/

/* What the text takes where it is held, but for bases; 0 where it is not. */
static size_t text_memory(const struct gram_task *task)
{
    size_t bytes = gram_text_bytes(&task->articles);
    size_t most = task->text_bytes ? task->text_bytes : task->memory / 8 * TEXT_SHARE;
    return bytes <= most ? bytes : 0;
}

static enum status begin_with_words(struct making *making)
{
    struct gram_level *level = &making->below;
    level->length = 1;
    for (uint32_t word = 1; word <= making->words.count; word++) {
        const struct term *term = gram_word_term(&making->words, word);
        gram_level_add(level, &term->number, term->all.cf, 0, 0);
    }
    making->whole = text_memory(making->task) &&
                    gram_text_bases_bytes(&making->words) <= making->task->memory / BASES_SHARE;
    uint64_t slots = share_of(making, SCAN_SHARE, SLOT_BYTES);
    enum status status = gram_ranges_cut(&making->ranges, &making->task->articles,
                                         slots < RANGE_SLOTS ? slots : RANGE_SLOTS,
                                         (uint32_t)1 << gram_words_rank_bits(&making->words));
    if (status == STATUS_OK)
        status = level->terms.status ? level->terms.status : level->cfs.status;
    return status;
}

static enum status open_making(struct making *making, struct error *error)
{
    const struct gram_task *task = making->task;
    making->makers = memory_allocate_zeroed(task->threads, sizeof *making->makers);
    if (!making->makers)
        return STATUS_NO_MEMORY;
    making->maker_count = task->threads;
    for (size_t i = 0; i < task->threads; i++)
        making->makers[i].making = making;
    if (task->threads > 1 && !(making->pool = pool_open(task->threads)))
        return STATUS_NO_MEMORY;
    making->writer = grams_writer_open(task->container, &task->rule, error);
    if (making->writer)
        making->snapshot = snapshot_of_words(task->container, task->settings, error);
    if (!making->snapshot)
        return error->status;
    impact_model_init(&making->model, task->settings);
    making->model.places = task->articles.places;
    impact_table_init(&making->table, &making->model);
    enum status status = gram_words_read(&making->words, making->snapshot, &task->rule,
                                         share_of(making, MAPPED_SHARE, 1));
    return status == STATUS_OK ? begin_with_words(making) : status;
}

static void close_making(struct making *making)
{
    pool_close(making->pool);
    for (size_t i = 0; i < making->maker_count; i++) {
        spool_close(making->makers[i].spool);
        spool_close(making->makers[i].older);
    }
    memory_free(making->makers);
    step(making);
    gram_chains_release(&making->chains);
    gram_level_release(&making->below);
    gram_text_release(&making->text);
    gram_ranges_release(&making->ranges);
    gram_words_release(&making->words);
    snapshot_unref(making->snapshot);
    grams_writer_close(making->writer);
}

size_t gram_chunk_memory(const struct gram_task *task)
{
    size_t half = task->memory / 2, most = task->threads * THREAD_BYTES;
    size_t text = text_memory(task);
    return task->memory / MAPPED_SHARE + (half < most ? half : most) + text +
           (text ? task->memory / BASES_SHARE : 0);
}

enum status gram_chunk_write(const struct gram_task *task, struct error *error)
{
    struct making making = {.task = task};
    enum status status = open_making(&making, error);
    while (status == STATUS_OK && making.below.count && making.below.length < task->rule.words_most)
        status = make_length(&making, error);
    if (status == STATUS_OK)
        status = grams_writer_finish(making.writer);
    close_making(&making);
    if (status != STATUS_OK && error->status == STATUS_OK)
        error_set(error, status, "cannot write runs of words: %s", status_name(status));
    return status;
}
