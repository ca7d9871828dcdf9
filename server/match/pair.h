/* The articles that two lists share, found a pair of blocks at a time and given one by one. */
#ifndef VERBATIM_MATCH_PAIR_H
#define VERBATIM_MATCH_PAIR_H

#include "match/cursor.h"
#include "store/postings_share.h"

struct match_pair {                  /* zeroed but for the cursors before the first article */
    struct match_cursor *few, *many; /* borrowed; few is the list of fewer articles */
    struct postings_shared shared;   /* by the current blocks of both */
    uint32_t given;                  /* of shared.count */
    uint32_t behind;                 /* the least article that those shared leave to be found */
};

/* The first shared article that is not less than the target, both cursors standing on it; at the
 * end, or with the budget's status bad, NO_MORE_DOCS. Targets rise from call to call. */
uint32_t match_pair_seek(struct match_pair *pair, uint32_t target);

#endif
