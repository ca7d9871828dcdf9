/* The order that brings articles of the same words together: always a permutation, the same for any
 * threads, and better by the measure that it is made for. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "build/reorder_bisect.h"
#include "build/reorder_codes.h"
#include "build/reorder_log.h"
#include "random.h"
#include "unit/unit.h"

struct articles {
    struct bisect_record *records, *before;
    uint32_t *places;
    uint32_t count;
};

static void articles_open(struct articles *articles, uint32_t count)
{
    articles->count = count;
    articles->records = calloc(count + 1, sizeof *articles->records);
    articles->before = calloc(count + 1, sizeof *articles->before);
    articles->places = calloc(count + 1, sizeof *articles->places);
}

static void articles_close(struct articles *articles)
{
    free(articles->records);
    free(articles->before);
    free(articles->places);
}

/* Of so many topics in turn, each with words of its own, and some words of all. */
static void draw(struct articles *articles, uint32_t topics, uint64_t seed)
{
    for (uint32_t i = 0; i < articles->count; i++) {
        uint32_t topic = topics ? i % topics : 0;
        uint16_t *terms = articles->records[i].terms;
        uint32_t count = (uint32_t)random_below(&seed, BISECT_TERMS + 1);
        for (uint32_t j = 0; j < count; j++) {
            bool common = random_below(&seed, 4) == 0;
            uint16_t term = (uint16_t)(1 + (common ? 40000 + random_below(&seed, 100)
                                                   : topic * 60 + random_below(&seed, 60)));
            bool met = false;
            for (uint32_t k = 0; k < j; k++)
                met |= terms[k] == term;
            if (met)
                j--, count--;
            else
                terms[j] = term;
        }
    }
}

static void order(struct articles *articles, size_t threads)
{
    memcpy(articles->before, articles->records, articles->count * sizeof *articles->records);
    for (uint32_t i = 0; i < articles->count; i++)
        articles->places[i] = i;
    assert_int_equal(bisect(articles->records, articles->places, articles->count, threads),
                     STATUS_OK);
}

/* Every place once, and each record with its place. */
static void check_permutation(const struct articles *articles)
{
    uint8_t *met = calloc(articles->count + 1, 1);
    for (uint32_t i = 0; i < articles->count; i++) {
        uint32_t place = articles->places[i];
        assert_true(place < articles->count && !met[place]);
        met[place] = 1;
        assert_memory_equal(&articles->records[i], &articles->before[place],
                            sizeof *articles->records);
    }
    free(met);
}

/* Bits of the gaps of all terms' lists. */
static double log_gap_cost(const struct bisect_record *records, uint32_t count)
{
    uint32_t *last = calloc(1 << 16, sizeof *last);
    double cost = 0;
    for (uint32_t i = 0; i < count; i++)
        for (int j = 0; j < BISECT_TERMS && records[i].terms[j]; j++) {
            uint16_t term = records[i].terms[j];
            cost += log2(i + 1 - last[term]);
            last[term] = i + 1;
        }
    free(last);
    return cost;
}

static void test_few_articles(void **state)
{
    (void)state;
    for (uint32_t count = 0; count < 200; count += count < 40 ? 1 : 13)
        for (uint32_t topics = 1; topics < 8; topics += 3) {
            struct articles articles;
            articles_open(&articles, count);
            draw(&articles, topics, count * 100 + topics);
            order(&articles, 2);
            check_permutation(&articles);
            articles_close(&articles);
        }
}

static void check_unmoved(const struct articles *articles)
{
    for (uint32_t i = 0; i < articles->count; i++)
        assert_int_equal(articles->places[i], i);
}

static void test_nothing_to_gain(void **state)
{
    (void)state;
    struct articles articles;
    articles_open(&articles, 3000);
    order(&articles, 2); /* no words */
    check_unmoved(&articles);
    for (uint32_t i = 0; i < articles.count; i++)
        for (int j = 0; j < BISECT_TERMS; j++)
            articles.records[i].terms[j] = (uint16_t)(j + 7);
    order(&articles, 2); /* all the same */
    check_unmoved(&articles);
    for (uint32_t i = 0; i < articles.count; i++)
        articles.records[i] = (struct bisect_record){{(uint16_t)(i + 1)}};
    order(&articles, 2); /* nothing in common */
    check_unmoved(&articles);
    articles_close(&articles);
}

static void test_topics_come_together(void **state)
{
    (void)state;
    for (uint32_t topics = 2; topics <= 128; topics *= 4) {
        struct articles articles;
        articles_open(&articles, 10000);
        draw(&articles, topics, topics);
        double before = log_gap_cost(articles.records, articles.count);
        order(&articles, 2);
        check_permutation(&articles);
        uint32_t changes = 0;
        for (uint32_t i = 1; i < articles.count; i++)
            changes += articles.places[i] % topics != articles.places[i - 1] % topics;
        double after = log_gap_cost(articles.records, articles.count);
        print_message("%u topics: %.0f bits, then %.0f; %u borders\n", (unsigned)topics, before,
                      after, (unsigned)changes);
        assert_true(after < 0.95 * before && changes < articles.count / 4);
        articles_close(&articles);
    }
}

static void test_threads(void **state)
{
    (void)state;
    static const uint32_t counts[] = {70, 1000, 30011};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct articles one, many;
        articles_open(&one, counts[i]);
        draw(&one, 20, i);
        order(&one, 1);
        for (size_t threads = 2; threads < 9; threads += 3) {
            articles_open(&many, counts[i]);
            draw(&many, 20, i);
            order(&many, threads);
            assert_memory_equal(many.places, one.places, counts[i] * sizeof *one.places);
            articles_close(&many);
        }
        articles_close(&one);
    }
}

static void test_logarithms(void **state)
{
    (void)state;
    reorder_log_init();
    int32_t before = 0;
    for (uint64_t n = 1; n < UINT32_MAX; n += 1 + n / 3000) {
        int32_t log = reorder_log((uint32_t)n);
        double exact = log2((double)n) * (1 << REORDER_LOG_BITS);
        assert_true(log >= before && log <= exact && log > exact - 64);
        before = log;
    }
}

static void test_codes(void **state)
{
    (void)state;
    struct word_coder *coder = word_coder_open();
    struct bytes first = {0}, again = {0}, other = {0};
    const struct slice title = SLICE("Rain, rain"), body = SLICE("It fell; the RAIN fell.");
    assert_int_equal(word_coder_read(coder, title, body, &first), STATUS_OK);
    assert_int_equal(first.size, 4 * sizeof(uint32_t));
    for (int i = 0; i < 5000; i++) {
        char text[32];
        bytes_clear(&other);
        word_coder_read(coder, SLICE("more rain"),
                        (struct slice){text, (size_t)sprintf(text, "w%d of it", i)}, &other);
    }
    assert_int_equal(word_coder_read(coder, title, body, &again), STATUS_OK);
    assert_int_equal(again.size, first.size);
    assert_memory_equal(again.data, first.data, first.size);
    for (size_t i = 0; i < first.size / sizeof(uint32_t); i++)
        assert_true(((const uint32_t *)(const void *)first.data)[i] < WORD_CODES);
    bytes_release(&first);
    bytes_release(&again);
    bytes_release(&other);
    word_coder_close(coder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_few_articles),         cmocka_unit_test(test_nothing_to_gain),
        cmocka_unit_test(test_topics_come_together), cmocka_unit_test(test_threads),
        cmocka_unit_test(test_logarithms),           cmocka_unit_test(test_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
