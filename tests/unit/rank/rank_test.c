/* Scores as whole numbers, and the best of many, against sorting all of them. */
#include <math.h>
#include <stdlib.h>

#include "match/budget.h"
#include "random.h"
#include "rank/bm25.h"
#include "rank/mixture.h"
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

enum { PLACES = 12 };

/* As many pairs as can be made of places near each other, each place in one: all ways are tried. */
static uint32_t most_pairs(const uint32_t *first, size_t first_count, const uint32_t *second,
                           size_t second_count, uint32_t used)
{
    if (first_count == 0)
        return 0;
    uint32_t most = most_pairs(first + 1, first_count - 1, second, second_count, used);
    for (size_t i = 0; i < second_count; i++) {
        uint32_t apart = *first < second[i] ? second[i] - *first : *first - second[i];
        if (used >> i & 1 || apart == 0 || apart > MIXTURE_NEAR_WORDS)
            continue;
        uint32_t with = 1 + most_pairs(first + 1, first_count - 1, second, second_count,
                                       used | (uint32_t)1 << i);
        most = with > most ? with : most;
    }
    return most;
}

static size_t random_places(uint64_t *seed, bool even, uint32_t *places)
{
    size_t count = random_below(seed, 6);
    uint32_t at = 0;
    for (size_t i = 0; i < count; i++) {
        at += 2 + 2 * (uint32_t)random_below(seed, 7);
        places[i] = at + !even;
    }
    return count;
}

static void test_near(void **state)
{
    struct match_budget budget = {0};
    uint64_t seed = 1;
    (void)state;
    for (uint32_t i = 0; i < 3000; i++) {
        uint32_t first[PLACES], second[PLACES];
        size_t first_count = random_places(&seed, true, first);
        size_t second_count = random_places(&seed, false, second);
        uint32_t near = mixture_near_count(first, first_count, second, second_count, &budget);
        assert_int_equal(near, most_pairs(first, first_count, second, second_count, 0));
        assert_int_equal(near,
                         mixture_near_count(second, second_count, first, first_count, &budget));
        assert_true(near <= first_count && near <= second_count);
    }
    static const uint32_t same[] = {7, 20};
    assert_int_equal(mixture_near_count(same, 2, same, 2, &budget), 0);
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
        all[i] = (struct top_entry){random_below(&seed, keys), (uint32_t)(i / 100),
                                    (uint32_t)(i % 100), (uint32_t)(i * 37 % 100), 0};
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
                                       cmocka_unit_test(test_near), cmocka_unit_test(test_top),
                                       cmocka_unit_test(test_top_no_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
