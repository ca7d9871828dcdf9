#include "store/container_write.h"

#include <assert.h>
#include <string.h>
#include <unistd.h>

#include "base/endian.h"
#include "base/file_mapping.h"
#include "base/memory.h"
#include "base/spool.h"
#include "store/container.h"
#include "store/container_lay.h"
#include "store/spool_copy.h"

struct chunk_writer {
    struct spool *spool; /* NULL: absent */
    enum status status;
};

struct container_writer {
    char *beside;
    struct chunk_writer chunks[CHUNK_COUNT];
};

struct container_writer *container_writer_open(const char *beside, struct error *error)
{
    struct container_writer *writer = memory_allocate_zeroed(1, sizeof *writer);
    char *copy = memory_allocate(strlen(beside) + 1);
    if (!writer || !copy) {
        memory_free(writer);
        memory_free(copy);
        error_set(error, STATUS_NO_MEMORY, "cannot write '%s': not enough memory", beside);
        return NULL;
    }
    writer->beside = strcpy(copy, beside);
    return writer;
}

struct spool *container_spool(struct container_writer *writer, struct error *error)
{
    return spool_open(writer->beside, error);
}

struct chunk_writer *container_chunk(struct container_writer *writer, enum chunk_id id,
                                     struct error *error)
{
    struct chunk_writer *chunk = &writer->chunks[id];
    if (!chunk->spool)
        chunk->spool = spool_open(writer->beside, error);
    return chunk->spool ? chunk : NULL;
}

void container_drop(struct container_writer *writer, enum chunk_id id)
{
    spool_close(writer->chunks[id].spool);
    writer->chunks[id] = (struct chunk_writer){0};
}

void chunk_append(struct chunk_writer *chunk, const void *data, size_t size)
{
    if (size && chunk->status == STATUS_OK)
        chunk->status = spool_append(chunk->spool, data, size);
}

uint64_t chunk_size(const struct chunk_writer *chunk)
{
    return spool_size(chunk->spool);
}

enum status chunk_status(const struct chunk_writer *chunk)
{
    return chunk->status;
}

enum status container_map(struct container_writer *writer, const enum chunk_id *ids, size_t count,
                          struct file_mapping *map, struct chunk_place *places, struct error *error)
{
    size_t size = (size_t)sysconf(_SC_PAGESIZE); /* no chunk lies at 0 */
    enum status status = STATUS_OK;
    for (size_t i = 0; i < count; i++) {
        const struct spool *spool = writer->chunks[ids[i]].spool;
        if (!spool)
            continue;
        places[ids[i]] = (struct chunk_place){size, spool_size(spool)};
        size += spool_map_bytes(spool);
    }
    status = file_mapping_reserve(map, size);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct spool *spool = writer->chunks[ids[i]].spool;
        if (spool && spool_flush(spool, error) != STATUS_OK)
            return error->status;
        if (spool)
            status = spool_map(spool, (uint8_t *)(uintptr_t)map->data + places[ids[i]].offset);
    }
    if (status != STATUS_OK)
        error_set(error, status, "cannot read again what goes to '%s': %s", writer->beside,
                  status_name(status));
    return status;
}

static void take_part(void *context, const void *data, size_t size)
{
    container_lay_bytes(context, data, size);
}

enum status container_finish(struct container_writer *writer, struct file_output *out,
                             struct error *error)
{
    struct container_lay *lay = container_lay_open(out);
    if (!lay)
        return error_set(error, STATUS_NO_MEMORY, "cannot write '%s': not enough memory",
                         writer->beside);
    enum status status = STATUS_OK;
    for (int id = 0; id < CHUNK_COUNT && status == STATUS_OK; id++) {
        if (!writer->chunks[id].spool)
            continue;
        container_lay_begin(lay, (enum chunk_id)id);
        status = spool_copy(writer->chunks[id].spool, take_part, lay, error);
    }
    if (status == STATUS_OK)
        status = container_lay_finish(lay);
    container_lay_close(lay);
    if (status != STATUS_OK)
        error_set(error, status, "cannot write '%s': %s", writer->beside, status_name(status));
    return status;
}

void container_writer_close(struct container_writer *writer)
{
    if (!writer)
        return;
    for (int id = 0; id < CHUNK_COUNT; id++)
        spool_close(writer->chunks[id].spool);
    memory_free(writer->beside);
    memory_free(writer);
}
