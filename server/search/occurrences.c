#include "search/occurrences.h"

#include "match/places.h"
#include "search/plan.h"

bool occurrences_init(struct occurrences *occurrences, const struct plan *plan, struct arena *arena)
{
    *occurrences = (struct occurrences){0};
    occurrences->seen_in =
        arena_allocate(arena, plan->leaf_count + 1, sizeof *occurrences->seen_in);
    return occurrences->seen_in != NULL;
}

void occurrences_release(struct occurrences *occurrences)
{
    bytes_release(&occurrences->items);
    bytes_release(&occurrences->positions);
}

void occurrences_clear(struct occurrences *occurrences)
{
    bytes_clear(&occurrences->items);
    occurrences->article++;
    occurrences->sorted = true;
}

bool occurrences_is_new(struct occurrences *occurrences, const struct plan *plan,
                        const struct match_leaf *leaf)
{
    uint32_t *seen_in = &occurrences->seen_in[plan->leaves[leaf->number].term];
    bool is_new = *seen_in != occurrences->article;
    *seen_in = occurrences->article;
    return is_new;
}

bool occurrences_add(struct occurrences *occurrences, const struct plan *plan,
                     struct match_leaf *leaf, struct match_budget *budget)
{
    if (!match_leaf_marks(leaf, budget, &occurrences->positions))
        return false;
    const struct match_span *spans =
        (const struct match_span *)(const void *)occurrences->positions.data;
    size_t count = occurrences->positions.size / sizeof *spans;
    if (count > OCCURRENCES_MOST)
        count = OCCURRENCES_MOST;
    if (count == 0)
        return true;
    occurrences->sorted = occurrences->sorted && occurrences->items.size == 0;
    struct occurrence *item =
        (struct occurrence *)(void *)bytes_extend(&occurrences->items, count * sizeof *item);
    for (size_t i = 0; item && i < count; i++)
        item[i] =
            (struct occurrence){spans[i].start, spans[i].words, plan->leaves[leaf->number].term};
    return match_budget_check(budget, occurrences->items.status, CHUNK_TEXT);
}

static int by_start(const void *a, const void *b)
{
    const struct occurrence *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return (left->term > right->term) - (left->term < right->term);
}

bool occurrences_sort(struct occurrences *occurrences, struct match_budget *budget)
{
    if (!occurrences->sorted &&
        !match_places_order(budget, occurrences->items.data, occurrences_count(occurrences),
                            sizeof(struct occurrence), by_start))
        return false;
    occurrences->sorted = true;
    return true;
}

size_t occurrences_before(const struct occurrences *occurrences, uint32_t position)
{
    const struct occurrence *items = occurrences_items(occurrences);
    size_t low = 0, high = occurrences_count(occurrences);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (items[middle].start < position)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
