/* What the chunk "grams" tells of a run of adjacent words. */
#ifndef VERBATIM_STORE_GRAM_H
#define VERBATIM_STORE_GRAM_H

#include <stdbool.h>
#include <stdint.h>

#include "store/term.h"

struct gram {
    struct term_list all;    /* its articles; offsets are in the chunk "grams"; no positions */
    struct term_list titles; /* those with it in the title; df 0 where none, or where one_article */
    bool one_article;        /* df is 1: place, tf and title_tf below, and no list */
    bool ranked;             /* numbers in its lists are ranks in the list of `leader`'s articles */
    uint32_t leader; /* which of its words, if ranked: that of smaller df, of equals the left */
    uint32_t place;  /* an article, or if ranked a rank */
    uint32_t tf, title_tf;
};

#endif
