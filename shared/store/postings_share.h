/* The articles that two lists share, a pair of blocks at a time. */
#ifndef VERBATIM_STORE_POSTINGS_SHARE_H
#define VERBATIM_STORE_POSTINGS_SHARE_H

#include "store/postings_read.h"

struct postings_shared { /* places in the docs of two current blocks, pair by pair */
    uint32_t count;
    uint8_t places[2][POSTINGS_BLOCK]; /* in the first list's, in the second's */
};

/* The articles that both current blocks hold, of the first list from its place few_at on; few is
 * the list of fewer articles. Returns the least article that may be in both lists behind them. */
uint32_t postings_share(const struct postings *few, uint32_t few_at, const struct postings *many,
                        struct postings_shared *shared);

struct postings_docs {    /* some articles */
    const uint32_t *docs; /* ascending; POSTINGS_BLOCK of them, POSTINGS_NO_DOC behind the count */
    uint32_t at, count;   /* those before `at` are not asked for; at is less than count */
};
/* The same of articles that come from no list. Returns the place of the first that is behind the
 * block. */
uint32_t postings_share_docs(struct postings_docs few, const struct postings *many,
                             struct postings_shared *shared);

#endif
