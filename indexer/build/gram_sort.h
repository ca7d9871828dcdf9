/* Occurrences of runs of words, and the order that they are brought into. */
#ifndef VERBATIM_BUILD_GRAM_SORT_H
#define VERBATIM_BUILD_GRAM_SORT_H

#include <stddef.h>
#include <stdint.h>

struct gram_hit {   /* one occurrence of a gram in an article */
    uint32_t key;   /* what is sorted by */
    uint32_t place; /* 2 × the article or rank + whether it stands in the title */
    uint32_t doc;
};

/* Sorts count hits by their keys, all less than 2^bits, those of one key as they stood. spare has
 * room for as many. Returns where the sorted hits are: hits or spare. Any thread. */
struct gram_hit *gram_sort(struct gram_hit *hits, struct gram_hit *spare, size_t count,
                           unsigned bits);

/* The least bits such that number < 2^bits. */
unsigned gram_bits(uint32_t number);

#endif
