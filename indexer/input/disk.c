#include "input/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

struct disk {
    struct intake *intake;
    int fd;
    uint64_t
        size; /* no more than that counts as read, however often it is; UINT64_MAX for a pipe */
};

enum { PROGRESS_BYTES = 1 << 20 };

static void count(struct disk *disk, size_t got)
{
    struct intake *intake = disk->intake;
    uint64_t room = disk->size - intake->file_bytes, before = intake->totals->bytes;
    uint64_t more = got < room ? got : room;
    intake->file_bytes += more;
    intake->totals->bytes += more;
    if (intake->sink->progress && before / PROGRESS_BYTES != intake->totals->bytes / PROGRESS_BYTES)
        intake->sink->progress(intake->sink->context, intake->totals->bytes);
}

static size_t disk_read(void *context, void *to, size_t capacity, struct error *error)
{
    struct disk *disk = context;
    ssize_t got;
    do
        got = read(disk->fd, to, capacity);
    while (got < 0 && errno == EINTR);
    if (got < 0) {
        error_set_errno(error, errno, "cannot be read");
        return 0;
    }
    count(disk, (size_t)got);
    return (size_t)got;
}

static int64_t disk_seek(void *context, int64_t offset, int whence)
{
    struct disk *disk = context;
    return lseek(disk->fd, offset, whence);
}

static void disk_close(void *context)
{
    struct disk *disk = context;
    close(disk->fd);
    memory_free(disk);
}

bool disk_open(struct intake *intake, int fd, struct source *source)
{
    struct stat about;
    struct disk *disk = memory_allocate(sizeof *disk);
    if (!disk) {
        close(fd);
        return false;
    }
    bool regular = fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
    *disk = (struct disk){intake, fd, regular ? (uint64_t)about.st_size : UINT64_MAX};
    intake->file_bytes = 0;
    intake->unpacked_bytes = 0;
    if (regular)
        posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    *source = (struct source){.context = disk, .read = disk_read, .close = disk_close};
    if (regular && lseek(fd, 0, SEEK_CUR) == 0)
        source->seek = disk_seek;
    return true;
}
