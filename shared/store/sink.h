/* Where a list's bytes go: straight into a chunk, or behind other bytes in memory, or held until
 * the list before it is whole. What is held stays small: past SINK_HELD_BYTES it goes to a spool.
 */
#ifndef VERBATIM_STORE_SINK_H
#define VERBATIM_STORE_SINK_H

#include "base/bytes.h"
#include "store/container_write.h"

enum { SINK_HELD_BYTES = 256 * 1024 };

struct sink {                           /* one thread; release when done */
    struct chunk_writer *chunk;         /* borrowed; NULL: not into a chunk */
    struct bytes *into;                 /* borrowed; this and chunk NULL: held */
    struct container_writer *container; /* borrowed; for the spool */
    struct bytes held;                  /* what follows the spool's */
    struct spool *spool;                /* NULL until needed */
    enum status status;                 /* sticky; a chunk keeps its own */
};

void sink_append(struct sink *sink, const void *data, size_t size);
/* Hands what is held on to another, and is empty again. */
void sink_drain(struct sink *sink, struct sink *to);
void sink_drop(struct sink *sink); /* what is held is forgotten */
void sink_release(struct sink *sink);

#endif
