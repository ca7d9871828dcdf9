/* Memory that ends: whichever allocation of a question fails, once or from there on, the answer is
 * STATUS_NO_MEMORY or whole, and the next question is answered as if nothing had been. */
#include "base/memory.h"
#include "model/fixture.h"
#include "unit/unit.h"

static const char *const texts[] = {
    "the",
    "\"of the\"",
    "(the OR of) -\"a b\" title:the",
    "source:\"New York Times\" date:2015 the",
    "nosuchword the",
    "id:1",
    "\"of nosuchword the of the\" source:AP", /* nothing: why, and what would find something */
    "nosuch* OR (the NEAR/1 nosuchword)",
};

static enum status ask(const struct searcher *searcher, const char *text, uint64_t *total)
{
    struct question question;
    struct answer answer;
    struct error error = {0};
    question_init(&question);
    question.text = slice_of_string(text);
    question.snippets = 2;
    question.explain = question.why = true;
    question.budget_us = 0;
    question.source = SLICE("AP");
    enum status status = searcher_ask(searcher, &question, &answer, &error);
    assert_int_equal(error.status, status);
    *total = answer.total;
    answer_release(&answer);
    answer_release(&answer);
    return status;
}

static enum status read_one(const struct fixture *fixture, const char *text)
{
    struct question question;
    struct stored_article article;
    struct error error = {0};
    question_init(&question);
    question.text = slice_of_string(text);
    question.budget_us = 0;
    enum status status = searcher_article(fixture->searcher, fixture->generator.made[1].article.id,
                                          &question, &article, &error);
    assert_int_equal(error.status, status);
    stored_article_release(&article);
    stored_article_release(&article);
    return status;
}

static size_t try_text(const struct fixture *fixture, const char *text, int persistent)
{
    uint64_t expected, total;
    size_t refused = 0;
    assert_int_equal(ask(fixture->searcher, text, &expected), STATUS_OK);
    for (size_t n = 1;; n++) {
        memory_fail_at(n, persistent);
        enum status status = ask(fixture->searcher, text, &total);
        size_t made = memory_fail_at(0, 0);
        assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
        refused += status == STATUS_NO_MEMORY;
        if (status == STATUS_OK)
            assert_int_equal(total, expected);
        assert_int_equal(ask(fixture->searcher, text, &total), STATUS_OK);
        assert_int_equal(total, expected);
        if (made < n)
            return refused;
    }
}

static void test_questions(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_open_files(&fixture, 5, 400, 2);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (int persistent = 0; persistent < 2; persistent++)
            assert_true(try_text(&fixture, texts[i], persistent) > 3);
    fixture_close(&fixture);
}

static enum status count(struct searcher *searcher, const char *text, bool kwic, uint64_t *sum)
{
    struct question question;
    struct answer answer;
    struct error error = {0};
    question_init(&question);
    question.text = slice_of_string(text);
    question.budget_us = 0;
    question.kwic = kwic;
    question.facets = (1 << FACETS) - 1;
    question.timeline = TIMELINE_YEAR;
    enum status status = searcher_ask(searcher, &question, &answer, &error);
    assert_int_equal(error.status, status);
    *sum = answer.occurrences;
    for (size_t i = 0; status == STATUS_OK && i < answer.facet_count; i++)
        for (size_t j = 0; j < answer.facets[i].value_count; j++)
            *sum += answer.facets[i].values[j].articles * answer.facets[i].values[j].value.size;
    answer_release(&answer);
    return status;
}

/* Facets are counted over columns that a searcher makes once: each time another one. */
static void test_counts(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_open_files(&fixture, 5, 60, 2);
    const char *paths[] = {scratch_path(&fixture.scratch, "0.vbt"),
                           scratch_path(&fixture.scratch, "1.vbt")};
    for (int kwic = 0; kwic < 2; kwic++) {
        uint64_t expected, sum;
        size_t made = 1;
        assert_int_equal(count(fixture.searcher, "the OR a", kwic, &expected), STATUS_OK);
        for (size_t n = 1; made >= n; n++) {
            struct error error = {0};
            struct searcher *searcher = searcher_open("test", paths, 2, &error);
            assert_non_null(searcher);
            memory_fail_at(n, (int)(n % 2));
            enum status status = count(searcher, "the OR a", kwic, &sum);
            made = memory_fail_at(0, 0);
            assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
            assert_true(status != STATUS_OK || sum == expected);
            assert_int_equal(count(searcher, "the OR a", kwic, &sum), STATUS_OK);
            assert_int_equal(sum, expected);
            searcher_unref(searcher);
        }
    }
    fixture_close(&fixture);
}

static void test_articles(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_open(&fixture, 5, 100);
    for (int persistent = 0; persistent < 2; persistent++) {
        size_t made = 1;
        for (size_t n = 1; made >= n; n++) {
            memory_fail_at(n, persistent);
            enum status status = read_one(&fixture, "\"of the\" OR the");
            made = memory_fail_at(0, 0);
            assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
            assert_int_equal(read_one(&fixture, "\"of the\" OR the"), STATUS_OK);
        }
    }
    fixture_close(&fixture);
}

static void test_opening(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_open_files(&fixture, 5, 60, 2);
    const char *paths[] = {scratch_path(&fixture.scratch, "0.vbt"),
                           scratch_path(&fixture.scratch, "1.vbt")};
    size_t made = 1;
    for (size_t n = 1; made >= n; n++) {
        struct error error = {0};
        memory_fail_at(n, 0);
        struct searcher *searcher = searcher_open("test", paths, 2, &error);
        made = memory_fail_at(0, 0);
        assert_true(searcher ? error.status == STATUS_OK : error.status == STATUS_NO_MEMORY);
        searcher_unref(searcher);
    }
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_questions),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_articles),
        cmocka_unit_test(test_opening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
