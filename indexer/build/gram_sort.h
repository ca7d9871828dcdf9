/* Parts of runs of words that stand side by side, and the order that they are brought into. */
#ifndef VERBATIM_BUILD_GRAM_SORT_H
#define VERBATIM_BUILD_GRAM_SORT_H

#include <stddef.h>
#include <stdint.h>

struct gram_link {  /* one occurrence of two grams, one a word behind the other */
    uint32_t key;   /* the first, which is sorted by */
    uint32_t place; /* 2 × the article + whether it stands in the title */
    uint32_t second;
};

/* Sorts count links by their keys, all less than 2^bits, those of one key as they stood. spare has
 * room for as many. Returns where the sorted links are: links or spare. Any thread. */
struct gram_link *gram_sort(struct gram_link *links, struct gram_link *spare, size_t count,
                            unsigned bits);

/* The least bits such that number < 2^bits. */
unsigned gram_bits(uint32_t number);

#endif
