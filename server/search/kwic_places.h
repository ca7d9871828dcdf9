/* The occurrences of one article as a concordance counts them. Inside this room only. */
#ifndef VERBATIM_SEARCH_KWIC_PLACES_H
#define VERBATIM_SEARCH_KWIC_PLACES_H

#include "match/leaf.h"
#include "search/occurrences.h"

struct kwic_places {             /* one thread; release when done; reusable */
    const struct plan *plan;     /* borrowed, as is: */
    struct match_budget *budget; /* the leaves' own */
    struct occurrences seen;
    struct match_leaves leaves;
    struct bytes spans;     /* struct match_span: of the article, ascending */
    struct bytes positions; /* scratch */
};

/* The room for a plan's leaves is the arena's. False where it refuses. */
bool kwic_places_init(struct kwic_places *places, const struct plan *plan,
                      struct match_budget *budget, struct arena *arena);
void kwic_places_release(struct kwic_places *places); /* a zeroed one is allowed */

/* How many occurrences the article has on which the root stands: of every word and phrase that
 * matches there, equal ones once. False with the budget's status bad. */
bool kwic_places_count(struct kwic_places *places, struct matcher *root, uint64_t *count);
/* Where they are. False likewise. */
bool kwic_places_find(struct kwic_places *places, struct matcher *root);

#endif
