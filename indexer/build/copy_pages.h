/* Small pieces of a spool, read again and again: whole pages of its file are read and kept. */
#ifndef VERBATIM_BUILD_COPY_PAGES_H
#define VERBATIM_BUILD_COPY_PAGES_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct spool;
struct copy_pages; /* owned; one thread; at most 2 MiB */

/* The spool is flushed, and borrowed. NULL where memory ends. */
struct copy_pages *copy_pages_open(const struct spool *spool);
/* As spool_read. */
enum status copy_pages_read(struct copy_pages *pages, uint64_t offset, void *data, size_t size);
void copy_pages_close(struct copy_pages *pages); /* NULL is allowed */

#endif
