#include "build/reorder.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "base/endian.h"
#include "base/memory.h"
#include "base/pool.h"
#include "build/ids.h"
#include "build/reorder_gather.h"
#include "build/reorder_select.h"
#include "build/stage.h"

/* What a thread is worth in memory, and the share of the budget for sorting ids. */
enum { THREAD_BYTES = 16 << 20, IDS_SHARE = 4 };

struct reorder {
    struct builder_options options; /* borrows what they borrow */
    const char *beside;             /* borrowed */
    size_t memory, threads;
    struct gather *gather;
    struct id_collector *ids;
    uint32_t articles;
    struct bytes record;
    struct bytes source; /* u32: which articles stay; empty: all */
    struct bytes order;  /* u32: by new number, the place among those that stay */
};

static size_t thread_count(size_t wanted, size_t memory)
{
    size_t threads = wanted ? wanted : pool_processors(), most = memory / THREAD_BYTES;
    threads = threads < most ? threads : most;
    return threads < BUILDER_THREADS_MOST ? threads : BUILDER_THREADS_MOST;
}

struct reorder *reorder_open(const struct builder_options *options, const char *beside,
                             struct error *error)
{
    struct reorder *reorder = memory_allocate_zeroed(1, sizeof *reorder);
    if (!reorder) {
        error_set(error, STATUS_NO_MEMORY, "out of memory for a build");
        return NULL;
    }
    reorder->options = *options;
    reorder->beside = beside;
    reorder->memory = builder_memory(options);
    reorder->threads = thread_count(options->threads, reorder->memory);
    reorder->ids = id_collector_open(beside, error);
    if (reorder->ids)
        reorder->gather = gather_open(reorder->memory, reorder->threads, beside, error);
    if (!reorder->gather) {
        reorder_close(reorder);
        return NULL;
    }
    return reorder;
}

enum status reorder_add(struct reorder *reorder, const struct fields *fields, struct slice body,
                        struct error *error)
{
    bytes_clear(&reorder->record);
    fields_write(fields, &reorder->record);
    enum status status = reorder->record.status;
    if (status == STATUS_OK)
        status = gather_add(reorder->gather, bytes_slice(&reorder->record), body);
    if (status == STATUS_OK)
        status = id_collector_add(reorder->ids, fields->id);
    reorder->articles++;
    if (status != STATUS_OK)
        error_set(error, status, "cannot take more articles: %s", status_name(status));
    return status;
}

uint32_t reorder_articles(const struct reorder *reorder)
{
    return reorder->articles;
}

void reorder_close(struct reorder *reorder)
{
    if (!reorder)
        return;
    gather_close(reorder->gather);
    id_collector_close(reorder->ids);
    bytes_release(&reorder->record);
    bytes_release(&reorder->source);
    bytes_release(&reorder->order);
    memory_free(reorder);
}

/* --- The order ---------------------------------------------------------------------------------*/

static const uint32_t *numbers(const struct bytes *bytes)
{
    return bytes->size ? (const uint32_t *)(const void *)bytes->data : NULL;
}

static uint32_t staying(const struct reorder *reorder)
{
    return reorder->source.size ? (uint32_t)(reorder->source.size / sizeof(uint32_t))
                                : reorder->articles;
}

static enum status order_stretch(struct reorder *reorder, const struct stretch *stretch,
                                 struct bisect_record *records, uint32_t *places)
{
    enum status status = reorder_select(reorder->gather, stretch, records);
    for (uint32_t i = 0; i < stretch->count; i++)
        places[i] = i;
    if (status == STATUS_OK)
        status = bisect(records, places, stretch->count, reorder->threads);
    for (uint32_t i = 0; i < stretch->count; i++)
        places[i] += stretch->first;
    if (status == STATUS_OK)
        bytes_append(&reorder->order, places, stretch->count * sizeof *places);
    return status == STATUS_OK ? reorder->order.status : status;
}

static enum status find_order(struct reorder *reorder, struct error *error)
{
    uint32_t all = staying(reorder), most = all < BISECT_ARTICLES ? all : BISECT_ARTICLES;
    struct bisect_record *records = memory_allocate_large(((size_t)most + 1) * sizeof *records);
    uint32_t *places = memory_allocate(((size_t)most + 1) * sizeof *places);
    enum status status = records && places ? STATUS_OK : STATUS_NO_MEMORY;
    for (uint32_t first = 0; first < all && status == STATUS_OK; first += most) {
        uint32_t left = all - first;
        struct stretch stretch = {numbers(&reorder->source), first, left < most ? left : most};
        status = order_stretch(reorder, &stretch, records, places);
    }
    memory_free(records);
    memory_free(places);
    if (status != STATUS_OK)
        error_set(error, status, "cannot put articles in order: %s", status_name(status));
    return status;
}

/* --- In that order -----------------------------------------------------------------------------*/

/* What is read for one article after the other. */
struct copying {
    struct bytes data;
    struct arena arena;
};

static enum status copy_article(const struct reorder *reorder, uint32_t place,
                                struct copying *copying, struct stage *stage, struct error *error)
{
    const uint32_t *source = numbers(&reorder->source);
    struct slice record, body;
    struct fields fields;
    arena_release(&copying->arena);
    enum status status = gather_read(reorder->gather, source ? source[place] : place,
                                     &copying->data, &record, &body);
    if (status == STATUS_OK)
        status = fields_read(record, &copying->arena, &fields);
    if (status == STATUS_OK)
        status = stage_add(stage, &fields, body, error);
    return status;
}

static enum status copy_all(const struct reorder *reorder, struct stage *stage, struct error *error)
{
    struct chunk_writer *chunk = container_chunk(stage_container(stage), CHUNK_ORDER, error);
    const uint32_t *order = numbers(&reorder->order);
    struct copying copying = {0};
    enum status status = chunk ? STATUS_OK : error->status;
    for (uint32_t i = 0, all = staying(reorder); i < all && status == STATUS_OK; i++) {
        uint8_t place[4];
        store_le32(place, order[i]);
        chunk_append(chunk, place, sizeof place);
        status = copy_article(reorder, order[i], &copying, stage, error);
    }
    bytes_release(&copying.data);
    arena_release(&copying.arena);
    if (status == STATUS_OK)
        status = chunk_status(chunk);
    if (status != STATUS_OK)
        error_set(error, status, "cannot read articles again: %s", status_name(status));
    return status;
}

struct stage *reorder_stage(struct reorder *reorder, struct error *error)
{
    if (gather_finish(reorder->gather, error) != STATUS_OK ||
        id_collector_order(reorder->ids, reorder->memory / IDS_SHARE, &reorder->source, error) !=
            STATUS_OK ||
        find_order(reorder, error) != STATUS_OK)
        return NULL;
    struct stage *stage = stage_open(&reorder->options, reorder->beside, error);
    if (stage && copy_all(reorder, stage, error) != STATUS_OK) {
        stage_close(stage);
        return NULL;
    }
    if (stage)
        stage_set_places(stage, &reorder->order);
    return stage;
}
