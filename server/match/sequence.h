/* The articles in which several leaves stand side by side, in their order, with nothing in between:
 * the parts of a phrase that may be spelled in several ways each. A leaf.
 *
 * Wherever one of the parts begins or ends, at most one occurrence of the whole goes through it:
 * what may stand at a place is told by the words there. So there are no more of the whole than of
 * any part. Work: n log n in the occurrences of the parts in the articles that have them all. */
#ifndef VERBATIM_MATCH_SEQUENCE_H
#define VERBATIM_MATCH_SEQUENCE_H

#include "match/leaf.h"
#include "match/source.h"

/* count ≥ 2, no leaf twice. The leaves are taken, and scouts, which are others of the same, or
 * NULL; the arrays are copied. NULL where memory ends. */
struct match_leaf *match_sequence(const struct match_source *source,
                                  struct match_leaf *const *leaves,
                                  struct match_leaf *const *scouts, size_t count, uint32_t number);

#endif
