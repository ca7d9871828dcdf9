#include "print.h"

#include <errno.h>
#include <unistd.h>

#include "base/log.h"

bool print_bytes(struct slice bytes)
{
    while (bytes.size) {
        ssize_t n = write(STDOUT_FILENO, bytes.data, bytes.size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            if (errno != EPIPE)
                log_error("cannot write to standard output: %s", strerror(errno));
            return false;
        }
        bytes = slice_from(bytes, (size_t)n);
    }
    return true;
}

bool print_and_release(struct bytes *out)
{
    bool good = out->status == STATUS_OK;
    if (!good)
        log_error("out of memory");
    else
        good = print_bytes(bytes_slice(out));
    bytes_release(out);
    return good;
}
