/* Which generation answers now, and how the next one takes its place.
 *
 * library_current is for any thread. Opening and reloading are one thread's business, the main
 * one's. A file that cannot be opened changes nothing: what was open keeps answering. */
#ifndef VERBATIM_HTTP_LIBRARY_H
#define VERBATIM_HTTP_LIBRARY_H

#include "base/error.h"
#include "http/generation.h"
#include "http/metrics.h"
#include "http/settings.h"

struct library;

/* Opens every source of the settings, which are borrowed as the metrics are. NULL with the cause.
 */
struct library *library_open(const struct http_settings *settings, struct metrics *metrics,
                             struct error *error);
void library_close(struct library *library); /* NULL is allowed; no reload may be running */

/* Begins to read every page of every index in the background, as each reload does for what is new.
 * Apart from opening, since the sandbox is closed between the two and binds only threads that start
 * later. */
void library_verify(struct library *library);

/* The generation that answers now; to be given back with generation_unref. */
struct generation *library_current(struct library *library);

/* Opens again whatever was asked for by a signal (all), or whose files have been replaced, and logs
 * what came of it. A replaced file that cannot be opened is tried again when it changes once more.
 */
void library_reload(struct library *library, bool all);

/* Why the newest file of an index could not be taken, into text; false where all could. Any thread.
 */
bool library_fault(struct library *library, char *text, size_t size);

#endif
