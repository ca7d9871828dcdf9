/* A line of a batch as it was given. */
#ifndef VERBATIM_SEARCH_BATCH_GIVEN_H
#define VERBATIM_SEARCH_BATCH_GIVEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

enum { BATCH_LINE_BYTES = 65536 };

struct batch_line {
    struct slice text;
    bool cut;        /* it is longer than BATCH_LINE_BYTES, and these are its first */
    uint64_t number; /* from 1; those that are skipped have one, too */
};

/* Whether a line is asked at all. Takes the mark off the first one. */
bool batch_line_counts(struct batch_line *line);

#endif
