/* Merged terms handed on to several threads that encode them, and laid into the file in their
 * order.
 *
 * What is written is the same whatever the threads and the memory. A term that is too large to be
 * held is encoded on the merging thread, once all before it are laid. */
#ifndef VERBATIM_BUILD_RELAY_H
#define VERBATIM_BUILD_RELAY_H

#include "base/error.h"
#include "build/merge.h"

struct relay; /* owned */
struct container_writer;
struct impact_model;
struct term_writer;

struct relay_options {
    struct container_writer *container;
    const struct impact_model *model;
    const uint8_t *norms; /* a byte an article */
    uint32_t article_count;
    size_t threads;
    size_t memory; /* for terms on their way, about, in bytes */
};

/* All that the options point at, and the writer, are borrowed until relay_close. */
struct relay *relay_open(struct term_writer *writer, const struct relay_options *options,
                         struct error *error);
/* What the merge calls. */
struct merge_sink relay_sink(struct relay *relay);
/* Waits until all is laid. */
enum status relay_finish(struct relay *relay);
void relay_close(struct relay *relay); /* NULL is allowed */

#endif
