#include "store/titles_write.h"

#include <string.h>

#include "store/hash_entry.h"
#include "store/titles_read.h"

enum status titles_writer_open(struct titles_writer *writer, struct container_writer *container,
                               struct error *error)
{
    writer->chunk = container_chunk(container, CHUNK_TITLES, error);
    return writer->chunk ? STATUS_OK : error->status;
}

void titles_writer_add(struct titles_writer *writer, uint64_t hash, uint32_t doc)
{
    uint8_t entry[HASH_ENTRY_BYTES];
    hash_entry_write(entry, hash, doc);
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
