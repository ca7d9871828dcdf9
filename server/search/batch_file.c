#include "search/batch_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/endian.h"
#include "base/file_output.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/transfer.h"
#include "search/batch_state.h"

enum {
    BUFFER_BYTES = 1 << 20,
    /* What is there is made to last after so long; where there is much of it, earlier. */
    SYNC_US = 1000000,
    SYNC_MUCH_US = 250000,
    SYNC_MUCH_BYTES = 1 << 20,
};

struct batch_file {
    char *path, *state_path;
    int fd, state;       /* OUT and OUT.state */
    uint64_t head_bytes; /* of the state */
    uint64_t places;     /* written to the state */
    struct batch_progress now;
    uint64_t expected; /* the hash of the lines passed over */
    uint64_t flushed;  /* bytes of OUT; the buffer is what follows them */
    struct bytes buffer;
    struct hash_stream *input, *output;
    uint64_t synced_us, synced_bytes;
    int failure; /* sticky: an errno, of OUT or of its state */
    bool failed_state;
    bool ready; /* what it goes on with was passed: its hashes are true */
};

/* --- Making it last ----------------------------------------------------------------------------*/

static enum status fail(struct batch_file *file, int cause, bool state)
{
    if (cause && !file->failure) {
        file->failure = cause;
        file->failed_state = state;
    }
    return file->failure ? STATUS_IO : STATUS_OK;
}

static enum status flush(struct batch_file *file)
{
    struct bytes *buffer = &file->buffer;
    if (file->failure || buffer->size == 0)
        return fail(file, 0, false);
    int cause = transfer_write(file->fd, buffer->data, buffer->size, file->flushed);
    file->flushed += buffer->size;
    bytes_clear(buffer);
    return fail(file, cause, false);
}

/* Over the older of the two places. */
static enum status write_place(struct batch_file *file)
{
    struct bytes line = {0};
    uint64_t at = file->head_bytes + file->places % 2 * BATCH_STATE_PLACE_BYTES;
    batch_state_write_place(&line, &file->now);
    int cause =
        line.status != STATUS_OK ? ENOMEM : transfer_write(file->state, line.data, line.size, at);
    if (!cause && fdatasync(file->state) != 0)
        cause = errno;
    bytes_release(&line);
    file->places++;
    return fail(file, cause, true);
}

static enum status sync_all(struct batch_file *file)
{
    if (flush(file) != STATUS_OK)
        return STATUS_IO;
    if (fdatasync(file->fd) != 0)
        return fail(file, errno, false);
    file->now.bytes = file->flushed;
    file->now.input = hash_stream_value(file->input);
    file->now.output = hash_stream_value(file->output);
    file->synced_us = clock_microseconds();
    file->synced_bytes = file->flushed;
    return write_place(file);
}

/* --- Answers -----------------------------------------------------------------------------------*/

enum status batch_file_write(void *context, struct slice bytes)
{
    struct batch_file *file = context;
    hash_stream_add(file->output, bytes.data, bytes.size);
    bytes_append_slice(&file->buffer, bytes);
    if (file->buffer.status != STATUS_OK)
        return fail(file, ENOMEM, false);
    return file->buffer.size >= BUFFER_BYTES ? flush(file) : fail(file, 0, false);
}

static void hash_line(struct batch_file *file, const struct batch_line *line)
{
    uint64_t numbers[3] = {htole64(line->number), htole64(line->text.size), htole64(line->cut)};
    hash_stream_add(file->input, numbers, sizeof numbers);
    hash_stream_add(file->input, line->text.data, line->text.size);
}

enum status batch_file_answered(void *context, const struct batch_line *line, bool failed)
{
    struct batch_file *file = context;
    hash_line(file, line);
    file->now.point.line = line->number;
    file->now.point.answered++;
    file->now.point.failed += failed;
    bool much = file->flushed + file->buffer.size - file->synced_bytes >= SYNC_MUCH_BYTES;
    if (clock_microseconds() - file->synced_us < (much ? SYNC_MUCH_US : SYNC_US))
        return fail(file, 0, false);
    return sync_all(file);
}

