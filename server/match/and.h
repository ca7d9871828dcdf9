/* The articles that all children match. */
#ifndef VERBATIM_MATCH_AND_H
#define VERBATIM_MATCH_AND_H

#include "match/children.h"
#include "match/matcher.h"
#include "match/source.h"

/* count ≥ 1. The children are taken, the array is copied and ordered by cost: the cheapest leads,
 * and the others are tested where they can be and sought where they cannot. NULL where memory ends:
 * the children are released then. */
struct matcher *match_and(const struct match_source *source, struct matcher *const *children,
                          size_t count);

/* Of a matcher made by that, not yet begun; NULL where it is another kind. */
const struct match_children *match_and_children(struct matcher *matcher);

#endif
