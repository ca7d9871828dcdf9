/* The best impacts of a list, in 65535ths rounded down: a heap of at most LIST_BEST_MOST. */
#ifndef VERBATIM_STORE_BEST_IMPACTS_H
#define VERBATIM_STORE_BEST_IMPACTS_H

#include <stdint.h>

#include "store/list_layout.h"

struct best_impacts { /* zeroed: empty */
    uint32_t count;
    uint16_t heap[LIST_BEST_MOST]; /* the least first */
};

void best_impacts_add(struct best_impacts *best, uint16_t impact);
/* Sorts, the greatest first; nothing may be added behind that. */
void best_impacts_sort(struct best_impacts *best);

#endif
