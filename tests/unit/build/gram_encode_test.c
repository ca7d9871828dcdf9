/* A group gives the same lists however few of its hits can be held, and where memory ends it says
 * so. What the lists are is compared with a walk through all words in tests/model/grams_test.c. */
#include "build/gram_encode.h"

#include <string.h>

#include "base/memory.h"
#include "random.h"
#include "scratch.h"
#include "store/settings.h"
#include "unit/unit.h"

enum { RANGES = 3, ARTICLES = 900, WORDS = 40, HEAVY = 7, DOC_BITS = 9 };

struct bench { /* three ranges of articles with three first words, of which one is heavy */
    struct scratch scratch;
    struct container_writer *container;
    struct spool *spool;
    struct gram_level below;
    struct gram_ranges ranges;
    struct gram_groups groups;
    struct gram_runs runs;
    struct impact_model model;
    uint8_t norms[ARTICLES];
    bool one_second; /* all first words are followed by the same one */
};

static void put_word(struct gram_run *run, uint32_t first, uint32_t first_doc, uint32_t doc,
                     uint64_t *state, bool one_second)
{
    struct gram_hit hits[5];
    uint32_t count = 1 + (uint32_t)random_below(state, first == HEAVY ? 5 : 2);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t second = 2;
        if (!one_second && random_below(state, 3) == 0)
            second += 2 * random_below(state, WORDS / 2 - 3);
        hits[i] =
            (struct gram_hit){(uint32_t)second << DOC_BITS | doc, 2 * (first_doc + doc) + (i == 0)};
    }
    assert_int_equal(gram_run_put(run, first, hits, count), STATUS_OK);
}

static void put_range(struct bench *bench, uint32_t range, uint64_t *state)
{
    static const uint32_t firsts[] = {1, HEAVY, WORDS};
    struct gram_run run;
    gram_run_begin(&run, &bench->runs, range, bench->spool);
    for (size_t i = 0; i < 3; i++)
        for (uint32_t doc = 0; doc < ARTICLES / RANGES; doc++)
            if (i == 1 || doc % 10 == range)
                put_word(&run, firsts[i], range * (ARTICLES / RANGES), doc, state,
                         bench->one_second);
    gram_run_end(&run);
}

static void bench_open(struct bench *bench, bool one_second)
{
    struct error error = {0};
    struct settings settings = {.article_count = ARTICLES,
                                .length_sum = ARTICLES * 9,
                                .k1_thousandths = 1200,
                                .b_thousandths = 600,
                                .title_weight_thousandths = 3000};
    uint64_t state = 11;
    *bench = (struct bench){.below.length = 1, .one_second = one_second};
    scratch_open(&bench->scratch);
    bench->container = container_writer_open(scratch_path(&bench->scratch, "x"), NULL, &error);
    bench->spool = spool_open(scratch_path(&bench->scratch, "x"), NULL, &error);
    assert_true(bench->container && bench->spool);
    impact_model_init(&bench->model, &settings);
    memset(bench->norms, 9, sizeof bench->norms);
    struct gram_articles articles = {ARTICLES, bench->norms, NULL, NULL};
    assert_int_equal(gram_ranges_cut(&bench->ranges, &articles, UINT32_MAX, ARTICLES / RANGES),
                     STATUS_OK);
    for (uint32_t word = 1; word <= WORDS; word++)
        gram_level_add(&bench->below, &word, word == HEAVY ? 5 * ARTICLES : ARTICLES / 5, 0, 0);
    assert_int_equal(gram_groups_cut(&bench->groups, &bench->below, 2 * ARTICLES), STATUS_OK);
    assert_int_equal(gram_runs_open(&bench->runs, &bench->groups, &bench->ranges, DOC_BITS),
                     STATUS_OK);
    assert_int_equal(bench->ranges.count, RANGES);
    for (uint32_t range = 0; range < RANGES; range++)
        put_range(bench, range, &state);
    assert_int_equal(spool_flush(bench->spool, &error), STATUS_OK);
}

static void bench_close(struct bench *bench)
{
    gram_runs_release(&bench->runs);
    gram_ranges_release(&bench->ranges);
    gram_groups_release(&bench->groups);
    gram_level_release(&bench->below);
    spool_close(bench->spool);
    container_writer_close(bench->container);
    scratch_close(&bench->scratch);
}

static enum status encode_group(const struct bench *bench, uint32_t group, uint64_t hits_most,
                                struct gram_lists *out)
{
    struct gram_encoder encoder = {
        .container = bench->container,
        .runs = &bench->runs,
        .below = &bench->below,
        .model = &bench->model,
        .norms = bench->norms,
        .hits_most = hits_most,
    };
    enum status status = gram_encode_group(&encoder, group, out);
    gram_encoder_release(&encoder);
    return status;
}

/* All groups, one behind the other in one gram_lists. */
static enum status encode(const struct bench *bench, uint64_t hits_most, struct gram_lists *out)
{
    enum status status = STATUS_OK;
    for (uint32_t group = 0; group < bench->groups.count && status == STATUS_OK; group++)
        status = encode_group(bench, group, hits_most, out);
    return status;
}

static void check_however_few_are_held(bool one_second, size_t grams)
{
    static const uint64_t most[] = {1, 2, 100, 512, 1000, 1500};
    struct bench bench;
    struct gram_lists all = {0};
    bench_open(&bench, one_second);
    assert_int_equal(encode(&bench, 1000000, &all), STATUS_OK);
    assert_true(all.made.size / sizeof(struct gram_made) >= grams);
    for (size_t i = 0; i < sizeof most / sizeof *most; i++) {
        struct gram_lists lists = {0};
        assert_int_equal(encode(&bench, most[i], &lists), STATUS_OK);
        assert_true(slice_equal(bytes_slice(&all.lists), bytes_slice(&lists.lists)));
        assert_int_equal(all.made.size, lists.made.size);
        const struct gram_made *a = (const struct gram_made *)(const void *)all.made.data;
        const struct gram_made *b = (const struct gram_made *)(const void *)lists.made.data;
        for (size_t k = 0; k < all.made.size / sizeof *a; k++) {
            assert_int_equal(a[k].first, b[k].first);
            assert_int_equal(a[k].second, b[k].second);
            assert_int_equal(a[k].gram.all.df, b[k].gram.all.df);
            assert_int_equal(a[k].gram.all.cf, b[k].gram.all.cf);
            assert_int_equal(a[k].gram.titles.df, b[k].gram.titles.df);
        }
        gram_lists_release(&lists);
    }
    gram_lists_release(&all);
    bench_close(&bench);
}

static void test_however_few_are_held(void **state)
{
    (void)state;
    check_however_few_are_held(false, WORDS);
    check_however_few_are_held(true, 3);
}

static void test_memory_ends(void **state)
{
    (void)state;
    static const uint64_t most[] = {100, 1000000};
    struct bench bench;
    bench_open(&bench, false);
    for (size_t i = 0; i < 2; i++)
        for (size_t n = 1;; n++) {
            struct gram_lists lists = {0};
            memory_fail_at(n, n % 2 == 0);
            enum status status = encode(&bench, most[i], &lists);
            size_t made = memory_fail_at(0, 0);
            gram_lists_release(&lists);
            if (made < n) {
                assert_int_equal(status, STATUS_OK);
                assert_true(n > 10);
                break;
            }
            assert_int_equal(status, STATUS_NO_MEMORY);
        }
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_however_few_are_held),
                                       cmocka_unit_test(test_memory_ends)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
