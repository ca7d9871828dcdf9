/* The articles that hold runs of a pasted text, the best first, and the runs, the longest first.
 * Inside this room only. */
#ifndef VERBATIM_SEARCH_QUOTE_RANK_H
#define VERBATIM_SEARCH_QUOTE_RANK_H

#include "base/bytes.h"

struct collection;
struct match_budget;
struct quote_chainer;

struct quote_found { /* an article */
    uint32_t file, doc;
    uint32_t place; /* in the file's input */
    uint32_t covered, longest;
    uint32_t first, count; /* of the matches */
};

struct quote_under {       /* an article under a run */
    uint16_t start, words; /* the run */
    uint32_t rank;         /* the article's, from 0 */
    uint32_t at;           /* the first position */
};

struct quote_ranked {   /* release when done */
    struct bytes found; /* struct quote_found, ranked */
    struct bytes under; /* struct quote_under, by words falling, start and rank */
};
void quote_ranked_release(struct quote_ranked *ranked); /* a zeroed one is allowed */

/* Sorts the matches by article and start, and leaves out those within a longer one of the same
 * article; matches shrinks to the others. Failures are in the budget's status: after
 * STATUS_DEADLINE some are covered more than is said. */
void quote_rank(const struct collection *collection, struct bytes *matches,
                struct quote_chainer *chainer, struct match_budget *budget,
                struct quote_ranked *ranked);

#endif
