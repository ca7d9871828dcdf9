#include "match/or.h"

#include "base/heap.h"

struct match_or {
    struct matcher matcher;
    struct match_children children;
    struct heap heap; /* those that have begun, the least doc first */
};

static bool is_before(const void *a, const void *b)
{
    return ((const struct matcher *)a)->doc < ((const struct matcher *)b)->doc;
}

static uint32_t first_doc(const struct match_or *any)
{
    return ((const struct matcher *)heap_first(&any->heap))->doc;
}

static void begin(struct match_or *any, uint32_t target)
{
    for (size_t i = 0; i < any->children.count; i++) {
        matcher_seek(any->children.items[i], target);
        heap_push(&any->heap, any->children.items[i]);
    }
}

/* target is beyond the current article. */
static uint32_t or_seek(struct matcher *matcher, uint32_t target)
{
    struct match_or *any = (struct match_or *)matcher;
    if (matcher->doc == BEFORE_FIRST_DOC)
        begin(any, target);
    while (first_doc(any) < target) {
        matcher_seek(heap_first(&any->heap), target);
        heap_sift_first(&any->heap);
    }
    return first_doc(any);
}

static void or_leaves(struct matcher *matcher, struct match_leaves *leaves)
{
    struct match_or *any = (struct match_or *)matcher;
    for (size_t i = 0; i < any->children.count; i++)
        if (any->children.items[i]->doc == matcher->doc)
            matcher_leaves(any->children.items[i], leaves);
}

static void or_release(struct matcher *matcher)
{
    match_children_release(&((struct match_or *)matcher)->children);
}

static const struct matcher_kind or_kind = {
    .seek = or_seek, .leaves = or_leaves, .release = or_release};

struct matcher *match_or(const struct match_source *source, struct matcher *const *children,
                         size_t count)
{
    struct match_or *any = arena_allocate(source->arena, 1, sizeof *any);
    void **room = any ? arena_allocate(source->arena, count, sizeof *room) : NULL;
    if (!match_children_init(room ? &any->children : NULL, source->arena, children, count))
        return NULL;
    any->heap = (struct heap){room, 0, is_before};
    uint64_t cost = 0;
    for (size_t i = 0; i < count; i++)
        cost += children[i]->cost;
    matcher_init(&any->matcher, &or_kind, cost);
    return &any->matcher;
}

const struct match_children *match_or_children(struct matcher *matcher)
{
    return matcher->kind == &or_kind ? &((struct match_or *)matcher)->children : NULL;
}
