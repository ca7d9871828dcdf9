#include "base/file_output.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/place.h"
#include "base/transfer.h"

enum { BUFFER_BYTES = 256 * 1024 };

struct file_output {
    struct place place;
    int lock, fd;
    char temporary[NAME_MAX + 1]; /* empty while the file has no name */
    uint64_t flushed;             /* bytes in the file; the buffer is what follows them */
    size_t buffered;
    atomic_int failure; /* the errno of the first failed write; 0 for none */
    char *path;         /* as it was given, for messages */
    uint8_t buffer[];
};

static enum status sticky(const struct file_output *out)
{
    return atomic_load(&out->failure) ? STATUS_IO : STATUS_OK;
}

static enum status note_failure(struct file_output *out, int cause)
{
    int none = 0;
    if (cause)
        atomic_compare_exchange_strong(&out->failure, &none, cause);
    return sticky(out);
}

static void close_output(struct file_output *out)
{
    if (out->fd >= 0)
        close(out->fd);
    if (out->temporary[0])
        unlinkat(out->place.folder, out->temporary, 0);
    place_unlock(&out->place, out->lock);
    place_close(&out->place);
    memory_free(out->path);
    memory_free(out);
}

static struct file_output *allocate_output(const char *path, struct error *error)
{
    struct file_output *out = memory_allocate(sizeof *out + BUFFER_BYTES);
    char *copy = memory_allocate(strlen(path) + 1);
    if (!out || !copy) {
        memory_free(out);
        memory_free(copy);
        error_set(error, STATUS_NO_MEMORY, "cannot write '%s': out of memory", path);
        return NULL;
    }
    memset(out, 0, sizeof *out);
    out->path = strcpy(copy, path);
    out->place.folder = out->lock = out->fd = -1;
    return out;
}

static enum status take_lock(struct file_output *out, struct error *error)
{
    out->lock = place_lock(&out->place);
    if (out->lock >= 0)
        return STATUS_OK;
    if (errno == EWOULDBLOCK)
        return error_set(error, STATUS_BUSY, "cannot write '%s': another process is writing it",
                         out->path);
    return error_set_errno(error, errno, "cannot write '%s': cannot lock it", out->path);
}

/* What replaces a file is readable by the same people. */
static enum status create_file(struct file_output *out, struct error *error)
{
    struct stat old;
    bool replaces = fstatat(out->place.folder, out->place.name, &old, AT_SYMLINK_NOFOLLOW) == 0;
    if (replaces && !S_ISREG(old.st_mode))
        return error_set(error, STATUS_INVALID, "cannot write '%s': it is not a regular file",
                         out->path);
    out->fd = place_create(&out->place, 0, out->temporary);
    if (out->fd < 0) {
        int cause = errno;
        out->temporary[0] = '\0';
        return error_set_errno(error, cause, "cannot write '%s'", out->path);
    }
    if (replaces && fchmod(out->fd, old.st_mode & 0777) != 0)
        return error_set_errno(error, errno, "cannot write '%s': cannot keep its mode", out->path);
    return STATUS_OK;
}

struct file_output *file_output_open(const char *path, struct error *error)
{
    struct file_output *out = allocate_output(path, error);
    if (!out)
        return NULL;
    if (place_open(&out->place, path, error) != STATUS_OK || take_lock(out, error) != STATUS_OK)
        goto failed;
    place_clear_leftovers(&out->place);
    if (create_file(out, error) == STATUS_OK)
        return out;
failed:
    close_output(out);
    return NULL;
}

static enum status flush_buffer(struct file_output *out)
{
    if (out->buffered && sticky(out) == STATUS_OK)
        note_failure(out, transfer_write(out->fd, out->buffer, out->buffered, out->flushed));
    out->flushed += out->buffered;
    out->buffered = 0;
    return sticky(out);
}

enum status file_output_write(struct file_output *out, const void *data, size_t size)
{
    const uint8_t *from = data;
    while (size && sticky(out) == STATUS_OK) {
        size_t room = BUFFER_BYTES - out->buffered, n = size < room ? size : room;
        memcpy(out->buffer + out->buffered, from, n);
        out->buffered += n;
        from += n;
        size -= n;
        if (out->buffered == BUFFER_BYTES)
            flush_buffer(out);
    }
    return sticky(out);
}

enum status file_output_write_at(struct file_output *out, uint64_t offset, const void *data,
                                 size_t size)
{
    assert(size <= file_output_size(out) && offset <= file_output_size(out) - size);
    if (!size || sticky(out) != STATUS_OK)
        return sticky(out);
    uint64_t in_file = offset < out->flushed ? out->flushed - offset : 0;
    size_t before = in_file < size ? (size_t)in_file : size;
    note_failure(out, transfer_write(out->fd, data, before, offset));
    if (before < size)
        memcpy(out->buffer + (offset + before - out->flushed), (const uint8_t *)data + before,
               size - before);
    return sticky(out);
}

uint64_t file_output_size(const struct file_output *out)
{
    return out->flushed + out->buffered;
}

enum status file_output_read_path(struct file_output *out, char path[FILE_OUTPUT_READ_PATH],
                                  struct error *error)
{
    if (flush_buffer(out) != STATUS_OK)
        return error_set_errno(error, atomic_load(&out->failure), "cannot write '%s'", out->path);
    snprintf(path, FILE_OUTPUT_READ_PATH, "/proc/self/fd/%d", out->fd);
    return STATUS_OK;
}

enum status file_output_truncate(struct file_output *out)
{
    out->flushed = out->buffered = 0;
    return note_failure(out, ftruncate(out->fd, 0) == 0 ? 0 : errno);
}

/* A failure shows when the file is flushed in earnest. */
void file_output_begin_sync(struct file_output *out)
{
    sync_file_range(out->fd, 0, 0, SYNC_FILE_RANGE_WRITE);
}

/* A file without a name gets one, since only a named file can be renamed over another. */
static int name_file(struct file_output *out)
{
    char from[64], name[NAME_MAX + 1];
    if (out->temporary[0])
        return 0;
    snprintf(from, sizeof from, "/proc/self/fd/%d", out->fd);
    place_output_name(&out->place, name);
    if (linkat(AT_FDCWD, from, out->place.folder, name, AT_SYMLINK_FOLLOW) != 0)
        return errno;
    strcpy(out->temporary, name);
    return 0;
}

/* A failed fsync or close is final: the kernel may have dropped the bytes, and a second call would
 * not say so. */
static int finish_file(struct file_output *out)
{
    if (flush_buffer(out) != STATUS_OK)
        return atomic_load(&out->failure);
    if (fsync(out->fd) != 0)
        return errno;
    int cause = name_file(out);
    if (cause)
        return cause;
    int fd = out->fd;
    out->fd = -1;
    return close(fd) == 0 ? 0 : errno;
}

static enum status publish(struct file_output *out, struct error *error)
{
    int cause = finish_file(out), folder = out->place.folder;
    if (cause)
        return error_set_errno(error, cause, "cannot write '%s'", out->path);
    if (renameat(folder, out->temporary, folder, out->place.name) != 0)
        return error_set_errno(error, errno, "cannot write '%s': cannot rename the new file",
                               out->path);
    out->temporary[0] = '\0';
    if (fsync(folder) != 0)
        return error_set_errno(
            error, errno, "durability unknown: '%s' is written, but not its folder", out->path);
    return STATUS_OK;
}

enum status file_output_commit(struct file_output *out, struct error *error)
{
    enum status status = publish(out, error);
    close_output(out);
    return status;
}

void file_output_abandon(struct file_output *out)
{
    if (out)
        close_output(out);
}
