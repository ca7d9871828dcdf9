#include "store/norm.h"

enum { EXACT = 24, STEPS = 8 };

uint8_t norm_of_length(uint32_t words)
{
    unsigned norm = EXACT;
    if (words < EXACT)
        return (uint8_t)words;
    uint64_t step = EXACT / STEPS;
    for (; words >= 2 * STEPS * step; step *= 2)
        norm += STEPS;
    return (uint8_t)(norm + (words - STEPS * step) / step);
}

uint32_t norm_length(uint8_t norm)
{
    if (norm < EXACT)
        return norm;
    unsigned doublings = (norm - EXACT) / STEPS, steps = (norm - EXACT) % STEPS;
    uint64_t length = (uint64_t)(EXACT / STEPS) * (STEPS + steps) << doublings;
    return length > UINT32_MAX ? UINT32_MAX : (uint32_t)length;
}
