#include "store/best_impacts.h"

/* One pass of a radix sort, the greatest first: by the byte at `shift`. */
static void sort_by_byte(const uint16_t *from, uint16_t *to, uint32_t count, unsigned shift)
{
    uint32_t places[256] = {0}, sum = 0;
    for (uint32_t i = 0; i < count; i++)
        places[from[i] >> shift & 0xFF]++;
    for (int byte = 255; byte >= 0; byte--) {
        uint32_t here = places[byte];
        places[byte] = sum;
        sum += here;
    }
    for (uint32_t i = 0; i < count; i++)
        to[places[from[i] >> shift & 0xFF]++] = from[i];
}

void best_impacts_sort(struct best_impacts *best)
{
    uint16_t half_sorted[2 * LIST_BEST_MOST];
    sort_by_byte(best->best, half_sorted, best->count, 0);
    sort_by_byte(half_sorted, best->best, best->count, 8);
    if (best->count > LIST_BEST_MOST)
        best->count = LIST_BEST_MOST;
}

void best_impacts_trim(struct best_impacts *best)
{
    best_impacts_sort(best);
    best->least = best->best[LIST_BEST_MOST - 1] + 1u; /* another as good changes nothing */
}
