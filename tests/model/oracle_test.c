/* Answers against the model: random trees of words, phrases and fields over generated articles, in
 * one file and in several, sorted and windowed each way. VERBATIM_MODEL_ARTICLES and
 * VERBATIM_MODEL_QUERIES give other numbers; under a sanitizer a third is asked. */
#include "model/fixture.h"
#include "random.h"
#include "unit/unit.h"

static size_t number(const char *name, size_t otherwise)
{
    const char *given = getenv(name);
    return given && *given ? (size_t)strtoul(given, NULL, 10) : otherwise;
}

static size_t fewer(size_t queries)
{
    return getenv("VERBATIM_SANITIZED") ? queries / 3 : queries;
}

static void vary(struct asker *asker, struct question *question)
{
    question->limit = (uint32_t)random_below(&asker->state, 30);
    question->offset =
        random_below(&asker->state, 4) ? 0 : (uint32_t)random_below(&asker->state, 20);
    question->sort = random_below(&asker->state, 4)   ? SORT_SCORE
                     : random_below(&asker->state, 2) ? SORT_NEWEST
                                                      : SORT_OLDEST;
    question->snippets = (uint32_t)random_below(&asker->state, 4);
    question->explain = random_below(&asker->state, 8) == 0;
}

static void ask_trees(struct fixture *fixture, uint64_t seed, size_t queries)
{
    struct asker asker = {seed, &fixture->model};
    size_t wrong = 0;
    for (size_t asked = 0; asked < queries && wrong < 5;) {
        struct bytes text = {0};
        struct question question;
        struct model_node *root = asker_tree(&asker, random_below(&asker.state, 4), &text);
        if (root && text.size < 20000) {
            fixture_question(&question, &text);
            vary(&asker, &question);
            wrong += !checker_ask(&fixture->model, fixture->searcher, &question, root);
            asked++;
        }
        bytes_release(&text);
    }
    assert_int_equal(wrong, 0);
}

static void test_one_file(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_open(&fixture, 1, number("VERBATIM_MODEL_ARTICLES", fewer(20000)));
    ask_trees(&fixture, 2, number("VERBATIM_MODEL_QUERIES", fewer(1500)));
    fixture_close(&fixture);
}

static void test_few_articles(void **state)
{
    (void)state;
    for (size_t count = 1; count <= 300; count = 2 * count + 1) {
        struct fixture fixture;
        fixture_open(&fixture, count, count);
        ask_trees(&fixture, count, fewer(150));
        fixture_close(&fixture);
    }
}

static void test_files(void **state)
{
    (void)state;
    for (size_t files = 2; files <= FIXTURE_FILES_MOST; files++) {
        struct fixture fixture;
        fixture_open_files(&fixture, files, 1500, files);
        ask_trees(&fixture, files, fewer(300));
        fixture_close(&fixture);
    }
}

static void test_reordered(void **state)
{
    (void)state;
    for (size_t files = 1; files <= 3; files++) {
        struct fixture fixture;
        fixture_open_reordered(&fixture, files, 4000 / files, files);
        ask_trees(&fixture, files, fewer(200));
        fixture_close(&fixture);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_few_articles),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_reordered),
        cmocka_unit_test(test_one_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
