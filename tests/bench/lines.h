/* What the programs share that ask an index one thing a line and time it. */
#ifndef VERBATIM_BENCH_LINES_H
#define VERBATIM_BENCH_LINES_H

#include "search/searcher.h"

struct bench_lines {
    const char *index_path, *lines_path;
    /* One line, parted at its first tab: zero-terminated and borrowed for the call. False ends the
     * run, with the cause in the error. */
    bool (*measure)(void *context, const struct searcher *searcher, const char *label,
                    const char *text, struct error *error);
    void *context;
};

/* Opens the index, compares its checksums, as a server does beside its work, and measures line by
 * line in this thread. Returns the exit status; a failure was logged. */
int bench_lines_run(const struct bench_lines *bench);

#endif
