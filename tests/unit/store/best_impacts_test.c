/* The k-th best of random streams, against sorting all of them. */
#include "unit/unit.h"

#include <stdlib.h>

#include "random.h"
#include "store/best_impacts.h"

enum { MOST = 20000 };

static int down(const void *a, const void *b)
{
    return *(const uint16_t *)b - *(const uint16_t *)a;
}

static void check_stream(uint64_t *random, uint32_t count, uint32_t values)
{
    static uint16_t all[MOST];
    struct best_impacts best = {0};
    for (uint32_t i = 0; i < count; i++) {
        all[i] = (uint16_t)random_below(random, values);
        best_impacts_add(&best, all[i]);
    }
    best_impacts_sort(&best);
    qsort(all, count, sizeof *all, down);
    assert_int_equal(best.count, count < LIST_BEST_MOST ? count : LIST_BEST_MOST);
    assert_memory_equal(best.best, all, best.count * sizeof *all);
}

static void test_streams(void **state)
{
    (void)state;
    uint64_t random = 91;
    static const uint32_t counts[] = {0, 1, 2, 10, 999, 1000, 1001, 3000, MOST};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        check_stream(&random, counts[i], 65536);
        check_stream(&random, counts[i], 50);
        check_stream(&random, counts[i], 1);
    }
}

/* Streams in order, where every one or none is better than those before. */
static void test_ordered(void **state)
{
    (void)state;
    struct best_impacts up = {0}, from_above = {0};
    for (uint32_t i = 0; i < MOST; i++) {
        best_impacts_add(&up, (uint16_t)i);
        best_impacts_add(&from_above, (uint16_t)(MOST - 1 - i));
    }
    best_impacts_sort(&up);
    best_impacts_sort(&from_above);
    for (uint32_t k = 0; k < LIST_BEST_MOST; k++) {
        assert_int_equal(up.best[k], MOST - 1 - k);
        assert_int_equal(from_above.best[k], MOST - 1 - k);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_streams),
        cmocka_unit_test(test_ordered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
