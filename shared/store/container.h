/* The outer shape of a file, as FORMAT.md "The container" lays it out; for its writer and its
 * reader. */
#ifndef VERBATIM_STORE_CONTAINER_H
#define VERBATIM_STORE_CONTAINER_H

#include <stdint.h>

#include "store/chunk.h"

#define CONTAINER_MAGIC "VERBATIM"

enum {
    CONTAINER_VERSION = 2,
    CONTAINER_PAGE_LOG2 = 16,
    CONTAINER_PAGE_BYTES = 1 << CONTAINER_PAGE_LOG2,
    CONTAINER_HEADER_BYTES = 128,
    CONTAINER_ALIGNMENT = 64,
    CONTAINER_SUM_BYTES = 8,
    CONTAINER_ENTRY_BYTES = 32,
    CONTAINER_NAME_BYTES = 16,
};

enum container_header_at { /* bytes from the start of the file */
                           HEADER_VERSION = 8,
                           HEADER_PAGE_LOG2 = 12,
                           HEADER_REQUIRED = 16,
                           HEADER_OPTIONAL = 24,
                           HEADER_FILE_BYTES = 32,
                           HEADER_SUMS = 40,
                           HEADER_PAGE_COUNT = 48,
                           HEADER_TABLE = 56,
                           HEADER_CHUNK_COUNT = 64,
                           HEADER_TABLE_SUM = 72,
                           HEADER_ZEROS = 80,
                           HEADER_SUM = 120,
};

/* Required features, as bits: articles are numbered otherwise than they came, see CHUNK_ORDER;
 * heads of pieces in CHUNK_TEXT have leads. */
#define CONTAINER_REORDERED ((uint64_t)1)
#define CONTAINER_LEADS ((uint64_t)2)

struct chunk_place {
    uint64_t offset, bytes;
};

/* The least number that is not less and a multiple of CONTAINER_ALIGNMENT; at most 2^63. */
static inline uint64_t container_align(uint64_t offset)
{
    return (offset + CONTAINER_ALIGNMENT - 1) & ~(uint64_t)(CONTAINER_ALIGNMENT - 1);
}

#endif
