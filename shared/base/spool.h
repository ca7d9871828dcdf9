/* A spool: bytes appended now and read again later.
 *
 * Unnamed, in the folder of the path given, gone when it is closed or the process dies. Appending
 * is buffered and by one thread; reading, by any number of them, starts after spool_flush. */
#ifndef VERBATIM_BASE_SPOOL_H
#define VERBATIM_BASE_SPOOL_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct spool; /* owned; holds a buffer of 64 KiB from its first append to spool_close */

struct spool *spool_open(const char *beside_path, struct error *error);
/* A failed write is sticky: later calls return the same status, and spool_flush tells the cause. */
enum status spool_append(struct spool *spool, const void *data, size_t size);
enum status spool_flush(struct spool *spool, struct error *error);
uint64_t spool_size(const struct spool *spool); /* bytes appended, flushed or not */
/* Exactly size bytes; fewer are STATUS_IO. */
enum status spool_read(const struct spool *spool, uint64_t offset, void *data, size_t size);
/* Maps all that was flushed for reading, over spool_map_bytes of address space that the caller has
 * reserved at `at`, on a border of pages, and unmaps. */
enum status spool_map(const struct spool *spool, void *at);
size_t spool_map_bytes(const struct spool *spool); /* what was appended, in whole pages */
void spool_truncate(struct spool *spool); /* to nothing, to be filled anew */
void spool_close(struct spool *spool);    /* NULL is allowed */

#endif
