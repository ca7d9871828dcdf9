#include "store/list_write.h"

#include <assert.h>
#include <string.h>

#include "codec/rice.h"
#include "store/list_block.h"

void list_writer_begin(struct list_writer *list)
{
    list->df = list->count = list->base = list->value_count = 0;
    list->cf = list->starts_at = list->postings_bytes = list->positions_bytes = 0;
    list_sides_begin(&list->sides);
    bytes_clear(&list->lengths);
    bytes_clear(&list->bases);
}

/* A 32-bit number of a side array; lists over what it holds are over a limit. */
static void put_side(struct list_writer *list, struct bytes *side, uint64_t value)
{
    if (value > UINT32_MAX)
        list->status = STATUS_LIMIT;
    bytes_put_le32(side, (uint32_t)value);
    if (side->status != STATUS_OK)
        list->status = side->status;
}

static void add_sides(struct list_writer *list)
{
    const struct list_sides_block block = {list->docs, list->tfs, list->title_tfs, list->count};
    list_sides_articles(&list->sides, list->model, list->norms, &block);
    list_sides_block(&list->sides, list->docs[list->count - 1], list->postings_bytes,
                     list->starts_at);
}

static void flush_articles(struct list_writer *list, bool only)
{
    uint8_t block[LIST_BLOCK_MOST_BYTES];
    if (!only)
        add_sides(list);
    for (uint32_t i = 0; i < list->count; i++)
        list->starts_at += list->tfs[i];
    uint8_t *end = list_block_encode(list->docs, list->tfs, list->count, list->base, block);
    sink_append(&list->postings, block, (size_t)(end - block));
    list->postings_bytes += (size_t)(end - block);
    list->base = list->docs[list->count - 1] + 1;
    list->count = 0;
}

static uint32_t at_most(uint32_t count, uint32_t room)
{
    return count < room ? count : room;
}

void list_writer_articles(struct list_writer *list, const uint32_t *docs, const uint32_t *tfs,
                          const uint32_t *title_tfs, uint32_t count)
{
    list->df += count;
    for (uint32_t at = 0, n; at < count; at += n) {
        assert(tfs[at] > 0 && docs[at] >= list->base);
        if (list->count == LIST_BLOCK)
            flush_articles(list, false);
        n = at_most(count - at, LIST_BLOCK - list->count);
        memcpy(list->docs + list->count, docs + at, n * sizeof *docs);
        memcpy(list->tfs + list->count, tfs + at, n * sizeof *tfs);
        if (title_tfs)
            memcpy(list->title_tfs + list->count, title_tfs + at, n * sizeof *title_tfs);
        else
            memset(list->title_tfs + list->count, 0, n * sizeof *list->title_tfs);
        for (uint32_t i = 0; i < n; i++)
            list->cf += tfs[at + i];
        list->count += n;
    }
}

void list_writer_more(struct list_writer *list, uint32_t tf, uint32_t title_tf)
{
    assert(list->count > 0);
    list->tfs[list->count - 1] += tf;
    list->title_tfs[list->count - 1] += title_tf;
    list->cf += tf;
}

static void flush_positions(struct list_writer *list)
{
    uint8_t block[RICE_MOST_BYTES];
    size_t size = (size_t)(rice_encode(list->values, list->value_count, block) - block);
    if (list->lengths.size / POSITION_LENGTH_BYTES % POSITION_GROUP == 0)
        put_side(list, &list->bases, list->positions_bytes);
    bytes_put_le16(&list->lengths, (uint16_t)size);
    sink_append(&list->positions, block, size);
    list->positions_bytes += size;
    list->value_count = 0;
}

void list_writer_values(struct list_writer *list, const uint32_t *values, uint32_t count)
{
    for (uint32_t at = 0, n; at < count; at += n) {
        if (list->value_count == LIST_BLOCK)
            flush_positions(list);
        n = at_most(count - at, LIST_BLOCK - list->value_count);
        memcpy(list->values + list->value_count, values + at, n * sizeof *values);
        list->value_count += n;
    }
}

static void append_side(struct list_writer *list, const struct bytes *side)
{
    sink_append(&list->postings, side->data, side->size);
    list->postings_bytes += side->size;
}

static void end_postings(struct list_writer *list)
{
    struct list_sides *sides = &list->sides;
    bool only = list->df <= LIST_BLOCK;
    flush_articles(list, only);
    if (only)
        return;
    if (list_sides_end(sides, list->df, list->model->articles) != STATUS_OK)
        list->status = sides->status;
    append_side(list, &sides->last);
    append_side(list, &sides->offsets);
    append_side(list, &sides->starts);
    append_side(list, &sides->bounds);
}

static void end_positions(struct list_writer *list)
{
    flush_positions(list);
    if (list->lengths.status != STATUS_OK)
        list->status = list->lengths.status;
    if (list->lengths.size <= POSITION_LENGTH_BYTES)
        return;
    sink_append(&list->positions, list->lengths.data, list->lengths.size);
    sink_append(&list->positions, list->bases.data, list->bases.size);
    list->positions_bytes += list->lengths.size + list->bases.size;
}

void list_writer_end(struct list_writer *list, bool inline_one_article, struct term_list *out)
{
    bool one = inline_one_article && list->df == 1;
    if (list->cf > UINT32_MAX)
        list->status = STATUS_LIMIT;
    if (list->df && !one)
        end_postings(list);
    if (list->df && !(one && list->cf <= TERM_INLINE_POSITIONS))
        end_positions(list);
    out->df = list->df;
    out->cf = list->cf;
    out->postings_bytes = list->postings_bytes;
    out->positions_bytes = list->positions_bytes;
}

enum status list_writer_status(const struct list_writer *list)
{
    if (list->postings.status != STATUS_OK)
        return list->postings.status;
    return list->positions.status != STATUS_OK ? list->positions.status : list->status;
}

void list_writer_release(struct list_writer *list)
{
    sink_release(&list->postings);
    sink_release(&list->positions);
    list_sides_release(&list->sides);
    bytes_release(&list->lengths);
    bytes_release(&list->bases);
}
