#include "base/file_mapping.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status map_file(struct file_mapping *map, int fd, const char *path, struct error *error)
{
    struct stat file;
    if (fstat(fd, &file) != 0)
        return error_set_errno(error, errno, "cannot open '%s'", path);
    if (!S_ISREG(file.st_mode))
        return error_set(error, STATUS_INVALID, "cannot open '%s': it is not a regular file", path);
    void *data = NULL;
    if (file.st_size > 0)
        data = mmap(NULL, (size_t)file.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (data == MAP_FAILED)
        return error_set_errno(error, errno, "cannot map '%s'", path);
    if (data)
        madvise(data, (size_t)file.st_size, MADV_RANDOM);
    *map = (struct file_mapping){data, (uint64_t)file.st_size, file.st_dev, file.st_ino};
    return STATUS_OK;
}

enum status file_mapping_open(struct file_mapping *map, const char *path, struct error *error)
{
    *map = (struct file_mapping){0};
    /* A pipe of that name must not hold us up. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return error_set_errno(error, errno, "cannot open '%s'", path);
    enum status status = map_file(map, fd, path, error);
    close(fd);
    return status;
}

void file_mapping_fetch(const struct file_mapping *map, uint64_t from, uint64_t bytes)
{
    if (from < map->size)
        madvise((void *)(uintptr_t)(map->data + from),
                (size_t)(bytes < map->size - from ? bytes : map->size - from), MADV_WILLNEED);
}

void file_mapping_close(struct file_mapping *map)
{
    if (map->data)
        munmap((void *)(uintptr_t)map->data, (size_t)map->size);
    *map = (struct file_mapping){0};
}

bool file_mapping_replaced(const struct file_mapping *map, const char *path)
{
    struct stat file;
    return stat(path, &file) == 0 && (file.st_dev != map->device || file.st_ino != map->inode);
}
