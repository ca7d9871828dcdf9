/* The orders by which tests sort, for qsort and bsearch. */
#ifndef VERBATIM_TESTS_SORTING_H
#define VERBATIM_TESTS_SORTING_H

#include "base/slice.h"

static inline int slices_ascend(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static inline int doubles_descend(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

#endif
