/* When an article is a near-copy of another: by the different runs of COPY_WORDS words of their
 * bodies. The one predicate that builder and tests share; FORMAT.md tells it. */
#ifndef VERBATIM_STORE_COPY_RULE_H
#define VERBATIM_STORE_COPY_RULE_H

#include <stdint.h>

enum {
    COPY_WORDS = 5,
    COPY_NUMERATOR = 4, /* four fifths of the runs of the shorter one stand in the other too */
    COPY_DENOMINATOR = 5,
    COPY_LONGER = 2, /* the longer one has at most so many times as many */
    COPY_FEW = 20,   /* with fewer runs, where one word decides, all are equal, and titles too */
};

/* The least number of runs in common that makes copies of two articles that have so many;
 * UINT64_MAX where none does. */
static inline uint64_t copy_rule_least(uint64_t a, uint64_t b)
{
    uint64_t less = a < b ? a : b, more = a < b ? b : a;
    if (less == 0 || more > COPY_LONGER * less || (less < COPY_FEW && less < more))
        return UINT64_MAX;
    if (less < COPY_FEW)
        return less;
    return (less * COPY_NUMERATOR + COPY_DENOMINATOR - 1) / COPY_DENOMINATOR;
}

#endif
