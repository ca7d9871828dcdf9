/* Windows against trying every stretch of occurrences. */
#include <stdlib.h>
#include <string.h>

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

static uint32_t different(const struct occurrence *items, size_t first, size_t count)
{
    uint32_t seen = 0;
    for (size_t i = first; i < first + count; i++)
        seen |= 1u << items[i].term;
    return (uint32_t)__builtin_popcount(seen);
}

/* Every stretch that is allowed, the most terms first, then the earliest. */
static struct window try_all(const struct occurrence *items, size_t count, const bool *taken)
{
    struct window best = {0};
    for (size_t first = 0; first < count; first++) {
        size_t n = 0;
        while (first + n < count && !taken[first + n] &&
               (n == 0 || items[first + n].start + items[first + n].words - items[first].start <=
                              WINDOW_WORDS))
            n++;
        if (n && different(items, first, n) > best.terms)
            best = (struct window){first, n, different(items, first, n)};
    }
    return best;
}

static void test_windows(void **state)
{
    uint64_t seed = 1;
    (void)state;
    for (size_t tries = 0; tries < 3000; tries++) {
        struct occurrence items[ITEMS];
        struct window windows[WINDOWS];
        uint32_t counts[TERMS] = {0}, none[TERMS] = {0};
        bool taken[ITEMS] = {0};
        size_t count = random_below(&seed, ITEMS + 1), spread = 1 + random_below(&seed, 400);
        for (size_t i = 0; i < count; i++)
            items[i] = (struct occurrence){(uint32_t)random_below(&seed, spread),
                                           1 + (uint32_t)random_below(&seed, tries % 9 ? 4 : 40),
                                           (uint32_t)random_below(&seed, TERMS)};
        qsort(items, count, sizeof *items, by_start);
        size_t most = random_below(&seed, WINDOWS + 1),
               chosen = window_choose(items, count, counts, windows, most);
        for (size_t i = 0; i < most; i++) {
            struct window best = try_all(items, count, taken);
            assert_int_equal(best.terms == 0, i >= chosen);
            if (best.terms == 0)
                break;
            assert_int_equal(windows[i].first, best.first);
            assert_int_equal(windows[i].count, best.count);
            assert_int_equal(windows[i].terms, best.terms);
            memset(taken + best.first, true, best.count);
        }
        assert_memory_equal(counts, none, sizeof counts);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_windows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
