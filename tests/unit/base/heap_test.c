#include "base/heap.h"

#include <stdlib.h>

#include "random.h"
#include "unit/unit.h"

enum { MOST = 300 };

static bool less(const void *a, const void *b)
{
    return *(const int *)a < *(const int *)b;
}

static int compare(const void *a, const void *b)
{
    return (*(const int *)a > *(const int *)b) - (*(const int *)a < *(const int *)b);
}

static void pops_in_the_order_of_a_sort(void **state)
{
    uint64_t random = 6;
    (void)state;
    for (size_t count = 0; count < MOST; count++) {
        int numbers[MOST], sorted[MOST];
        void *items[MOST];
        struct heap heap = {items, 0, less};
        for (size_t i = 0; i < count; i++) {
            sorted[i] = numbers[i] = (int)random_below(&random, 100);
            heap_push(&heap, &numbers[i]);
        }
        qsort(sorted, count, sizeof *sorted, compare);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(*(int *)heap_first(&heap), sorted[i]);
            assert_int_equal(*(int *)heap_pop(&heap), sorted[i]);
        }
        assert_null(heap_first(&heap));
        assert_null(heap_pop(&heap));
    }
}

/* A merge of sorted runs, each of which sifts down as it moves on. */
static void merges_runs_by_sifting(void **state)
{
    enum { RUNS = 37, EACH = 50 };
    int runs[RUNS][EACH + 1], *heads[RUNS], sorted[RUNS * EACH];
    void *items[RUNS];
    struct heap heap = {items, 0, less};
    uint64_t random = 7;
    (void)state;
    for (size_t r = 0; r < RUNS; r++) {
        for (size_t i = 0; i < EACH; i++)
            sorted[r * EACH + i] = runs[r][i] = (int)random_below(&random, 10000);
        qsort(runs[r], EACH, sizeof **runs, compare);
        runs[r][EACH] = 1 << 30;
        heads[r] = runs[r];
    }
    qsort(sorted, RUNS * EACH, sizeof *sorted, compare);
    for (size_t r = 0; r < RUNS; r++)
        heap_push(&heap, heads[r]);
    for (size_t i = 0; i < RUNS * EACH; i++) {
        int *first = heap_first(&heap);
        assert_int_equal(*first, sorted[i]);
        heap.items[0] = first + 1;
        heap_sift_first(&heap);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(pops_in_the_order_of_a_sort),
                                       cmocka_unit_test(merges_runs_by_sifting)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
