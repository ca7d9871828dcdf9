/* The articles that any of several leaves matches, as one leaf: spellings of one thing, or what may
 * stand beside a NEAR. Its occurrences are those of all of them, equal ones once; it is ranked by
 * how many there are. No leaf is confirmed before it is asked for what it alone knows. */
#ifndef VERBATIM_MATCH_ANY_OF_H
#define VERBATIM_MATCH_ANY_OF_H

#include "match/leaf.h"
#include "match/source.h"

/* count ≥ 1. disjoint: no two of the leaves have an equal occurrence, so that they are counted
 * without being looked at. The leaves are taken, the array is copied. NULL where memory ends. */
struct match_leaf *match_any_of(const struct match_source *source, struct match_leaf *const *leaves,
                                size_t count, bool disjoint, uint32_t number);

#endif
