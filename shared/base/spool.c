#include "base/spool.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/place.h"
#include "base/spool_memory.h"
#include "base/transfer.h"

enum {
    BUFFER_BYTES = 64 * 1024,
    HELD_LEAST = 64 * 1024, /* memory is taken so much at a time, then as much as is held already */
    HELD_MOST = 2 << 20,    /* likewise, at most */
};

struct spool {
    int fd;
    int failure;                 /* the errno of the first failed write; 0 for none */
    struct spool_memory *memory; /* borrowed; NULL: no more is taken */
    struct spool_memory *lender; /* borrowed; what is held goes back to it */
    uint8_t *space;              /* owned; address space: what is held, then maybe the file */
    size_t space_bytes;
    size_t held, room; /* bytes in memory, of those taken */
    uint64_t mapped;   /* bytes of the file mapped after what is held */
    uint64_t flushed;  /* bytes in the file */
    uint8_t *buffer;   /* NULL before the first append to the file */
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

struct spool *spool_open(const char *beside_path, struct spool_memory *memory, struct error *error)
{
    struct spool *spool = memory_allocate_zeroed(1, sizeof *spool);
    char *path = memory_allocate(strlen(beside_path) + 1);
    int fd = -1;
    if (!spool || !path)
        error_set(error, STATUS_NO_MEMORY, "cannot write beside '%s': out of memory", beside_path);
    else
        fd = create_unnamed(beside_path, error);
    if (fd < 0) {
        memory_free(spool);
        memory_free(path);
        return NULL;
    }
    spool->fd = fd;
    spool->memory = spool->lender = memory;
    spool->path = strcpy(path, beside_path);
    return spool;
}

/* --- Memory ------------------------------------------------------------------------------------*/

/* Rooms are whole pages, so that the file can be mapped after them. */
static bool take_room(struct spool *spool)
{
    size_t more = spool->room < HELD_LEAST ? HELD_LEAST : spool->room;
    if (more > HELD_MOST)
        more = HELD_MOST;
    if (!spool->space) {
        spool->space_bytes = spool->lender->spool_most / HELD_LEAST * HELD_LEAST;
        spool->space = spool->space_bytes ? memory_reserve(spool->space_bytes) : NULL;
    }
    if (!spool->space || more > spool->space_bytes - spool->room ||
        !spool_memory_take(spool->lender, more))
        return false;
    spool->room += more;
    return true;
}

/* Holds what there is room for, and returns how much that is. */
static size_t hold(struct spool *spool, const uint8_t *data, size_t size)
{
    while (spool->memory && spool->room - spool->held < size)
        if (!take_room(spool))
            spool->memory = NULL;
    size_t room = spool->room - spool->held, n = size < room ? size : room;
    if (n)
        memcpy(spool->space + spool->held, data, n);
    spool->held += n;
    return n;
}

static void release_memory(struct spool *spool)
{
    if (spool->space)
        memory_unreserve(spool->space, spool->space_bytes);
    if (spool->room)
        spool_memory_give(spool->lender, spool->room);
    spool->space = NULL;
    spool->mapped = 0;
    spool->space_bytes = spool->held = spool->room = 0;
}

/* --- The file ----------------------------------------------------------------------------------*/

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

static void append_to_file(struct spool *spool, const uint8_t *from, size_t size)
{
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
}

enum status spool_append(struct spool *spool, const void *data, size_t size)
{
    size_t held = hold(spool, data, size);
    if (held < size)
        append_to_file(spool, (const uint8_t *)data + held, size - held);
    return sticky(spool);
}

enum status spool_flush(struct spool *spool, struct error *error)
{
    if (spool->buffered)
        write_buffer(spool);
    if (spool->failure == ENOMEM)
        return error_set(error, STATUS_NO_MEMORY, "cannot write beside '%s': out of memory",
                         spool->path);
    if (spool->failure)
        return error_set_errno(error, spool->failure, "cannot write a temporary file beside '%s'",
                               spool->path);
    return STATUS_OK;
}

uint64_t spool_size(const struct spool *spool)
{
    return spool->held + spool->flushed + spool->buffered;
}

uint64_t spool_held_size(const struct spool *spool)
{
    return spool->held;
}

const uint8_t *spool_held(const struct spool *spool, uint64_t offset, size_t size)
{
    bool held = size <= spool->held && offset <= spool->held - size;
    return held ? spool->space + offset : NULL;
}

enum status spool_read(const struct spool *spool, uint64_t offset, void *data, size_t size)
{
    uint64_t all = spool->held + spool->flushed;
    if (spool->failure || size > all || offset > all - size)
        return STATUS_IO;
    size_t held = offset < spool->held ? spool->held - (size_t)offset : 0;
    size_t n = size < held ? size : held;
    if (n)
        memcpy(data, spool->space + offset, n);
    if (n == size)
        return STATUS_OK;
    return transfer_read(spool->fd, (uint8_t *)data + n, size - n, offset + n - spool->held) == 0
               ? STATUS_OK
               : STATUS_IO;
}

/* Moves what is held to where the file has room after it. */
static enum status move(struct spool *spool, size_t bytes)
{
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, fixed = MREMAP_MAYMOVE | MREMAP_FIXED;
    void *space = mmap(NULL, bytes, PROT_NONE, flags, -1, 0), *moved = space;
    if (space == MAP_FAILED)
        return STATUS_NO_MEMORY;
    if (spool->held)
        moved = mremap(spool->space, spool->held, spool->held, fixed, space);
    if (moved == MAP_FAILED) {
        munmap(space, bytes);
        return STATUS_NO_MEMORY;
    }
    if (spool->space)
        memory_unreserve(spool->space, spool->space_bytes);
    spool->space = space;
    spool->space_bytes = bytes;
    return STATUS_OK;
}

enum status spool_map(struct spool *spool, const uint8_t **data)
{
    enum status status = spool->failure || spool->buffered ? STATUS_IO : STATUS_OK;
    if (status == STATUS_OK && spool->flushed != spool->mapped) {
        status = move(spool, spool->held + (size_t)spool->flushed);
        void *at = spool->space + spool->held;
        if (status == STATUS_OK && mmap(at, (size_t)spool->flushed, PROT_READ,
                                        MAP_SHARED | MAP_FIXED, spool->fd, 0) == MAP_FAILED)
            status = errno == ENOMEM ? STATUS_NO_MEMORY : STATUS_IO;
        spool->mapped = status == STATUS_OK ? spool->flushed : 0;
    }
    *data = status == STATUS_OK ? spool->space : NULL;
    return status;
}

void spool_forget(const struct spool *spool)
{
    if (spool->mapped)
        madvise(spool->space + spool->held, (size_t)spool->mapped, MADV_DONTNEED);
}

void spool_truncate(struct spool *spool)
{
    if (spool->flushed)
        release_memory(spool); /* the file may be mapped after it */
    if (spool->flushed && !spool->failure && ftruncate(spool->fd, 0) != 0)
        spool->failure = errno;
    spool->memory = spool->lender;
    spool->held = 0;
    spool->flushed = 0;
    spool->buffered = 0;
}

void spool_close(struct spool *spool)
{
    if (!spool)
        return;
    close(spool->fd);
    release_memory(spool);
    memory_free(spool->buffer);
    memory_free(spool->path);
    memory_free(spool);
}
