/* An order of articles in which those of the same words stand together.
 *
 * Source: Dhulipala, Kabiljo, Karrer, Ottaviano, Pupyrev and Shalita, "Compressing graphs and
 * indexes with recursive graph bisection" (KDD 2016): a range is halved, articles of the halves
 * change places as long as the gaps of lists get shorter by it, and the halves are halved in turn.
 * An article's gain is reckoned from the logarithms of its terms' numbers in the halves alone, and
 * asks for more from round to round, after Mackenzie, Petri and Moffat, "Tradeoff options for
 * bipartite graph partitioning" (2022). All in whole numbers: the order is the same on every
 * machine, whatever the threads. */
#ifndef VERBATIM_BUILD_REORDER_BISECT_H
#define VERBATIM_BUILD_REORDER_BISECT_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

enum {
    BISECT_TERMS = 32,        /* at most, of an article: a line of the cache */
    BISECT_ARTICLES = 1 << 19 /* at most, at a time */
};

struct bisect_record { /* of an article: different numbers from 1 on, then zeros */
    uint16_t terms[BISECT_TERMS];
};

/* Puts the records into their new order, and with them the array `places`, which begins as 0, 1 …
 * With nothing to gain all stays as it is. Takes 1 MB a thread and 2 bytes an article;
 * STATUS_NO_MEMORY where there is none. threads is at least 1. */
enum status bisect(struct bisect_record *records, uint32_t *places, uint32_t count, size_t threads);

#endif
