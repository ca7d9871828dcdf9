#include "search/window.h"

#include "match/budget.h"
#include "search/occurrences.h"

static uint32_t end_of(const struct occurrence *item)
{
    return item->start + item->words;
}

/* Where a window that begins with this occurrence must end: before what is shown next. 0 where it
 * is shown itself, or a part of it. */
static uint32_t limit_of(const struct window_request *request, const struct occurrence *first)
{
    uint32_t limit = UINT32_MAX;
    for (size_t i = 0; i < request->shown_count; i++) {
        const struct window_shown *shown = &request->shown[i];
        if (shown->start < end_of(first) && shown->end > first->start)
            return 0;
        if (shown->start > first->start && shown->start < limit)
            limit = shown->start;
    }
    return limit;
}

/* The window that begins with an occurrence, no longer than its weight asks for. Adds how many
 * occurrences it looked at. */
static struct window window_from(const struct window_request *request, size_t first, uint32_t limit,
                                 size_t *steps)
{
    const struct occurrence *items = request->items;
    struct window window = {.first = first};
    uint32_t end = 0;
    size_t at = first;
    for (; at < request->count; at++) {
        const struct occurrence *item = &items[at];
        bool fits = at == first || end_of(item) - items[first].start <= WINDOW_WORDS;
        if (!fits || end_of(item) > limit)
            break;
        end = end_of(item) > end ? end_of(item) : end;
        if (request->seen[item->term]++)
            continue;
        window.weight += request->weights[item->term];
        window.count = at + 1 - first;
        window.words = end - items[first].start;
    }
    *steps += at - first;
    while (at-- > first)
        request->seen[items[at].term] = 0;
    return window;
}

bool window_best(const struct window_request *request, struct window *best)
{
    size_t steps = 0;
    *best = (struct window){0};
    for (size_t first = 0; first < request->count; first++) {
        uint32_t limit = limit_of(request, &request->items[first]);
        if (limit == 0)
            continue;
        struct window window = window_from(request, first, limit, &steps);
        if (steps >= BUDGET_PLACES) {
            if (!match_budget_spend(request->budget, steps / BUDGET_PLACES))
                return false;
            steps = 0;
        }
        if (window.weight > best->weight ||
            (window.weight == best->weight && window.words < best->words))
            *best = window;
    }
    return best->weight > 0;
}
