/* How often one word stands directly behind another. */
#ifndef VERBATIM_BUILD_PAIR_COUNT_H
#define VERBATIM_BUILD_PAIR_COUNT_H

#include "base/bytes.h"
#include "store/postings_read.h"

struct pair_counter { /* one thread; zeroed before use; release when done */
    struct postings left, right;
    struct bytes left_positions, right_positions;
};

/* Counts in titles and bodies; stops once there are more than `most`. */
enum status pair_count(struct pair_counter *counter, const struct snapshot *snapshot,
                       const struct term *left, const struct term *right, uint64_t most,
                       uint64_t *count);
void pair_counter_release(struct pair_counter *counter); /* twice is fine */

#endif
