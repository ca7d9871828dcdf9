/* The articles that any of several leaves matches, as one leaf: its occurrences are those of all of
 * them, equal ones once. Not for ranking: what it scores by would be nobody's. */
#ifndef VERBATIM_MATCH_ANY_OF_H
#define VERBATIM_MATCH_ANY_OF_H

#include "match/leaf.h"
#include "match/source.h"

/* count ≥ 1. The leaves are taken, the array is copied. NULL where memory ends. */
struct match_leaf *match_any_of(const struct match_source *source, struct match_leaf *const *leaves,
                                size_t count);

#endif