void batch_file_pass(struct batch_file *file, const struct batch_line *line)
{
    hash_line(file, line);
}

enum status batch_file_passed(struct batch_file *file, struct error *error)
{
    file->ready = hash_stream_value(file->input) == file->expected;
    if (file->ready)
        return STATUS_OK;
    return error_set(error, STATUS_INVALID,
                     "cannot resume '%s': the first %llu lines of the input were others",
                     file->path, (unsigned long long)file->now.point.line);
}

struct batch_point batch_file_point(const struct batch_file *file)
{
    return file->now.point;
}

/* --- Opening -----------------------------------------------------------------------------------*/

static void release(struct batch_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    if (file->state >= 0)
        close(file->state);
    hash_stream_close(file->input);
    hash_stream_close(file->output);
    bytes_release(&file->buffer);
    memory_free(file->path);
    memory_free(file->state_path);
    memory_free(file);
}

static char *copy_path(const char *path, const char *ending)
{
    size_t size = strlen(path) + strlen(ending) + 1;
    char *copy = memory_allocate(size);
    if (copy)
        snprintf(copy, size, "%s%s", path, ending);
    return copy;
}

static struct batch_file *allocate(const char *path, struct error *error)
{
    struct batch_file *file = memory_allocate_zeroed(1, sizeof *file);
    if (file) {
        file->fd = file->state = -1;
        file->path = copy_path(path, "");
        file->state_path = copy_path(path, ".state");
        file->input = hash_stream_open();
        file->output = hash_stream_open();
        if (file->path && file->state_path && file->input && file->output)
            return file;
        release(file);
    }
    error_set(error, STATUS_NO_MEMORY, "cannot write '%s': out of memory", path);
    return NULL;
}

