/* What the quotation checker is asked. */
#ifndef VERBATIM_SEARCH_QUOTATION_H
#define VERBATIM_SEARCH_QUOTATION_H

#include <stdint.h>

#include "base/slice.h"

enum {
    QUOTE_WORDS_MOST = 5000,      /* of a pasted text */
    QUOTE_BYTES_MOST = 256 << 10, /* likewise */
    QUOTE_MIN_DEFAULT = 4,        /* words of a run */
    QUOTE_MIN_LEAST = 3,
    QUOTE_MIN_MOST = 50,
    QUOTE_ARTICLES_DEFAULT = 10, /* shown */
    QUOTE_ARTICLES_MOST = 100,
    QUOTE_RUNS_DEFAULT = 100, /* shown */
    QUOTE_RUNS_MOST = 1000,
    QUOTE_HOLDERS_MOST = 5,    /* articles shown of a run */
    QUOTE_DIFFERS_MOST = 1000, /* differences shown of an article */
    QUOTE_WRITTEN_WORDS = 200, /* of what was written in place of something; more is left out */
};

struct quotation {
    struct slice text;                 /* pasted; borrowed for the call */
    uint32_t min;                      /* words of a run at least */
    uint32_t articles, runs;           /* shown at most */
    uint64_t budget_us, budget_blocks; /* as a question's */
};

void quotation_init(struct quotation *quotation); /* the defaults above */

#endif
