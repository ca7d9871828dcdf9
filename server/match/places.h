/* What an article holds in very many places, read, copied and put in order with an eye on the time:
 * there may be tens of millions. All: false with the budget's status bad. */
#ifndef VERBATIM_MATCH_PLACES_H
#define VERBATIM_MATCH_PLACES_H

#include "base/bytes.h"
#include "match/budget.h"
#include "store/postings_read.h"

enum { PLACES_STEP = BUDGET_CLOCK_BLOCKS * BUDGET_PLACES }; /* read between two looks at the time */

bool match_places_read_steps(struct match_budget *budget, struct postings *postings, uint32_t i,
                             uint32_t most, struct bytes *out);
bool match_places_fail(struct match_budget *budget, const struct postings *postings,
                       const struct bytes *out);
/* As postings_read_positions_to, of docs[i] of the current block, whose counts are read. The caller
 * pays for the blocks. */
static inline bool match_places_read(struct match_budget *budget, struct postings *postings,
                                     uint32_t i, uint32_t most, struct bytes *out)
{
    if (postings->has_tfs && i < postings->count && postings->tfs[i] > PLACES_STEP)
        return match_places_read_steps(budget, postings, i, most, out);
    return postings_read_positions_to(postings, i, most, out) ||
           match_places_fail(budget, postings, out);
}

bool match_places_copy(struct match_budget *budget, void *to, const void *from, size_t size);
/* Behind what out holds. */
bool match_places_append(struct match_budget *budget, struct bytes *out, struct slice more);

/* Items of so many bytes each; compare as qsort's, of which equal ones may change places. What is
 * in order already, or in a few runs, costs little more than to look at. After false they are not
 * to be looked at. */
bool match_places_order(struct match_budget *budget, void *items, size_t count, size_t size,
                        int (*compare)(const void *, const void *));

#endif
