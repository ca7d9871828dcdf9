/* Every invariant that FORMAT.md states, tried on a whole file: for "verbatim-index check". */
#ifndef VERBATIM_STORE_CHECK_H
#define VERBATIM_STORE_CHECK_H

#include "store/snapshot.h"

enum {
    STORE_CHECK_MOST = 20
}; /* contradictions that are told; the rest are only known to be there */

/* Reads everything: snapshot_verify first, and where a page fails, its words in report and nothing
 * more. report gets the chunk and what is wrong with it, in words, borrowed for the call. STATUS_OK
 * where nothing was reported, STATUS_CORRUPT where something was, else what hindered the walk.
 * Holds 24 bytes an article. */
enum status store_check(const struct snapshot *snapshot,
                        void (*report)(void *context, enum chunk_id chunk, const char *what),
                        void *context);

#endif
