#include "store/spool_copy.h"

#include "base/memory.h"

enum { PART_BYTES = 64 * 1024 };

enum status spool_copy(struct spool *spool,
                       void (*take)(void *context, const void *data, size_t size), void *context,
                       struct error *error)
{
    enum status status = spool_flush(spool, error);
    if (status != STATUS_OK)
        return status;
    uint64_t size = spool_size(spool), at = spool_held_size(spool);
    if (at)
        take(context, spool_held(spool, 0, (size_t)at), (size_t)at);
    void *part = at < size ? memory_allocate(PART_BYTES) : NULL;
    if (!part && at < size)
        return error_set(error, STATUS_NO_MEMORY, "cannot copy a temporary file: out of memory");
    for (; at < size && status == STATUS_OK; at += PART_BYTES) {
        size_t n = size - at < PART_BYTES ? (size_t)(size - at) : PART_BYTES;
        status = spool_read(spool, at, part, n);
        if (status == STATUS_OK)
            take(context, part, n);
    }
    memory_free(part);
    if (status != STATUS_OK)
        error_set(error, status, "cannot read a temporary file again");
    return status;
}
