/* Every number that made a score. */
#ifndef VERBATIM_SEARCH_EXPLAIN_H
#define VERBATIM_SEARCH_EXPLAIN_H

#include "rank/scorer.h"
#include "search/plan.h"

struct hit;

/* Of the score that the scorer found last, whose parts it kept; they add up to the score. False
 * with the budget's status bad. */
bool explain_hit(struct plan *plan, const struct scorer *scorer, struct arena *arena,
                 struct hit *hit);

#endif
