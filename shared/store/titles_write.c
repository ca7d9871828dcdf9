#include "store/titles_write.h"

#include <string.h>

#include "base/endian.h"
#include "store/titles_read.h"

enum status titles_writer_open(struct titles_writer *writer, struct container_writer *container,
                               struct error *error)
{
    writer->chunk = container_chunk(container, CHUNK_TITLES, error);
    return writer->chunk ? STATUS_OK : error->status;
}

void titles_writer_add(struct titles_writer *writer, uint64_t hash, uint32_t doc)
{
    uint8_t entry[TITLE_ENTRY_BYTES];
    store_le64(entry, hash);
    store_le32(entry + TITLE_ENTRY_DOC, doc);
    chunk_append(writer->chunk, entry, sizeof entry);
}

enum status titles_writer_finish(struct titles_writer *writer, const char *code)
{
    char footer[TITLES_FOOTER_BYTES] = {0};
    size_t size = strnlen(code, sizeof footer - 1);
    memcpy(footer, code, size);
    chunk_append(writer->chunk, footer, sizeof footer);
    return chunk_status(writer->chunk);
}
