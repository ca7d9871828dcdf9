/* The articles that any child matches. */
#ifndef VERBATIM_MATCH_OR_H
#define VERBATIM_MATCH_OR_H

#include "match/children.h"
#include "match/matcher.h"
#include "match/source.h"

/* count ≥ 1. The children are taken, the array is copied. NULL where memory ends: the children are
 * released then. */
struct matcher *match_or(const struct match_source *source, struct matcher *const *children,
                         size_t count);

/* Of a matcher made by that, not yet begun; NULL where it is another kind. */
const struct match_children *match_or_children(struct matcher *matcher);

#endif
