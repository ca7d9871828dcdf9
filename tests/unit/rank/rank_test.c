/* Scores as whole numbers, and the best of many, against sorting all of them. */
#include <math.h>
#include <stdlib.h>

#include "random.h"
#include "rank/bm25.h"
#include "rank/top.h"
#include "unit/unit.h"

static void test_idf(void **state)
{
    (void)state;
    for (uint64_t articles = 1; articles < 3000; articles = articles * 2 + 1)
        for (uint64_t df = 0; df <= articles; df++) {
            double n = (double)articles, d = (double)df, idf = bm25_idf(articles, df);
            assert_true(fabs(idf - log(1 + (n - d + 0.5) / (d + 0.5))) < 1e-12);
            assert_true(idf > 0);
            assert_true(df == 0 || idf < bm25_idf(articles, df - 1));
        }
}

static void test_parts(void **state)
{
    uint64_t seed = 1, before = 0;
    (void)state;
    assert_int_equal(bm25_part(0, 0.5), 0);
    assert_int_equal(bm25_part(2, 0.5), 1048576);
    assert_int_equal(bm25_part(1, 0.6 / 1048576), 1);
    assert_int_equal(bm25_part(1, 0.4 / 1048576), 0);
    assert_true(bm25_points(1048576 * 3 / 2) == 1.5);
    for (uint32_t i = 0; i <= 1000; i++) { /* a bound is never below what it bounds */
        uint64_t part = bm25_part(3.7, i / 1000.0);
        assert_true(part >= before);
        before = part;
    }
    uint64_t parts[20], forwards = 0, backwards = 0;
    for (size_t i = 0; i < 20; i++)
        parts[i] = bm25_part(8.0 * (double)random_below(&seed, 1000) / 1000, 0.7);
    for (size_t i = 0; i < 20; i++) {
        forwards += parts[i];
        backwards += parts[19 - i];
    }
    assert_true(bm25_points(forwards) == bm25_points(backwards));
}

static int by_rank(const void *a, const void *b)
{
    const struct top_entry *left = a, *right = b;
    if (left->key != right->key)
        return left->key > right->key ? -1 : 1;
    if (left->file != right->file)
        return left->file < right->file ? -1 : 1;
    return left->place < right->place ? -1 : left->place > right->place;
}

static void check_top(size_t most, size_t offered, uint64_t keys, uint64_t seed)
{
    struct top_entry *all = calloc(offered + 1, sizeof *all);
    struct arena arena = {0};
    struct top top;
    assert_int_equal(top_init(&top, &arena, most), STATUS_OK);
    for (size_t i = 0; i < offered; i++) {
        all[i] =
            (struct top_entry){random_below(&seed, keys), (uint32_t)(i / 100), (uint32_t)(i % 100),
                               (uint32_t)(i * 37 % 100)};
        size_t better = 0;
        for (size_t j = 0; j < i; j++)
            better += by_rank(&all[j], &all[i]) < 0;
        bool comes_in = all[i].key >= top_least(&top, all[i].file, all[i].place);
        assert_int_equal(comes_in, better < most);
        assert_false(top_has(&top, all[i].file, all[i].doc));
        top_offer(&top, all[i]);
    }
    qsort(all, offered, sizeof *all, by_rank);
    top_sort(&top);
    assert_int_equal(top.count, offered < most ? offered : most);
    for (size_t i = 0; i < top.count; i++)
        assert_int_equal(by_rank(&top.entries[i], &all[i]), 0);
    arena_release(&arena);
    free(all);
}

static void test_top(void **state)
{
    (void)state;
    for (size_t most = 0; most < 40; most = most * 2 + 1)
        for (size_t offered = 0; offered < 700; offered = offered * 3 + 1)
            for (uint64_t keys = 1; keys < 2000; keys *= 9)
                check_top(most, offered, keys, most + offered + keys);
}

static void test_top_no_memory(void **state)
{
    struct arena arena;
    struct top top;
    (void)state;
    arena_init(&arena, 100);
    assert_int_equal(top_init(&top, &arena, 1000), STATUS_NO_MEMORY);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_idf), cmocka_unit_test(test_parts),
                                       cmocka_unit_test(test_top),
                                       cmocka_unit_test(test_top_no_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
