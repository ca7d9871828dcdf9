#include "rank/top.h"

enum status top_init(struct top *top, struct arena *arena, size_t most)
{
    *top = (struct top){.most = most};
    if (most == 0)
        return STATUS_OK;
    top->entries = arena_allocate(arena, most, sizeof *top->entries);
    return top->entries ? STATUS_OK : STATUS_NO_MEMORY;
}

static void sift_up(struct top *top, struct top_entry entry)
{
    size_t at = top->count++;
    for (; at && top_is_better(&top->entries[(at - 1) / 2], &entry); at = (at - 1) / 2)
        top->entries[at] = top->entries[(at - 1) / 2];
    top->entries[at] = entry;
}

/* The entry takes the place of one that is no better. */
static void sift_down(struct top *top, size_t at, struct top_entry entry)
{
    for (size_t child = 2 * at + 1; child < top->count; child = 2 * at + 1) {
        if (child + 1 < top->count && top_is_better(&top->entries[child], &top->entries[child + 1]))
            child++;
        if (!top_is_better(&entry, &top->entries[child]))
            break;
        top->entries[at] = top->entries[child];
        at = child;
    }
    top->entries[at] = entry;
}

void top_offer(struct top *top, struct top_entry entry)
{
    if (top->count < top->most)
        sift_up(top, entry);
    else if (top->most && top_is_better(&entry, &top->entries[0]))
        sift_down(top, 0, entry);
}

void top_raise(struct top *top, struct top_entry entry)
{
    for (size_t i = 0; i < top->count; i++)
        if (top->entries[i].doc == entry.doc && top->entries[i].file == entry.file) {
            if (entry.key > top->entries[i].key)
                sift_down(top, i, entry);
            return;
        }
    top_offer(top, entry);
}

void top_seed(struct top *top, uint64_t key)
{
    if (key > top->seed)
        top->seed = key;
}

bool top_has(const struct top *top, uint32_t file, uint32_t doc)
{
    for (size_t i = 0; i < top->count; i++)
        if (top->entries[i].doc == doc && top->entries[i].file == file)
            return true;
    return false;
}

/* The worst of those left goes behind them. */
void top_sort(struct top *top)
{
    size_t count = top->count;
    while (top->count > 1) {
        struct top_entry worst = top->entries[0];
        struct top_entry last = top->entries[--top->count];
        sift_down(top, 0, last);
        top->entries[top->count] = worst;
    }
    top->count = count;
}
