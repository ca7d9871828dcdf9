/* What the lexicon tells of a term: how often it stands and where its lists lie. */
#ifndef VERBATIM_STORE_TERM_H
#define VERBATIM_STORE_TERM_H

#include <stdbool.h>
#include <stdint.h>

enum {
    TERM_INLINE_POSITIONS =
        4, /* a term of one article and at most so many occurrences has no lists */
};

struct term_list {
    uint32_t df;              /* articles */
    uint64_t cf;              /* occurrences; at most 2^32 − 1 */
    uint64_t postings_offset; /* in the chunk "postings" */
    uint64_t postings_bytes;
    uint64_t positions_offset; /* in the chunk "positions" */
    uint64_t positions_bytes;
};

struct term {
    uint32_t number;         /* in the lexicon, from 0 */
    struct term_list all;    /* title and body together */
    struct term_list titles; /* titles alone; df 0 where no title holds it, or where one_article */
    bool one_article;        /* df is 1: doc below, and no postings list */
    bool is_inline;          /* and its positions stand below, so no positions list either */
    uint32_t doc;
    uint32_t positions[TERM_INLINE_POSITIONS];
};

#endif
