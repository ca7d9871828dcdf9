/* Every number that made a score. */
#ifndef VERBATIM_SEARCH_EXPLAIN_H
#define VERBATIM_SEARCH_EXPLAIN_H

#include "rank/scorer.h"
#include "search/plan.h"
#include "search/searcher.h"

/* Of the leaves that the scorer found last, in the query's order; their parts add up to the score.
 * False with the budget's status bad. */
bool explain_hit(struct plan *plan, struct scorer *scorer, const struct collection_file *file,
                 struct arena *arena, struct hit *hit);

#endif
