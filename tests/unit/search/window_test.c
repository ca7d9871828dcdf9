/* Windows against trying every stretch of occurrences. */
#include <stdlib.h>
#include <string.h>

#include "match/budget.h"
#include "random.h"
#include "search/occurrences.h"
#include "search/window.h"
#include "unit/unit.h"

enum { ITEMS = 60, TERMS = 6, WINDOWS = 5 };

static int by_start(const void *a, const void *b)
{
    const struct occurrence *left = a, *right = b;
    return (left->start > right->start) - (left->start < right->start);
}

static uint32_t weigh(const struct occurrence *items, size_t first, size_t last,
                      const uint32_t *weights)
{
    uint32_t seen = 0, sum = 0;
    for (size_t i = first; i <= last; i++)
        seen |= 1u << items[i].term;
    for (uint32_t term = 0; term < TERMS; term++)
        sum += seen >> term & 1 ? weights[term] : 0;
    return sum;
}

static uint32_t end_of(const struct occurrence *item)
{
    return item->start + item->words;
}

/* Whether the positions of a stretch hold nothing that is shown, and are few or one occurrence's.
 */
static bool is_allowed(const struct window_request *request, size_t first, size_t last,
                       uint32_t *words)
{
    const struct occurrence *items = request->items;
    uint32_t start = items[first].start, end = 0;
    for (size_t i = first; i <= last; i++) {
        end = end_of(&items[i]) > end ? end_of(&items[i]) : end;
        if (i > first && end_of(&items[i]) - start > WINDOW_WORDS)
            return false;
    }
    for (size_t i = 0; i < request->shown_count; i++)
        if (request->shown[i].start < end && request->shown[i].end > start)
            return false;
    *words = end - start;
    return true;
}

/* Every stretch: the greatest weight, then the fewest words, then the earliest, then the shortest.
 */
static struct window try_all(const struct window_request *request)
{
    struct window best = {0};
    for (size_t first = 0; first < request->count; first++)
        for (size_t last = first; last < request->count; last++) {
            uint32_t words, weight = weigh(request->items, first, last, request->weights);
            if (!is_allowed(request, first, last, &words))
                break;
            if (weight > best.weight || (weight == best.weight && words < best.words))
                best = (struct window){first, last + 1 - first, weight, words};
        }
    return best;
}

static size_t make_items(uint64_t *seed, struct occurrence *items, uint32_t longest)
{
    size_t count = random_below(seed, ITEMS + 1), spread = 1 + random_below(seed, 400);
    for (size_t i = 0; i < count; i++)
        items[i] = (struct occurrence){(uint32_t)random_below(seed, spread),
                                       1 + (uint32_t)random_below(seed, longest),
                                       (uint32_t)random_below(seed, TERMS)};
    qsort(items, count, sizeof *items, by_start);
    return count;
}

static void test_windows(void **state)
{
    uint64_t seed = 1;
    (void)state;
    for (size_t tries = 0; tries < 3000; tries++) {
        struct occurrence items[ITEMS];
        struct window_shown shown[WINDOWS];
        uint32_t weights[TERMS], seen[TERMS] = {0}, none[TERMS] = {0};
        struct match_budget budget = {0};
        struct window_request request = {
            .items = items, .weights = weights, .seen = seen, .shown = shown, .budget = &budget};
        request.count = make_items(&seed, items, tries % 9 ? 4 : 40);
        for (uint32_t term = 0; term < TERMS; term++)
            weights[term] = 1 + (uint32_t)random_below(&seed, tries % 2 ? 1 : 5);
        for (; request.shown_count < WINDOWS; request.shown_count++) {
            struct window window, best = try_all(&request);
            assert_int_equal(window_best(&request, &window), best.weight > 0);
            assert_memory_equal(seen, none, sizeof seen);
            if (best.weight == 0)
                break;
            assert_memory_equal(&window, &best, sizeof best);
            uint32_t before = (uint32_t)random_below(&seed, 10), start = items[best.first].start;
            shown[request.shown_count] =
                (struct window_shown){start < before ? 0 : start - before,
                                      start + best.words + (uint32_t)random_below(&seed, 10)};
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_windows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
