/* The best impacts of a list, in 65535ths rounded down: at most LIST_BEST_MOST.
 *
 * Gathered in twice the room: where that is full, the worse half goes. So an impact costs a
 * comparison, and now and then its share of a sort. */
#ifndef VERBATIM_STORE_BEST_IMPACTS_H
#define VERBATIM_STORE_BEST_IMPACTS_H

#include <stdint.h>

#include "store/list_layout.h"

struct best_impacts { /* zeroed, or with a count of 0: empty */
    uint32_t count;
    uint32_t least;                    /* those below are not among the best */
    uint16_t best[2 * LIST_BEST_MOST]; /* the greatest first, once sorted */
};

/* Of a full one, whose worse half goes. */
void best_impacts_trim(struct best_impacts *best);

static inline void best_impacts_add(struct best_impacts *best, uint16_t impact)
{
    if (best->count == 0)
        best->least = 0;
    if (impact < best->least)
        return;
    best->best[best->count++] = impact;
    if (best->count == 2 * LIST_BEST_MOST)
        best_impacts_trim(best);
}

/* Sorts, the greatest first; nothing may be added behind that. */
void best_impacts_sort(struct best_impacts *best);

#endif
