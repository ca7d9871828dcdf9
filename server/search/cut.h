/* Where a snippet begins and ends: at words, near SNIPPET_CHARS apart, at sentences where they are
 * near. */
#ifndef VERBATIM_SEARCH_CUT_H
#define VERBATIM_SEARCH_CUT_H

#include "search/region.h"

enum {
    SHOWN_BYTES_MOST = 1 << 14, /* of one match with what stands around it: a longer one is cut */
    SNIPPET_CHARS = 220,        /* code points aimed at */
    SNIPPET_CONTEXT_CHARS = 40, /* on either side of a phrase, however long it is */
};

struct cut {
    size_t start, end;            /* bytes of the region's text; never inside a character */
    size_t first_word, last_word; /* of the region, that lie in it; last_word ≥ first_word − 1 */
    bool at_start, at_end;        /* of the body */
};

/* Around the words [from, to) of the region, which stay whole; from = to = 0: the body's
 * beginning. */
struct cut cut_choose(const struct region *region, size_t from, size_t to);

struct cut_bounds {
    size_t first,
        last; /* words [first, last) of the region may be shown; from and to are in them */
};
struct cut cut_within(const struct region *region, size_t from, size_t to,
                      struct cut_bounds bounds);

/* Those words with as many whole ones on either side as `room` code points hold. from < to. */
struct cut cut_around(const struct region *region, size_t from, size_t to, size_t room);

#endif