/* OUT itself, locked; *bytes of it. */
static enum status open_answers(struct batch_file *file, uint64_t *bytes, struct error *error)
{
    struct stat about;
    file->fd = open(file->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666);
    if (file->fd < 0 || fstat(file->fd, &about) != 0)
        return error_set_errno(error, errno, "cannot open '%s'", file->path);
    if (!S_ISREG(about.st_mode))
        return error_set(error, STATUS_INVALID, "cannot write '%s': it is not a regular file",
                         file->path);
    if (flock(file->fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return error_set(error, STATUS_BUSY, "cannot write '%s': another process is writing it",
                             file->path);
        return error_set_errno(error, errno, "cannot lock '%s'", file->path);
    }
    *bytes = (uint64_t)about.st_size;
    return STATUS_OK;
}

/* The whole state; empty where there is none. */
static enum status read_state(struct batch_file *file, struct bytes *text, struct error *error)
{
    struct stat about;
    int cause = 0, fd = open(file->state_path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT)
        return STATUS_OK;
    if (fd < 0 || fstat(fd, &about) != 0)
        cause = errno;
    else if (about.st_size > BATCH_STATE_BYTES_MOST)
        cause = EFBIG;
    else if (!bytes_extend(text, (size_t)about.st_size))
        cause = about.st_size ? ENOMEM : 0;
    else if (text->size)
        cause = transfer_read(fd, text->data, text->size, 0);
    if (fd >= 0)
        close(fd);
    return cause ? error_set_errno(error, cause, "cannot read '%s'", file->state_path) : STATUS_OK;
}

/* A new state, in one step, of a head and where the batch stands now; open from then on. */
static enum status replace_state(struct batch_file *file, struct slice head, struct error *error)
{
    struct bytes text = {0};
    bytes_append_slice(&text, head);
    batch_state_write_place(&text, &file->now);
    struct file_output *out = NULL;
    if (text.status != STATUS_OK)
        error_set(error, text.status, "cannot write '%s': out of memory", file->path);
    else
        out = file_output_open(file->state_path, error);
    if (out)
        file_output_write(out, text.data, text.size);
    bytes_release(&text);
    if (!out || file_output_commit(out, error) != STATUS_OK)
        return error->status;
    file->head_bytes = head.size;
    file->places = 1;
    file->state = open(file->state_path, O_WRONLY | O_CLOEXEC);
    return file->state >= 0 ? STATUS_OK
                            : error_set_errno(error, errno, "cannot open '%s'", file->state_path);
}

/* Whether the first bytes of OUT are those that were written. */
static enum status check_answers(struct batch_file *file, uint64_t bytes, struct error *error)
{
    uint64_t at = 0, end = file->now.bytes;
    int cause = 0;
    if (bytes < end)
        return error_set(error, STATUS_INVALID, "cannot resume '%s': it was truncated", file->path);
    if (!bytes_extend(&file->buffer, BUFFER_BYTES))
        return error_set(error, STATUS_NO_MEMORY, "cannot write '%s': out of memory", file->path);
    for (size_t n; at < end && !cause; at += n) {
        n = end - at < BUFFER_BYTES ? (size_t)(end - at) : BUFFER_BYTES;
        cause = transfer_read(file->fd, file->buffer.data, n, at);
        hash_stream_add(file->output, file->buffer.data, n);
    }
    bytes_clear(&file->buffer);
    if (cause)
        return error_set_errno(error, cause, "cannot read '%s'", file->path);
    if (hash_stream_value(file->output) != file->now.output)
        return error_set(error, STATUS_INVALID,
                         "cannot resume '%s': it holds other bytes than were written", file->path);
    return STATUS_OK;
}

/* What was begun before; nothing changes where it cannot be gone on with, nor where something
 * stands there that no batch wrote. */
static enum status find_progress(struct batch_file *file, struct slice head, uint64_t bytes,
                                 bool resume, struct error *error)
{
    struct bytes state = {0};
    enum status status = read_state(file, &state, error);
    if (status == STATUS_OK && state.size == 0 && bytes)
        status =
            error_set(error, STATUS_INVALID, "'%s' exists, and no '%s' says that a batch wrote it",
                      file->path, file->state_path);
    if (!resume) {
        bytes_release(&state);
        return status;
    }
    if (status == STATUS_OK && state.size)
        status = batch_state_read(bytes_slice(&state), head, file->path, &file->now, error);
    if (status == STATUS_OK && state.size)
        status = check_answers(file, bytes, error);
    bytes_release(&state);
    return status;
}

/* The state first: where it stops in between, it says of OUT no more than is there. */
static enum status begin(struct batch_file *file, struct slice head, struct error *error)
{
    file->flushed = file->synced_bytes = file->now.bytes;
    file->expected = file->now.input;
    file->ready = file->now.point.line == 0;
    file->synced_us = clock_microseconds();
    if (replace_state(file, head, error) != STATUS_OK)
        return error->status;
    if (ftruncate(file->fd, (off_t)file->now.bytes) != 0 || fsync(file->fd) != 0)
        return error_set_errno(error, errno, "cannot write '%s'", file->path);
    return STATUS_OK;
}

struct batch_file *batch_file_open(const char *path, const struct batch_identity *identity,
                                   bool resume, struct batch_point *from, struct error *error)
{
    struct bytes head = {0};
    uint64_t bytes = 0;
    struct batch_file *file = allocate(path, error);
    if (!file)
        return NULL;
    file->now.input = hash_stream_value(file->input);
    file->now.output = hash_stream_value(file->output);
    batch_state_write_head(&head, identity);
    if (head.status != STATUS_OK || head.size > BATCH_STATE_BYTES_MOST / 2)
        error_set(error, STATUS_LIMIT, "the parameters are too long to write '%s'", path);
    if (error->status == STATUS_OK)
        open_answers(file, &bytes, error);
    if (error->status == STATUS_OK)
        find_progress(file, bytes_slice(&head), bytes, resume, error);
    if (error->status == STATUS_OK)
        begin(file, bytes_slice(&head), error);
    bytes_release(&head);
    *from = file->now.point;
    if (error->status == STATUS_OK)
        return file;
    release(file);
    return NULL;
}

enum status batch_file_close(struct batch_file *file, struct error *error)
{
    if (!file)
        return STATUS_OK;
    if (!file->failure && file->ready)
        sync_all(file);
    enum status status = STATUS_OK;
    if (file->failure)
        status = error_set_errno(error, file->failure, "cannot write '%s'",
                                 file->failed_state ? file->state_path : file->path);
    release(file);
    return status;
}
