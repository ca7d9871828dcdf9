#include "store/container_lay.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "base/bytes.h"
#include "base/endian.h"
#include "base/hash.h"
#include "base/memory.h"
#include "store/container.h"

struct container_lay {
    struct file_output *out;
    uint64_t offset;   /* in the file, of the next byte */
    struct bytes tail; /* the sums so far; at the end the table behind them */
    struct bytes table;
    uint64_t chunk_start;
    int chunk; /* the one being laid; -1 before the first */
    uint32_t chunk_count;
    uint64_t required; /* features */
    enum status status;
    uint8_t page[CONTAINER_PAGE_BYTES]; /* what offset is in, as far as it is laid */
};

struct container_lay *container_lay_open(struct file_output *out)
{
    struct container_lay *lay = memory_allocate(sizeof *lay);
    if (!lay)
        return NULL;
    memset(lay, 0, sizeof *lay);
    lay->out = out;
    lay->chunk = -1;
    lay->offset = CONTAINER_HEADER_BYTES; /* zeros now, the header at the end */
    return lay;
}

/* Sums and writes the page up to the offset. */
static void end_page(struct container_lay *lay, const uint8_t *page)
{
    size_t size = (lay->offset - 1) % CONTAINER_PAGE_BYTES + 1;
    size_t from = lay->offset <= CONTAINER_PAGE_BYTES ? CONTAINER_HEADER_BYTES : 0;
    bytes_put_le64(&lay->tail, hash_bytes(page + from, size - from));
    if (lay->status == STATUS_OK)
        lay->status = file_output_write(lay->out, page, size);
}

void container_lay_bytes(struct container_lay *lay, const void *data, size_t size)
{
    const uint8_t *from = data;
    while (size) {
        size_t at = lay->offset % CONTAINER_PAGE_BYTES, room = CONTAINER_PAGE_BYTES - at;
        size_t n = size < room ? size : room;
        bool whole = n == CONTAINER_PAGE_BYTES; /* needs no copy */
        if (!whole)
            memcpy(lay->page + at, from, n);
        lay->offset += n;
        if (n == room)
            end_page(lay, whole ? from : lay->page);
        from += n;
        size -= n;
    }
}

static void end_chunk(struct container_lay *lay)
{
    static const uint8_t zeros[CONTAINER_ALIGNMENT];
    if (lay->chunk < 0)
        return;
    char name[CONTAINER_NAME_BYTES] = {0};
    const char *spelled = chunk_names[lay->chunk];
    memcpy(name, spelled, strlen(spelled));
    bytes_append(&lay->table, name, sizeof name);
    bytes_put_le64(&lay->table, lay->chunk_start);
    bytes_put_le64(&lay->table, lay->offset - lay->chunk_start);
    lay->chunk_count++;
    container_lay_bytes(lay, zeros, (size_t)(container_align(lay->offset) - lay->offset));
}

void container_lay_begin(struct container_lay *lay, enum chunk_id id)
{
    assert(lay->chunk < (int)id);
    end_chunk(lay);
    lay->chunk = (int)id;
    lay->required |= id == CHUNK_ORDER ? CONTAINER_REORDERED : 0;
    lay->required |= id == CHUNK_TEXT ? CONTAINER_LEADS : 0;
    lay->chunk_start = lay->offset;
}

static void write_header(struct container_lay *lay, uint64_t sums, uint64_t table)
{
    uint8_t header[CONTAINER_HEADER_BYTES] = {0};
    memcpy(header, CONTAINER_MAGIC, 8);
    store_le32(header + HEADER_VERSION, CONTAINER_VERSION);
    store_le32(header + HEADER_PAGE_LOG2, CONTAINER_PAGE_LOG2);
    store_le64(header + HEADER_REQUIRED, lay->required);
    store_le64(header + HEADER_FILE_BYTES, sums + lay->tail.size);
    store_le64(header + HEADER_SUMS, sums);
    store_le64(header + HEADER_PAGE_COUNT, (table - sums) / CONTAINER_SUM_BYTES);
    store_le64(header + HEADER_TABLE, table);
    store_le32(header + HEADER_CHUNK_COUNT, lay->chunk_count);
    store_le64(header + HEADER_TABLE_SUM, hash_bytes(lay->tail.data, lay->tail.size));
    store_le64(header + HEADER_SUM, hash_bytes(header, HEADER_SUM));
    lay->status = file_output_write_at(lay->out, 0, header, sizeof header);
}

enum status container_lay_finish(struct container_lay *lay)
{
    end_chunk(lay);
    if (lay->offset % CONTAINER_PAGE_BYTES)
        end_page(lay, lay->page);
    uint64_t table = lay->offset + lay->tail.size;
    bytes_append(&lay->tail, lay->table.data, lay->table.size);
    if (lay->tail.status != STATUS_OK || lay->table.status != STATUS_OK)
        lay->status = STATUS_NO_MEMORY;
    if (lay->status == STATUS_OK)
        lay->status = file_output_write(lay->out, lay->tail.data, lay->tail.size);
    if (lay->status == STATUS_OK)
        write_header(lay, lay->offset, table);
    return lay->status;
}

void container_lay_close(struct container_lay *lay)
{
    if (!lay)
        return;
    bytes_release(&lay->tail);
    bytes_release(&lay->table);
    memory_free(lay);
}
