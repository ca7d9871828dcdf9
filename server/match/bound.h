/* The greatest impact of a range of a list's articles, by the bounds of its blocks. */
#ifndef VERBATIM_MATCH_BOUND_H
#define VERBATIM_MATCH_BOUND_H

#include "store/postings_read.h"

/* As match_leaf_bound, of one list. *block is where the last call ended, 0 at first. */
uint16_t match_bound(const struct postings *postings, uint32_t *block, uint32_t target,
                     uint32_t *up_to);

#endif
