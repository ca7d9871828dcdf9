/* Lays packed batches one behind the other into the chunks "fields" and "text". */
#include "store/documents_write.h"

#include "base/endian.h"
#include "base/memory.h"
#include "base/spool.h"
#include "store/document_layout.h"
#include "store/settings.h"
#include "store/spool_copy.h"

struct document_writer {
    struct chunk_writer *fields, *text;       /* borrowed; text is NULL where none is stored */
    struct spool *field_blocks, *text_blocks; /* the directories */
    uint64_t article_count;
    enum status status;
};

struct document_writer *document_writer_open(struct container_writer *container, bool with_text,
                                             struct error *error)
{
    struct document_writer *writer = memory_allocate_zeroed(1, sizeof *writer);
    if (!writer) {
        error_set(error, STATUS_NO_MEMORY, "cannot write the articles: out of memory");
        return NULL;
    }
    writer->fields = container_chunk(container, CHUNK_FIELDS, error);
    writer->field_blocks = writer->fields ? container_spool(container, error) : NULL;
    if (!writer->field_blocks)
        goto failed;
    if (!with_text)
        return writer;
    writer->text = container_chunk(container, CHUNK_TEXT, error);
    writer->text_blocks = writer->text ? container_spool(container, error) : NULL;
    if (writer->text_blocks)
        return writer;
failed:
    document_writer_close(writer);
    return NULL;
}

/* Entries count from the start of their batch: from here on, from the start of the file. */
static void append_entries(struct document_writer *writer, struct spool *spool,
                           const struct bytes *entries, size_t entry_bytes, uint64_t base)
{
    uint8_t entry[TEXT_ENTRY_BYTES];
    for (size_t at = 0; at < entries->size; at += entry_bytes) {
        memcpy(entry, entries->data + at, entry_bytes);
        store_le64(entry + ENTRY_OFFSET, load_le64(entry + ENTRY_OFFSET) + base);
        store_le32(entry + ENTRY_ARTICLE,
                   load_le32(entry + ENTRY_ARTICLE) + (uint32_t)writer->article_count);
        if (writer->status == STATUS_OK)
            writer->status = spool_append(spool, entry, entry_bytes);
    }
}

enum status document_writer_append(struct document_writer *writer,
                                   const struct packed_documents *packed)
{
    if (writer->article_count + packed->article_count > STORE_MAX_ARTICLES)
        writer->status = STATUS_LIMIT;
    if (writer->status != STATUS_OK)
        return writer->status;
    append_entries(writer, writer->field_blocks, &packed->field_blocks, FIELD_ENTRY_BYTES,
                   chunk_size(writer->fields));
    chunk_append(writer->fields, packed->fields.data, packed->fields.size);
    if (writer->text) {
        append_entries(writer, writer->text_blocks, &packed->text_blocks, TEXT_ENTRY_BYTES,
                       chunk_size(writer->text));
        chunk_append(writer->text, packed->text.data, packed->text.size);
    }
    writer->article_count += packed->article_count;
    return writer->status;
}

static void take_part(void *context, const void *data, size_t size)
{
    chunk_append(context, data, size);
}

static enum status finish_chunk(struct chunk_writer *chunk, struct spool *directory,
                                size_t entry_bytes)
{
    uint8_t footer[DOCUMENT_FOOTER_BYTES] = {0};
    struct error error = {0};
    uint64_t blocks = spool_size(directory) / entry_bytes;
    if (blocks > UINT32_MAX)
        return STATUS_LIMIT;
    store_le64(footer, chunk_size(chunk));
    store_le32(footer + 8, (uint32_t)blocks);
    chunk_pad(chunk);
    spool_copy(directory, take_part, chunk, &error);
    chunk_append(chunk, footer, sizeof footer);
    return error.status != STATUS_OK ? error.status : chunk_status(chunk);
}

enum status document_writer_finish(struct document_writer *writer)
{
    if (writer->status == STATUS_OK)
        writer->status = finish_chunk(writer->fields, writer->field_blocks, FIELD_ENTRY_BYTES);
    if (writer->status == STATUS_OK && writer->text)
        writer->status = finish_chunk(writer->text, writer->text_blocks, TEXT_ENTRY_BYTES);
    return writer->status;
}

void document_writer_close(struct document_writer *writer)
{
    if (!writer)
        return;
    spool_close(writer->field_blocks);
    spool_close(writer->text_blocks);
    memory_free(writer);
}
