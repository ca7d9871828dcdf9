#include "base/heap.h"

static void swap_items(struct heap *heap, size_t a, size_t b)
{
    void *item = heap->items[a];
    heap->items[a] = heap->items[b];
    heap->items[b] = item;
}

void heap_push(struct heap *heap, void *item)
{
    size_t at = heap->count++;
    heap->items[at] = item;
    while (at > 0 && heap->before(heap->items[at], heap->items[(at - 1) / 2])) {
        swap_items(heap, at, (at - 1) / 2);
        at = (at - 1) / 2;
    }
}

void heap_sift_first(struct heap *heap)
{
    for (size_t at = 0;;) {
        size_t least = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < heap->count; child++)
            if (heap->before(heap->items[child], heap->items[least]))
                least = child;
        if (least == at)
            return;
        swap_items(heap, at, least);
        at = least;
    }
}

void *heap_pop(struct heap *heap)
{
    if (heap->count == 0)
        return NULL;
    void *first = heap->items[0];
    heap->items[0] = heap->items[--heap->count];
    heap_sift_first(heap);
    return first;
}
