#include "base/transfer.h"

#include <errno.h>
#include <stdatomic.h>
#include <unistd.h>

static atomic_int last_failure;

static int fail(int cause)
{
    atomic_store(&last_failure, cause);
    return cause;
}

int transfer_failure(void)
{
    return atomic_load(&last_failure);
}

int transfer_write(int fd, const void *data, size_t size, uint64_t offset)
{
    const char *from = data;
    while (size) {
        ssize_t n = pwrite(fd, from, size, (off_t)offset);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return fail(n < 0 ? errno : EIO);
        from += n;
        offset += (uint64_t)n;
        size -= (size_t)n;
    }
    return 0;
}

int transfer_read(int fd, void *data, size_t size, uint64_t offset)
{
    char *to = data;
    while (size) {
        ssize_t n = pread(fd, to, size, (off_t)offset);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return fail(n < 0 ? errno : EIO);
        to += n;
        offset += (uint64_t)n;
        size -= (size_t)n;
    }
    return 0;
}
