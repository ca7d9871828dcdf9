/* A spool: bytes appended now and read again later.
 *
 * What comes first is held in memory, as far as that is lent; the rest goes to a file, unnamed, in
 * the folder of the path given, gone when it is closed or the process dies. Appending is by one
 * thread; reading, by any number of them, starts after spool_flush. */
#ifndef VERBATIM_BASE_SPOOL_H
#define VERBATIM_BASE_SPOOL_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct spool; /* owned; once it goes to the file, it holds a buffer of 64 KiB until spool_close */
struct spool_memory;

/* memory is borrowed until spool_close; NULL: none is lent. */
struct spool *spool_open(const char *beside_path, struct spool_memory *memory, struct error *error);
/* A failed write is sticky: later calls return the same status, and spool_flush tells the cause. */
enum status spool_append(struct spool *spool, const void *data, size_t size);
enum status spool_flush(struct spool *spool, struct error *error);
uint64_t spool_size(const struct spool *spool); /* bytes appended, flushed or not */
/* Exactly size bytes; fewer are STATUS_IO. */
enum status spool_read(const struct spool *spool, uint64_t offset, void *data, size_t size);
/* The same where they lie, if that is in memory, else NULL; borrowed until the next append. */
const uint8_t *spool_held(const struct spool *spool, uint64_t offset, size_t size);
uint64_t spool_held_size(const struct spool *spool); /* so many of the first bytes lie in memory */
/* All that was flushed, side by side; borrowed until the next append. May be NULL where there is
 * nothing. Once more, with nothing appended between, changes nothing: so any thread may then. */
enum status spool_map(struct spool *spool, const uint8_t **data);
void spool_forget(const struct spool *spool); /* what is mapped of the file is read anew if asked */
void spool_truncate(struct spool *spool);     /* to nothing, to be filled anew */
void spool_close(struct spool *spool);        /* NULL is allowed */

#endif
