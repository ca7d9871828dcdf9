/* A binary heap of pointers: the first is the one before all others. For merges and for the best k.
 *
 * The holder gives the array, so nothing here allocates or fails; items are borrowed. Pushing and
 * popping compare O(log count) times. Equal items come out in no order. One thread at a time. */
#ifndef VERBATIM_BASE_HEAP_H
#define VERBATIM_BASE_HEAP_H

#include <stdbool.h>
#include <stddef.h>

struct heap {
    void **items; /* borrowed; room for as many as will ever be in it */
    size_t count;
    bool (*before)(const void *a, const void *b); /* a strict order */
};

static inline void *heap_first(const struct heap *heap)
{
    return heap->count ? heap->items[0] : NULL;
}

/* There must be room. */
void heap_push(struct heap *heap, void *item);
void *heap_pop(struct heap *heap); /* NULL where it is empty */
/* Call when the first item has changed its place in the order. */
void heap_sift_first(struct heap *heap);

#endif
