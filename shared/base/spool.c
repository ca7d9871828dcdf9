#include "base/spool.h"

#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/place.h"
#include "base/transfer.h"

enum { BUFFER_BYTES = 64 * 1024 };

struct spool {
    int fd;
    int failure; /* the errno of the first failed write; 0 for none */
    uint64_t flushed;
    uint8_t *buffer; /* NULL before the first append */
    size_t buffered;
    char *path; /* what it lies beside, for messages */
};

static int create_unnamed(const char *path, struct error *error)
{
    static atomic_uint made;
    struct place place;
    char name[NAME_MAX + 1];
    if (place_open(&place, path, error) != STATUS_OK)
        return -1;
    int fd = place_create(&place, atomic_fetch_add(&made, 1) + 1, name);
    if (fd < 0)
        error_set_errno(error, errno, "cannot write a temporary file beside '%s'", path);
    else if (name[0])
        unlinkat(place.folder, name, 0);
    place_close(&place);
    return fd;
}

struct spool *spool_open(const char *beside_path, struct error *error)
{
    struct spool *spool = memory_allocate_zeroed(1, sizeof *spool);
    char *path = memory_allocate(strlen(beside_path) + 1);
    int fd = -1;
    if (!spool || !path)
        error_set(error, STATUS_NO_MEMORY, "cannot write beside '%s': not enough memory",
                  beside_path);
    else
        fd = create_unnamed(beside_path, error);
    if (fd < 0) {
        memory_free(spool);
        memory_free(path);
        return NULL;
    }
    spool->fd = fd;
    spool->path = strcpy(path, beside_path);
    return spool;
}

static enum status sticky(const struct spool *spool)
{
    if (spool->failure == ENOMEM)
        return STATUS_NO_MEMORY;
    return spool->failure ? STATUS_IO : STATUS_OK;
}

static void write_buffer(struct spool *spool)
{
    if (!spool->failure)
        spool->failure = transfer_write(spool->fd, spool->buffer, spool->buffered, spool->flushed);
    spool->flushed += spool->buffered;
    spool->buffered = 0;
}

enum status spool_append(struct spool *spool, const void *data, size_t size)
{
    const uint8_t *from = data;
    if (!spool->buffer && !(spool->buffer = memory_allocate(BUFFER_BYTES)))
        spool->failure = ENOMEM;
    while (size && !spool->failure) {
        size_t room = BUFFER_BYTES - spool->buffered, n = size < room ? size : room;
        memcpy(spool->buffer + spool->buffered, from, n);
        spool->buffered += n;
        from += n;
        size -= n;
        if (spool->buffered == BUFFER_BYTES)
            write_buffer(spool);
    }
    return sticky(spool);
}

enum status spool_flush(struct spool *spool, struct error *error)
{
    write_buffer(spool);
    if (spool->failure == ENOMEM)
        return error_set(error, STATUS_NO_MEMORY, "cannot write beside '%s': not enough memory",
                         spool->path);
    if (spool->failure)
        return error_set_errno(error, spool->failure, "cannot write a temporary file beside '%s'",
                               spool->path);
    return STATUS_OK;
}

uint64_t spool_size(const struct spool *spool)
{
    return spool->flushed + spool->buffered;
}

enum status spool_read(const struct spool *spool, uint64_t offset, void *data, size_t size)
{
    if (spool->failure || size > spool->flushed || offset > spool->flushed - size)
        return STATUS_IO;
    return transfer_read(spool->fd, data, size, offset) == 0 ? STATUS_OK : STATUS_IO;
}

size_t spool_map_bytes(const struct spool *spool)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    return ((size_t)spool_size(spool) + page - 1) / page * page;
}

enum status spool_map(const struct spool *spool, void *at)
{
    if (spool->failure || spool->buffered)
        return STATUS_IO;
    if (spool->flushed == 0)
        return STATUS_OK;
    int flags = MAP_SHARED | MAP_FIXED;
    void *mapped = mmap(at, (size_t)spool->flushed, PROT_READ, flags, spool->fd, 0);
    if (mapped == MAP_FAILED)
        return errno == ENOMEM ? STATUS_NO_MEMORY : STATUS_IO;
    return STATUS_OK;
}

void spool_truncate(struct spool *spool)
{
    if (!spool->failure && ftruncate(spool->fd, 0) != 0)
        spool->failure = errno;
    spool->flushed = 0;
    spool->buffered = 0;
}

void spool_close(struct spool *spool)
{
    if (!spool)
        return;
    close(spool->fd);
    memory_free(spool->buffer);
    memory_free(spool->path);
    memory_free(spool);
}
