/* A line of a batch as it was given. */
#ifndef VERBATIM_SEARCH_BATCH_LINE_H
#define VERBATIM_SEARCH_BATCH_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

enum { BATCH_LINE_BYTES = 65536 };

struct batch_line {
    struct slice text; /* borrowed; without its end */
    bool cut;          /* it is longer than BATCH_LINE_BYTES, and these are its first */
    uint64_t number;   /* from 1; those that are skipped have one, too */
};

/* Whether a line is asked at all, being more than white space. Takes the byte order mark off the
 * first one. Any thread. */
bool batch_line_counts(struct batch_line *line);

#endif
