/* A merge's terms handed from the thread that merges to another that encodes them.
 *
 * The sink sees the same calls in the same order, so what it writes is the same with or without. */
#ifndef VERBATIM_BUILD_RELAY_H
#define VERBATIM_BUILD_RELAY_H

#include "base/error.h"
#include "build/merge.h"

struct relay; /* owned */

/* Starts the thread. The sink is borrowed until relay_close and called on that thread alone. */
struct relay *relay_open(const struct merge_sink *sink, struct error *error);
/* What the merge calls instead of the sink. */
struct merge_sink relay_sink(struct relay *relay);
/* Waits until all is handed on; the status of the sink, or STATUS_NO_MEMORY. */
enum status relay_finish(struct relay *relay);
void relay_close(struct relay *relay); /* NULL is allowed */

#endif
