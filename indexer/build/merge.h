/* Sorted runs in, each key once with all its parts out: a k-way merge.
 *
 * Runs are given in the order of the input, so the articles of a key are those of the first run,
 * then of the second, and so on. */
#ifndef VERBATIM_BUILD_MERGE_H
#define VERBATIM_BUILD_MERGE_H

#include "base/error.h"
#include "build/run.h"

struct merge_sink {
    void *context;
    /* The readers, at least one, stand at the key in the order of their runs; their parts are to be
     * read to the end. A status that is not STATUS_OK ends the merge. */
    enum status (*term)(void *context, struct run_reader *const *readers, size_t count);
};

struct merge_progress {
    void (*tell)(void *context, uint64_t done, uint64_t all); /* bytes of runs; may be NULL */
    void *context;
};

/* Merges all runs into the sink within about `memory` bytes; more runs than buffers fit are merged
 * into fewer in spools beside the path first. runs: an array of struct run, sorted in place. */
enum status merge_runs(struct bytes *runs, size_t memory, const char *beside,
                       const struct merge_sink *sink, const struct merge_progress *progress,
                       struct error *error);

#endif
