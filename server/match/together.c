#include "match/together.h"

#include <stdlib.h>

#include "match/bound.h"
#include "match/term.h"

enum { AHEAD_FIRST = 1 << 12, AHEAD_MOST = 1 << 18, AHEAD_GROWS = 8 }; /* articles */

/* --- Making ------------------------------------------------------------------------------------*/

static int by_cost(const void *a, const void *b)
{
    const struct match_leaf *left = *(struct match_leaf *const *)a;
    const struct match_leaf *right = *(struct match_leaf *const *)b;
    return (left->matcher.cost > right->matcher.cost) - (left->matcher.cost < right->matcher.cost);
}

static struct match_leaf **ordered(struct arena *arena, struct match_leaf *const *leaves,
                                   size_t count)
{
    struct match_leaf **copy = arena_allocate(arena, count, sizeof *copy);
    if (!copy)
        return NULL;
    memcpy(copy, leaves, count * sizeof *copy);
    qsort(copy, count, sizeof *copy, by_cost);
    return copy;
}

static void release_leaves(struct match_leaf *const *leaves, size_t count)
{
    for (size_t i = 0; leaves && i < count; i++)
        matcher_release(&leaves[i]->matcher);
}

bool match_together_init(struct match_together *together, const struct match_source *source,
                         struct match_leaf *const *leaves, struct match_leaf *const *scouts,
                         size_t count)
{
    struct arena *arena = source->arena;
    *together = (struct match_together){.source = source, .count = count};
    together->leaves = ordered(arena, leaves, count);
    together->scouts = scouts ? ordered(arena, scouts, count) : NULL;
    together->bound_blocks = arena_allocate(arena, count, sizeof *together->bound_blocks);
    if (arena->status == STATUS_OK)
        return true;
    release_leaves(leaves, count);
    release_leaves(scouts, count);
    return false;
}

void match_together_release(struct match_together *together)
{
    release_leaves(together->leaves, together->count);
    release_leaves(together->scouts, together->count);
    bytes_release(&together->ahead);
}

/* --- Articles ----------------------------------------------------------------------------------*/

static uint32_t approach_all(struct match_leaf **leaves, size_t count, uint32_t target)
{
    uint32_t doc = matcher_approach(&leaves[0]->matcher, target);
    for (size_t i = 1; i < count && doc != NO_MORE_DOCS;) {
        uint32_t other = matcher_approach(&leaves[i]->matcher, doc);
        if (other == doc) {
            i++;
        } else {
            doc = matcher_approach(&leaves[0]->matcher, other);
            i = 1;
        }
    }
    return doc;
}

static bool confirm_all(struct match_leaf **leaves, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!matcher_confirm(&leaves[i]->matcher))
            return false;
    return true;
}

uint32_t match_together_approach(struct match_together *together, uint32_t target)
{
    return approach_all(together->leaves, together->count, target);
}

bool match_together_test(struct match_together *together, uint32_t target)
{
    for (size_t i = 0; i < together->count; i++)
        if (matcher_approach(&together->leaves[i]->matcher, target) != target)
            return false;
    return true;
}

static bool look_ahead(struct match_together *together, uint32_t doc)
{
    struct match_budget *budget = together->source->budget;
    bytes_clear(&together->ahead);
    together->reach = together->reach ? together->reach * AHEAD_GROWS : AHEAD_FIRST;
    if (together->reach > AHEAD_MOST)
        together->reach = AHEAD_MOST;
    while (together->ahead.size < together->reach * sizeof doc && budget->status == STATUS_OK) {
        doc = approach_all(together->scouts, together->count, doc);
        if (doc == NO_MORE_DOCS)
            break;
        if (confirm_all(together->scouts, together->count))
            bytes_append(&together->ahead, &doc, sizeof doc);
        doc++;
    }
    if (!match_budget_check(budget, together->ahead.status, CHUNK_POSITIONS))
        return false;
    for (size_t i = 0; i < together->count; i++)
        match_leaf_expect(together->leaves[i], (const uint32_t *)(const void *)together->ahead.data,
                          together->ahead.size / sizeof doc);
    return true;
}

bool match_together_confirm(struct match_together *together)
{
    uint32_t doc = match_together_doc(together);
    const uint32_t *ahead = (const uint32_t *)(const void *)together->ahead.data;
    size_t count = together->ahead.size / sizeof doc;
    if (!confirm_all(together->leaves, together->count))
        return false;
    if (!together->scouts || (count && ahead[count - 1] >= doc))
        return true;
    return look_ahead(together, doc);
}

/* --- Bounds ------------------------------------------------------------------------------------*/

bool match_together_most(struct match_together *together, uint32_t *tf, uint32_t *title_tf)
{
    *tf = *title_tf = UINT32_MAX;
    for (size_t i = 0; i < together->count; i++) {
        uint32_t leaf_tf, leaf_title_tf;
        if (!match_leaf_most(together->leaves[i], &leaf_tf, &leaf_title_tf))
            return false;
        *tf = leaf_tf < *tf ? leaf_tf : *tf;
        *title_tf = leaf_title_tf < *title_tf ? leaf_title_tf : *title_tf;
    }
    return true;
}

uint16_t match_together_bound_of(struct match_leaf *leaf, uint32_t *block, uint32_t target,
                                 uint32_t *up_to)
{
    struct match_cursor *cursor = leaf->kind->bound ? NULL : match_term_cursor(&leaf->matcher);
    if (cursor)
        return match_bound(&cursor->postings, block, target, up_to);
    return match_leaf_bound(leaf, target, up_to);
}

uint16_t match_together_bound(struct match_together *together, uint32_t target, uint32_t *up_to)
{
    uint16_t least = UINT16_MAX;
    *up_to = NO_MORE_DOCS;
    for (size_t i = 0; i < together->count; i++) {
        uint32_t end;
        uint16_t bound =
            match_together_bound_of(together->leaves[i], &together->bound_blocks[i], target, &end);
        least = bound < least ? bound : least;
        *up_to = end < *up_to ? end : *up_to;
    }
    return least;
}
