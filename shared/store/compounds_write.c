#include "store/compounds_write.h"

#include "base/endian.h"

enum status compounds_writer_open(struct compounds_writer *writer,
                                  struct container_writer *container, struct error *error)
{
    writer->chunk = container_chunk(container, CHUNK_COMPOUNDS, error);
    return writer->chunk ? STATUS_OK : error->status;
}

void compounds_writer_add(struct compounds_writer *writer, const struct compound *compound)
{
    const uint32_t numbers[] = {compound->left,   compound->right, compound->closed,
                                compound->joined, compound->apart, compound->kind};
    uint8_t entry[COMPOUNDS_ENTRY_BYTES];
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        store_le32(entry + 4 * i, numbers[i]);
    chunk_append(writer->chunk, entry, sizeof entry);
    writer->count++;
}

void compounds_writer_closed(struct compounds_writer *writer, uint32_t number)
{
    uint8_t bytes[COMPOUNDS_NUMBER_BYTES];
    store_le32(bytes, number);
    chunk_append(writer->chunk, bytes, sizeof bytes);
}

enum status compounds_writer_finish(struct compounds_writer *writer)
{
    uint8_t count[COMPOUNDS_FOOTER_BYTES];
    store_le64(count, writer->count);
    chunk_append(writer->chunk, count, sizeof count);
    return writer->count > UINT32_MAX ? STATUS_LIMIT : chunk_status(writer->chunk);
}
