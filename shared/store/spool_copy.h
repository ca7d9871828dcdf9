/* From a spool into something that takes bytes. */
#ifndef VERBATIM_STORE_SPOOL_COPY_H
#define VERBATIM_STORE_SPOOL_COPY_H

#include "base/spool.h"
#include "base/status.h"

/* Hands all that was appended, in order and in parts, to take. The spool is flushed first. */
enum status spool_copy(struct spool *spool,
                       void (*take)(void *context, const void *data, size_t size), void *context,
                       struct error *error);

#endif
