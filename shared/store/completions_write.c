#include "store/completions_write.h"

#include <stdbool.h>

#include "base/bytes.h"
#include "base/endian.h"
#include "base/memory.h"
#include "codec/varint_put.h"
#include "store/spool_copy.h"

struct completions_writer {
    struct chunk_writer *chunk;   /* borrowed */
    struct spool *offsets, *best; /* of the table at hand */
    enum completion_kind kind;    /* the table at hand; COMPLETION_KINDS behind them */
    uint64_t begin;               /* where its blocks begin */
    uint64_t entries;             /* of it */
    uint32_t block_best;
    uint64_t block_bytes[COMPLETION_KINDS], counts[COMPLETION_KINDS], word_blocks;
    struct bytes last, entry; /* the text before, and what is put together */
    enum status status;
};

struct completions_writer *completions_writer_open(struct container_writer *container,
                                                   struct error *error)
{
    struct completions_writer *writer = memory_allocate_zeroed(1, sizeof *writer);
    if (!writer) {
        error_set(error, STATUS_NO_MEMORY, "cannot write completions: out of memory");
        return NULL;
    }
    writer->chunk = container_chunk(container, CHUNK_COMPLETIONS, error);
    if (writer->chunk)
        writer->offsets = container_spool(container, error);
    if (writer->offsets)
        writer->best = container_spool(container, error);
    if (writer->best)
        return writer;
    completions_writer_close(writer);
    return NULL;
}

static void note(struct completions_writer *writer, enum status status)
{
    if (writer->status == STATUS_OK)
        writer->status = status;
}

static void end_block(struct completions_writer *writer)
{
    uint8_t best[COMPLETIONS_BEST_BYTES];
    store_le32(best, writer->block_best);
    note(writer, spool_append(writer->best, best, sizeof best));
    writer->block_best = 0;
}

static void begin_block(struct completions_writer *writer)
{
    uint8_t offset[COMPLETIONS_OFFSET_BYTES];
    store_le64(offset, chunk_size(writer->chunk) - writer->begin);
    note(writer, spool_append(writer->offsets, offset, sizeof offset));
    bytes_clear(&writer->last);
}

static void take(void *context, const void *data, size_t size)
{
    struct completions_writer *writer = context;
    chunk_append(writer->chunk, data, size);
}

static void copy(struct completions_writer *writer, struct spool *spool)
{
    struct error error = {0};
    note(writer, spool_copy(spool, take, writer, &error));
    spool_truncate(spool);
}

/* What is begun is phrases, then titles, then blocks of words. */
static void end_table(struct completions_writer *writer)
{
    if (writer->entries % COMPLETIONS_BLOCK)
        end_block(writer);
    writer->block_bytes[writer->kind] = chunk_size(writer->chunk) - writer->begin;
    writer->counts[writer->kind] = writer->entries;
    chunk_pad(writer->chunk);
    copy(writer, writer->offsets);
    copy(writer, writer->best);
    chunk_pad(writer->chunk);
    writer->kind++;
    writer->begin = chunk_size(writer->chunk);
    writer->entries = 0;
}

static void begin_entry(struct completions_writer *writer, enum completion_kind kind,
                        struct slice text, uint32_t weight)
{
    size_t shared = 0;
    while (writer->kind < kind)
        end_table(writer);
    if (writer->entries % COMPLETIONS_BLOCK == 0)
        begin_block(writer);
    while (shared < text.size && shared < writer->last.size &&
           (uint8_t)text.data[shared] == writer->last.data[shared])
        shared++;
    bytes_clear(&writer->entry);
    varint_put(&writer->entry, shared);
    varint_put(&writer->entry, text.size - shared);
    bytes_append_slice(&writer->entry, slice_from(text, shared));
    varint_put(&writer->entry, weight);
    bytes_clear(&writer->last);
    bytes_append_slice(&writer->last, text);
    if (weight > writer->block_best)
        writer->block_best = weight;
}

static void end_entry(struct completions_writer *writer)
{
    chunk_append(writer->chunk, writer->entry.data, writer->entry.size);
    note(writer, writer->entry.status);
    note(writer, writer->last.status);
    if (++writer->entries % COMPLETIONS_BLOCK == 0)
        end_block(writer);
}

void completions_writer_phrase(struct completions_writer *writer, struct slice text,
                               uint32_t articles, struct slice shown)
{
    begin_entry(writer, COMPLETION_PHRASES, text, articles);
    varint_put(&writer->entry, shown.size);
    bytes_append_slice(&writer->entry, shown);
    end_entry(writer);
}

void completions_writer_title(struct completions_writer *writer, struct slice text,
                              uint32_t articles, bool whole, uint32_t doc)
{
    begin_entry(writer, COMPLETION_TITLES, text, 2 * articles + whole);
    varint_put(&writer->entry, doc);
    end_entry(writer);
}

void completions_writer_words(struct completions_writer *writer, uint32_t best)
{
    uint8_t bytes[COMPLETIONS_BEST_BYTES];
    while (writer->kind < COMPLETION_KINDS)
        end_table(writer);
    store_le32(bytes, best);
    chunk_append(writer->chunk, bytes, sizeof bytes);
    writer->word_blocks++;
}

enum status completions_writer_finish(struct completions_writer *writer)
{
    uint8_t footer[COMPLETIONS_FOOTER_BYTES];
    while (writer->kind < COMPLETION_KINDS)
        end_table(writer);
    chunk_pad(writer->chunk);
    for (int kind = 0; kind < COMPLETION_KINDS; kind++) {
        store_le64(footer + 16 * kind, writer->block_bytes[kind]);
        store_le64(footer + 16 * kind + 8, writer->counts[kind]);
    }
    store_le64(footer + 32, writer->word_blocks);
    chunk_append(writer->chunk, footer, sizeof footer);
    note(writer, chunk_status(writer->chunk));
    return writer->status;
}

void completions_writer_close(struct completions_writer *writer)
{
    if (!writer)
        return;
    spool_close(writer->offsets);
    spool_close(writer->best);
    bytes_release(&writer->last);
    bytes_release(&writer->entry);
    memory_free(writer);
}
