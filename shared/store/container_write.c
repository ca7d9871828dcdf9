#include "store/container_write.h"

#include <stdbool.h>
#include <string.h>

#include "base/memory.h"
#include "base/spool.h"
#include "store/container_lay.h"
#include "store/spool_copy.h"

struct chunk_writer {
    struct spool *spool; /* NULL: absent */
    bool on_disk;
    enum status status;
};

struct container_writer {
    char *beside;
    struct spool_memory *memory; /* borrowed */
    struct chunk_writer chunks[CHUNK_COUNT];
    struct container_lay *lay; /* owned; NULL before container_begin */
    int laid;                  /* the chunk that is laid next */
};

struct container_writer *container_writer_open(const char *beside, struct spool_memory *memory,
                                               struct error *error)
{
    struct container_writer *writer = memory_allocate_zeroed(1, sizeof *writer);
    char *copy = memory_allocate(strlen(beside) + 1);
    if (!writer || !copy) {
        memory_free(writer);
        memory_free(copy);
        error_set(error, STATUS_NO_MEMORY, "cannot write '%s': out of memory", beside);
        return NULL;
    }
    writer->beside = strcpy(copy, beside);
    writer->memory = memory;
    return writer;
}

struct spool *container_spool(struct container_writer *writer, struct error *error)
{
    return spool_open(writer->beside, writer->memory, error);
}

struct chunk_writer *container_chunk(struct container_writer *writer, enum chunk_id id,
                                     struct error *error)
{
    struct chunk_writer *chunk = &writer->chunks[id];
    if (!chunk->spool)
        chunk->spool = spool_open(writer->beside, chunk->on_disk ? NULL : writer->memory, error);
    return chunk->spool ? chunk : NULL;
}

void container_keep_on_disk(struct container_writer *writer, enum chunk_id id)
{
    writer->chunks[id].on_disk = true;
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

void chunk_pad(struct chunk_writer *chunk)
{
    static const uint8_t zeros[8];
    uint64_t size = chunk_size(chunk);
    chunk_append(chunk, zeros, (size_t)(chunk_padded(size) - size));
}

uint64_t chunk_size(const struct chunk_writer *chunk)
{
    return spool_size(chunk->spool);
}

enum status chunk_status(const struct chunk_writer *chunk)
{
    return chunk->status;
}

enum status container_map(struct container_writer *writer, enum chunk_id id, struct slice *data,
                          struct error *error)
{
    static const uint8_t nothing[1];
    struct spool *spool = writer->chunks[id].spool;
    const uint8_t *at = NULL;
    *data = (struct slice){0};
    if (!spool)
        return STATUS_OK;
    enum status status = spool_flush(spool, error);
    if (status == STATUS_OK)
        status = spool_map(spool, &at);
    *data = slice_of(at ? at : nothing, at ? (size_t)spool_size(spool) : 0);
    if (status != STATUS_OK)
        error_set(error, status, "cannot read again what goes to '%s': %s", writer->beside,
                  status_name(status));
    return status;
}

void container_forget(const struct container_writer *writer, enum chunk_id id)
{
    spool_forget(writer->chunks[id].spool);
}

static void take_part(void *context, const void *data, size_t size)
{
    container_lay_bytes(context, data, size);
}

enum status container_begin(struct container_writer *writer, enum chunk_id behind,
                            struct file_output *out, struct error *error)
{
    enum status status = STATUS_OK;
    if (!writer->lay && !(writer->lay = container_lay_open(out)))
        return error_set(error, STATUS_NO_MEMORY, "cannot write '%s': out of memory",
                         writer->beside);
    for (; writer->laid < (int)behind && status == STATUS_OK; writer->laid++) {
        struct spool *spool = writer->chunks[writer->laid].spool;
        if (!spool)
            continue;
        container_lay_begin(writer->lay, (enum chunk_id)writer->laid);
        status = spool_copy(spool, take_part, writer->lay, error);
    }
    if (status == STATUS_OK)
        file_output_begin_sync(out);
    return status;
}

enum status container_finish(struct container_writer *writer, struct file_output *out,
                             struct error *error)
{
    enum status status = container_begin(writer, CHUNK_COUNT, out, error);
    if (status == STATUS_OK)
        status = container_lay_finish(writer->lay);
    if (status == STATUS_OK)
        file_output_begin_sync(out);
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
    container_lay_close(writer->lay);
    memory_free(writer->beside);
    memory_free(writer);
}
