/* What other lists can add to the score of an article of the leader's block: no more than the
 * bounds of those of their blocks that hold articles from its first to its last. Where lists are
 * about as long as the leader's that is far less than their greatest bounds.
 *
 * Source: Ding and Suel, Faster top-k document retrieval using block-max indexes (SIGIR 2011), for
 * blocks whose bounds together are too little. */
#ifndef VERBATIM_RANK_REACH_H
#define VERBATIM_RANK_REACH_H

#include "rank/ranking.h"

struct leader;
struct ranked_list;

struct reach { /* in an arena; one thread */
    const struct ranked_list *lists;
    size_t leading, count;
    const uint64_t *after; /* borrowed: what the lists from the i-th on can add to any score */
    uint64_t *rest;        /* likewise, to one of an article of the leader's block */
    uint32_t *at;          /* by list, the block in which the leader's first article may be */
    size_t near;           /* lists that are asked for their blocks' bounds */
};

/* after is of all lists, with a 0 behind them; leading is the place of the leader's. False with the
 * budget's status bad. */
bool reach_init(struct reach *reach, const struct ranking *ranking, const struct ranked_list *lists,
                size_t count, const uint64_t *after);
/* From now on this list leads; all stand before their first articles. */
void reach_lead(struct reach *reach, size_t leading);
/* Makes rest[leading + 1 … count] those of the leader's next block that may hold an article of
 * score `least`, and goes on to it. False where there is none. */
bool reach_next(struct reach *reach, struct leader *leader, uint64_t least);

#endif
