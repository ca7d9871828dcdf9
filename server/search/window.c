#include "search/window.h"

#include "match/leaf.h"
#include "match/matcher.h"
#include "search/occurrences.h"
#include "base/bytes.h"

struct sliding { /* a window whose ends only move forward */
    const struct occurrence *items;
    size_t count;
    uint32_t *counts; /* by term, of the items in it */
    const struct window *taken;
    size_t taken_count;
    struct window window;
};

static bool is_taken(const struct sliding *sliding, size_t at)
{
    for (size_t i = 0; i < sliding->taken_count; i++)
        if (at >= sliding->taken[i].first && at < sliding->taken[i].first + sliding->taken[i].count)
            return true;
    return false;
}

/* Whether the item behind the window's end may come in. */
static bool takes(const struct sliding *sliding, size_t end)
{
    if (end >= sliding->count || is_taken(sliding, end))
        return false;
    if (sliding->window.count == 0)
        return true;
    const struct occurrence *last = &sliding->items[end];
    return last->start + last->words - sliding->items[sliding->window.first].start <= WINDOW_WORDS;
}

static void grow(struct sliding *sliding)
{
    size_t end = sliding->window.first + sliding->window.count;
    for (; takes(sliding, end); end++) {
        sliding->window.count++;
        if (sliding->counts[sliding->items[end].term]++ == 0)
            sliding->window.terms++;
    }
}

static void drop_first(struct sliding *sliding)
{
    if (sliding->window.count) {
        sliding->window.count--;
        if (--sliding->counts[sliding->items[sliding->window.first].term] == 0)
            sliding->window.terms--;
    }
    sliding->window.first++;
}

/* Leaves all counts zero. */
static struct window best_window(struct sliding *sliding)
{
    struct window best = {0};
    for (sliding->window = best; sliding->window.first < sliding->count; drop_first(sliding)) {
        grow(sliding);
        if (sliding->window.terms > best.terms)
            best = sliding->window;
    }
    return best;
}

size_t window_choose(const struct occurrence *items, size_t count, uint32_t *counts,
                     struct window *windows, size_t most)
{
    size_t chosen = 0;
    for (; chosen < most; chosen++) {
        struct sliding sliding = {.items = items,
                                  .count = count,
                                  .counts = counts,
                                  .taken = windows,
                                  .taken_count = chosen};
        struct window best = best_window(&sliding);
        if (best.terms == 0)
            break;
        windows[chosen] = best;
    }
    return chosen;
}
