#include "store/lexicon_write.h"

#include <assert.h>

#include "base/bytes.h"
#include "base/endian.h"
#include "base/memory.h"
#include "base/spool.h"
#include "codec/varint_put.h"
#include "store/key.h"
#include "store/lexicon_layout.h"
#include "store/spool_copy.h"

struct lexicon_writer {
    struct chunk_writer *chunk; /* borrowed */
    struct spool *keys, *offsets;
    uint64_t term_count;
    struct bytes previous, entry;
    enum status status; /* sticky: the bytes are cleared again and again */
};

struct lexicon_writer *lexicon_writer_open(struct container_writer *container, struct error *error)
{
    struct lexicon_writer *writer = memory_allocate_zeroed(1, sizeof *writer);
    if (!writer) {
        error_set(error, STATUS_NO_MEMORY, "cannot write the lexicon: out of memory");
        return NULL;
    }
    writer->chunk = container_chunk(container, CHUNK_LEXICON, error);
    if (writer->chunk)
        writer->keys = container_spool(container, error);
    if (writer->keys)
        writer->offsets = container_spool(container, error);
    if (writer->offsets)
        return writer;
    lexicon_writer_close(writer);
    return NULL;
}

static void begin_block(struct lexicon_writer *writer, struct slice key, const struct term *term)
{
    uint8_t number[8];
    store_le64(number, lexicon_key_number(key));
    spool_append(writer->keys, number, sizeof number);
    store_le64(number, chunk_size(writer->chunk));
    spool_append(writer->offsets, number, sizeof number);
    bytes_clear(&writer->previous);
    varint_put(&writer->entry, term->all.postings_offset);
    varint_put(&writer->entry, term->all.positions_offset);
}

static size_t shared_bytes(struct slice a, struct slice b)
{
    size_t n = a.size < b.size ? a.size : b.size, shared = 0;
    while (shared < n && a.data[shared] == b.data[shared])
        shared++;
    return shared;
}

static void put_one_article(struct bytes *entry, const struct term *term)
{
    varint_put(entry, term->doc);
    varint_put(entry, term->all.cf);
    if (!term->is_inline) {
        varint_put(entry, term->all.positions_bytes);
        return;
    }
    for (uint64_t i = 0; i < term->all.cf; i++)
        varint_put(entry, i ? term->positions[i] - term->positions[i - 1] - 1 : term->positions[0]);
}

static void put_list(struct bytes *entry, const struct term_list *list)
{
    varint_put(entry, list->cf - list->df);
    varint_put(entry, list->postings_bytes);
    varint_put(entry, list->positions_bytes);
}

void lexicon_writer_add(struct lexicon_writer *writer, struct slice key, const struct term *term)
{
    struct slice previous = bytes_slice(&writer->previous);
    assert(key.size <= KEY_MAX_BYTES);
    assert(writer->term_count == 0 || writer->status != STATUS_OK ||
           slice_compare(previous, key) < 0);
    bytes_clear(&writer->entry);
    if (writer->term_count++ % LEXICON_BLOCK == 0) {
        begin_block(writer, key, term);
        previous.size = 0;
    }
    size_t shared = shared_bytes(previous, key);
    varint_put(&writer->entry, shared);
    varint_put(&writer->entry, key.size - shared);
    bytes_append_slice(&writer->entry, slice_from(key, shared));
    varint_put(&writer->entry, (uint64_t)term->all.df << 1 | (term->titles.df > 0));
    if (term->one_article)
        put_one_article(&writer->entry, term);
    else
        put_list(&writer->entry, &term->all);
    if (term->titles.df) {
        varint_put(&writer->entry, term->titles.df);
        put_list(&writer->entry, &term->titles);
    }
    chunk_append(writer->chunk, writer->entry.data, writer->entry.size);
    bytes_clear(&writer->previous);
    bytes_append_slice(&writer->previous, key);
    if (writer->entry.status != STATUS_OK || writer->previous.status != STATUS_OK)
        writer->status = STATUS_NO_MEMORY;
}

static void take_part(void *context, const void *data, size_t size)
{
    chunk_append(context, data, size);
}

static void put_footer(struct lexicon_writer *writer, uint64_t data_bytes)
{
    uint8_t footer[LEXICON_FOOTER_BYTES];
    store_le64(footer, writer->term_count);
    store_le64(footer + 8, data_bytes);
    store_le32(footer + 16, (uint32_t)((writer->term_count + LEXICON_BLOCK - 1) / LEXICON_BLOCK));
    store_le32(footer + 20, LEXICON_BLOCK);
    chunk_append(writer->chunk, footer, sizeof footer);
}

enum status lexicon_writer_finish(struct lexicon_writer *writer)
{
    struct error error = {0};
    uint64_t data_bytes = chunk_size(writer->chunk);
    if (writer->status != STATUS_OK)
        return writer->status;
    if (writer->term_count > UINT32_MAX)
        return STATUS_LIMIT;
    chunk_pad(writer->chunk);
    spool_copy(writer->keys, take_part, writer->chunk, &error);
    spool_copy(writer->offsets, take_part, writer->chunk, &error);
    put_footer(writer, data_bytes);
    return error.status != STATUS_OK ? error.status : chunk_status(writer->chunk);
}

void lexicon_writer_close(struct lexicon_writer *writer)
{
    if (!writer)
        return;
    spool_close(writer->keys);
    spool_close(writer->offsets);
    bytes_release(&writer->previous);
    bytes_release(&writer->entry);
    memory_free(writer);
}
