/* Header and chunk table of a mapped file, read and checked: everything at open but the settings.
 */
#ifndef VERBATIM_STORE_CONTAINER_READ_H
#define VERBATIM_STORE_CONTAINER_READ_H

#include "base/error.h"
#include "store/container.h"

struct container {     /* borrowed from the mapping */
    uint64_t features; /* required ones */
    uint64_t sums_offset;
    uint64_t page_count;
    uint64_t checksum; /* of sums and table */
    const uint8_t *sums;
    struct chunk_place chunks[CHUNK_COUNT]; /* offset 0 where absent */
};

/* path is for the error. data may be NULL where size is 0. STATUS_INVALID for a file of another
 * kind, STATUS_UNSUPPORTED for a version or a feature that is not known, else STATUS_CORRUPT. */
enum status container_read(struct container *container, const uint8_t *data, uint64_t size,
                           const char *path, struct error *error);

#endif
