#include "search/kwic_places.h"

#include "match/places.h"
#include "search/plan.h"

bool kwic_places_init(struct kwic_places *places, const struct plan *plan,
                      struct match_budget *budget, struct arena *arena)
{
    *places = (struct kwic_places){.plan = plan, .budget = budget};
    places->leaves.items =
        arena_allocate(arena, plan->leaf_count + 1, sizeof *places->leaves.items);
    return places->leaves.items && occurrences_init(&places->seen, plan, arena);
}

void kwic_places_release(struct kwic_places *places)
{
    occurrences_release(&places->seen);
    bytes_release(&places->spans);
    bytes_release(&places->positions);
}

static void find_leaves(struct kwic_places *places, struct matcher *root)
{
    places->leaves.count = 0;
    matcher_leaves(root, &places->leaves);
    occurrences_clear(&places->seen);
}

bool kwic_places_count(struct kwic_places *places, struct matcher *root, uint64_t *count)
{
    uint32_t tf, title_tf;
    *count = 0;
    find_leaves(places, root);
    for (size_t i = 0; i < places->leaves.count; i++) {
        struct match_leaf *leaf = places->leaves.items[i];
        if (!occurrences_is_new(&places->seen, places->plan, leaf))
            continue;
        if (!match_leaf_frequency(leaf, &tf, &title_tf))
            return false;
        *count += tf;
    }
    return true;
}

static int by_place(const void *a, const void *b)
{
    const struct match_span *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return (left->words > right->words) - (left->words < right->words);
}

bool kwic_places_find(struct kwic_places *places, struct matcher *root)
{
    size_t found = 0;
    bytes_clear(&places->spans);
    find_leaves(places, root);
    for (size_t i = 0; i < places->leaves.count; i++) {
        struct match_leaf *leaf = places->leaves.items[i];
        if (!occurrences_is_new(&places->seen, places->plan, leaf))
            continue;
        if (!match_leaf_extents(leaf, places->budget, &places->positions) ||
            !match_places_append(places->budget, &places->spans, bytes_slice(&places->positions)))
            return false;
        found++;
    }
    return found < 2 || match_places_order(places->budget, places->spans.data,
                                           places->spans.size / sizeof(struct match_span),
                                           sizeof(struct match_span), by_place);
}
