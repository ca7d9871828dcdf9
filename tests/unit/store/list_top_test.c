/* The best articles of random streams, against sorting all of them, and their way through bytes. */
#include "unit/unit.h"

#include <stdlib.h>

#include "random.h"
#include "store/list_top.h"

enum { MOST = 5000 };

static int by_impact(const void *a, const void *b)
{
    const struct list_top_article *left = a, *right = b;
    if (left->impact != right->impact)
        return left->impact > right->impact ? -1 : 1;
    return left->place < right->place ? -1 : 1;
}

static bool same(const struct list_top_article *a, const struct list_top_article *b)
{
    return a->doc == b->doc && a->tf == b->tf && a->title_tf == b->title_tf && a->norm == b->norm &&
           a->impact == b->impact;
}

static void check_sorted(const struct list_top *top, struct list_top_article *all, uint32_t count)
{
    qsort(all, count, sizeof *all, by_impact);
    assert_int_equal(top->count, count < LIST_TOP ? count : LIST_TOP);
    for (uint32_t i = 0; i < top->count; i++)
        assert_true(same(&top->articles[i], &all[i]));
    if (count < LIST_TOP)
        return;
    double least = all[LIST_TOP - 1].impact;
    uint32_t next = LIST_TOP;
    while (next < count && all[next].impact == least)
        next++;
    assert_int_equal(top->ties, next > LIST_TOP);
    assert_true(next < count ? same(&top->next, &all[next])
                             : top->next.tf == 0 && top->next.impact == 0);
}

static void gather(uint64_t *random, uint32_t count, uint32_t values, bool all_told, bool anew,
                   struct list_top *top, struct list_top_article *all)
{
    list_top_begin(top);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t tf = 1 + (uint32_t)random_below(random, values);
        all[i] = (struct list_top_article){tf / 2.0,
                                           i * 7,
                                           tf,
                                           (uint32_t)random_below(random, 8),
                                           (uint8_t)random_below(random, 243),
                                           anew ? i ^ 0x5A5 : i};
        if (all_told || list_top_wants(top, all[i].impact))
            list_top_add(top, &all[i]);
    }
}

static void test_streams(void **state)
{
    (void)state;
    static struct list_top_article all[MOST];
    static const uint32_t counts[] = {0, 1, 9, 10, 11, 12, 30, 1000, MOST};
    static const uint32_t values[] = {1, 2, 5, 12, 100, 100000};
    uint64_t random = 19;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        for (size_t k = 0; k < 40 * sizeof values / sizeof *values; k++) {
            struct list_top top;
            gather(&random, counts[i], values[k / 40], k % 2, k % 4 > 1, &top, all);
            check_sorted(&top, all, counts[i]);
        }
    }
}

static void check_read(const struct list_top *top, const struct list_top *read)
{
    for (uint32_t i = 0; i < LIST_TOP; i++) {
        assert_int_equal(read->articles[i].doc, top->articles[i].doc);
        assert_int_equal(read->articles[i].tf, top->articles[i].tf);
        assert_int_equal(read->articles[i].title_tf, top->articles[i].title_tf);
    }
    assert_int_equal(read->next.tf, top->next.tf);
    assert_int_equal(read->next.title_tf, top->next.title_tf);
    assert_int_equal(read->next.norm, top->next.norm);
    assert_int_equal(read->ties, top->ties);
    assert_int_equal(read->count, LIST_TOP);
}

/* A count that does not fit makes all of it zeros. */
static void test_bytes(void **state)
{
    (void)state;
    static struct list_top_article all[MOST];
    static const uint32_t files[] = {1000, 1024, 1025, 40000, 1u << 20, 0x7FFFFFFF};
    uint64_t random = 20;
    for (uint32_t i = 0; i < 600; i++) {
        struct list_top top, read;
        uint8_t bytes[LIST_TOP_MOST_BYTES + 1] = {0};
        uint32_t articles = files[i % (sizeof files / sizeof *files)];
        uint32_t size = list_top_bytes(articles);
        gather(&random, 100, i % 3 ? 1023 : 1040, false, false, &top, all);
        for (uint32_t k = 0; k < LIST_TOP; k++)
            top.articles[k].doc = (uint32_t)random_below(&random, articles);
        bool fits = top.articles[0].tf <= 1023; /* of all the most often */
        assert_true(size < sizeof bytes);
        bytes[size] = 0xA5;
        list_top_encode(&top, articles, bytes);
        assert_int_equal(bytes[size], 0xA5);
        assert_int_equal(list_top_decode(bytes, articles, &read), fits);
        if (fits)
            check_read(&top, &read);
        for (uint32_t k = 0; k < size; k++)
            assert_true(fits || bytes[k] == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_streams),
                                       cmocka_unit_test(test_bytes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
