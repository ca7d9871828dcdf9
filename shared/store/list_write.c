#include "store/list_write.h"

#include <assert.h>

#include "codec/doc_block.h"
#include "codec/pfor.h"

void list_writer_begin(struct list_writer *list)
{
    list->df = list->count = list->base = list->value_count = 0;
    list->cf = list->starts_at = list->postings_bytes = list->positions_bytes = 0;
    list->best.count = 0;
    bytes_clear(&list->last);
    bytes_clear(&list->offsets);
    bytes_clear(&list->starts);
    bytes_clear(&list->bounds);
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

static void add_bound(struct list_writer *list)
{
    double most = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        double impact =
            impact_of(list->model, list->tfs[i], list->title_tfs[i], list->norms[list->docs[i]]);
        most = impact > most ? impact : most;
        best_impacts_add(&list->best, impact_floor(impact));
    }
    bytes_put_le16(&list->bounds, impact_ceiling(most));
}

static void add_sides(struct list_writer *list)
{
    put_side(list, &list->last, list->docs[list->count - 1]);
    put_side(list, &list->offsets, list->postings_bytes);
    put_side(list, &list->starts, list->starts_at);
    add_bound(list);
}

static void flush_articles(struct list_writer *list, bool only)
{
    uint8_t block[DOC_BLOCK_MOST_BYTES + PFOR_MOST_BYTES], *end;
    uint32_t less_one[LIST_BLOCK];
    uint64_t occurrences = 0;
    if (!only)
        add_sides(list);
    for (uint32_t i = 0; i < list->count; i++) {
        less_one[i] = list->tfs[i] - 1;
        occurrences += list->tfs[i];
    }
    end = doc_block_encode(list->docs, list->count, list->base, block);
    end = pfor_encode(less_one, list->count, end);
    sink_append(&list->postings, block, (size_t)(end - block));
    list->postings_bytes += (size_t)(end - block);
    list->base = list->docs[list->count - 1] + 1;
    list->starts_at += occurrences;
    list->count = 0;
}

void list_writer_article(struct list_writer *list, uint32_t doc, uint32_t tf, uint32_t title_tf)
{
    assert(tf > 0 && title_tf <= tf && doc >= list->base);
    if (list->count == LIST_BLOCK)
        flush_articles(list, false);
    list->docs[list->count] = doc;
    list->tfs[list->count] = tf;
    list->title_tfs[list->count++] = title_tf;
    list->df++;
    list->cf += tf;
}

static void flush_positions(struct list_writer *list)
{
    uint8_t block[PFOR_MOST_BYTES];
    size_t size = (size_t)(pfor_encode(list->values, list->value_count, block) - block);
    if (list->lengths.size / POSITION_LENGTH_BYTES % POSITION_GROUP == 0)
        put_side(list, &list->bases, list->positions_bytes);
    bytes_put_le16(&list->lengths, (uint16_t)size);
    sink_append(&list->positions, block, size);
    list->positions_bytes += size;
    list->value_count = 0;
}

void list_writer_position(struct list_writer *list, uint32_t value)
{
    if (list->value_count == LIST_BLOCK)
        flush_positions(list);
    list->values[list->value_count++] = value;
}

static void append_postings(struct list_writer *list, const struct bytes *part)
{
    if (part->status != STATUS_OK)
        list->status = part->status;
    sink_append(&list->postings, part->data, part->size);
    list->postings_bytes += part->size;
}

static void end_postings(struct list_writer *list)
{
    static const uint16_t ks[] = {10, 100, LIST_BEST_MOST};
    bool only = list->df <= LIST_BLOCK;
    flush_articles(list, only);
    if (only)
        return;
    best_impacts_sort(&list->best);
    for (uint32_t i = 0; i < list_best_count(list->df); i++)
        bytes_put_le16(&list->bounds, list->best.heap[ks[i] - 1]);
    append_postings(list, &list->last);
    append_postings(list, &list->offsets);
    append_postings(list, &list->starts);
    append_postings(list, &list->bounds);
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
    bytes_release(&list->last);
    bytes_release(&list->offsets);
    bytes_release(&list->starts);
    bytes_release(&list->bounds);
    bytes_release(&list->lengths);
    bytes_release(&list->bases);
}
