#include "match/children.h"

#include <stdlib.h>

static int by_cost(const void *a, const void *b)
{
    const struct matcher *left = *(struct matcher *const *)a;
    const struct matcher *right = *(struct matcher *const *)b;
    return (left->cost > right->cost) - (left->cost < right->cost);
}

bool match_children_init(struct match_children *children, struct arena *arena,
                         struct matcher *const *items, size_t count)
{
    struct matcher **copy =
        children ? arena_allocate(arena, count, sizeof(struct matcher *)) : NULL;
    if (!copy) {
        for (size_t i = 0; i < count; i++)
            matcher_release(items[i]);
        return false;
    }
    memcpy(copy, items, count * sizeof(struct matcher *));
    qsort(copy, count, sizeof(struct matcher *), by_cost);
    *children = (struct match_children){copy, count};
    return true;
}

void match_children_release(struct match_children *children)
{
    for (size_t i = 0; i < children->count; i++)
        matcher_release(children->items[i]);
}
