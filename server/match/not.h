/* The articles that the first child matches and the second does not. */
#ifndef VERBATIM_MATCH_NOT_H
#define VERBATIM_MATCH_NOT_H

#include "match/matcher.h"
#include "match/source.h"

/* Takes both. NULL where memory ends: they are released then. */
struct matcher *match_not(const struct match_source *source, struct matcher *include,
                          struct matcher *exclude);

/* The children of a matcher made by that, not yet begun; NULL where it is another kind. */
struct matcher *match_not_included(struct matcher *matcher);
struct matcher *match_not_excluded(struct matcher *matcher);

#endif
