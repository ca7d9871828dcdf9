#include "store/best_impacts.h"

#include <stdlib.h>

static void sift_down(uint16_t *heap, uint32_t count, uint32_t at)
{
    uint16_t moved = heap[at];
    for (uint32_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && heap[child + 1] < heap[child])
            child++;
        if (heap[child] >= moved)
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = moved;
}

static void sift_up(uint16_t *heap, uint32_t at)
{
    uint16_t moved = heap[at];
    for (; at && heap[(at - 1) / 2] > moved; at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = moved;
}

void best_impacts_add(struct best_impacts *best, uint16_t impact)
{
    if (best->count < LIST_BEST_MOST) {
        best->heap[best->count] = impact;
        sift_up(best->heap, best->count++);
    } else if (impact > best->heap[0]) {
        best->heap[0] = impact;
        sift_down(best->heap, best->count, 0);
    }
}

static int greater_first(const void *a, const void *b)
{
    return *(const uint16_t *)b - *(const uint16_t *)a;
}

void best_impacts_sort(struct best_impacts *best)
{
    qsort(best->heap, best->count, sizeof best->heap[0], greater_first);
}
