/* Where any of many words stand in some articles, read word by word for all of them. */
#ifndef VERBATIM_MATCH_UNION_POSITIONS_H
#define VERBATIM_MATCH_UNION_POSITIONS_H

#include "base/bytes.h"
#include "match/source.h"
#include "match/term_union.h"

struct union_positions { /* one thread; zeroed before its first use; release when done */
    struct bytes docs;   /* uint32_t, ascending */
    struct bytes starts; /* uint32_t, one more: of each article's in values */
    struct bytes values; /* uint32_t, ascending in an article */
    struct bytes filled; /* uint32_t: how many each article has so far */
    struct bytes positions;
};

/* Of those articles that the union holds, the first ones that fit; how many of `count` these are
 * among. At least one. 0 with the budget's status bad. */
size_t union_positions_read(struct union_positions *of, const struct match_source *source,
                            const struct term_union *words, const uint32_t *docs, size_t count);
/* Of an article that was read: false where it was not. *values are borrowed until the next read. */
bool union_positions_find(const struct union_positions *of, uint32_t doc, const uint32_t **values,
                          size_t *count);
void union_positions_release(struct union_positions *of);

#endif
