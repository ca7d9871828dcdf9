#include "rank/top.h"

#include <stdlib.h>

/* Whether a is the better. */
static bool is_better(const struct top_entry *a, const struct top_entry *b)
{
    if (a->key != b->key)
        return a->key > b->key;
    if (a->file != b->file)
        return a->file < b->file;
    return a->doc < b->doc;
}

static bool is_worse(const void *a, const void *b)
{
    return is_better(b, a);
}

enum status top_init(struct top *top, struct arena *arena, size_t most)
{
    *top = (struct top){.most = most};
    if (most == 0)
        return STATUS_OK;
    top->entries = arena_allocate(arena, most, sizeof *top->entries);
    void **items = arena_allocate(arena, most, sizeof *items);
    if (!top->entries || !items)
        return STATUS_NO_MEMORY;
    top->heap = (struct heap){items, 0, is_worse};
    return STATUS_OK;
}

void top_offer(struct top *top, struct top_entry entry)
{
    if (top->count < top->most) {
        top->entries[top->count] = entry;
        heap_push(&top->heap, &top->entries[top->count++]);
    } else if (top->most) {
        struct top_entry *worst = heap_first(&top->heap);
        if (is_better(&entry, worst)) {
            *worst = entry;
            heap_sift_first(&top->heap);
        }
    }
}

bool top_takes(const struct top *top, uint64_t key)
{
    if (top->count < top->most)
        return true;
    return top->most && key > ((const struct top_entry *)heap_first(&top->heap))->key;
}

static int by_rank(const void *a, const void *b)
{
    return is_better(a, b) ? -1 : is_better(b, a);
}

void top_sort(struct top *top)
{
    if (top->count)
        qsort(top->entries, top->count, sizeof *top->entries, by_rank);
}
