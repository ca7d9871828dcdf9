/* Phrases and trees of them against the model, with lists for every run of words, for some and for
 * none: long phrases, repeated words, words of titles, words that never stand side by side. */
#include "model/fixture.h"
#include "random.h"
#include "unit/unit.h"

enum { LONGEST = 12 };

static const struct fixture_rule all = {1, 1}, default_rule = {0, 0};

/* A word of it becomes another word of it: repeated words, and pairs that may stand nowhere. */
static struct model_node *shuffled(struct asker *asker, struct bytes *text)
{
    size_t count = 2 + (size_t)random_below(&asker->state, LONGEST - 1);
    struct bytes unused = {0};
    struct model_node *node = asker_phrase(asker, count, &unused);
    bytes_release(&unused);
    if (!node)
        return NULL;
    uint32_t *words = arena_allocate(&asker->model->arena, count, sizeof *words);
    memcpy(words, node->words, count * sizeof *words);
    words[random_below(&asker->state, count)] = words[random_below(&asker->state, count)];
    node->words = words;
    bytes_append_string(text, node->title ? "title:\"" : "\"");
    for (size_t i = 0; i < count; i++) {
        bytes_append_string(text, i ? " " : "");
        bytes_append_slice(text, asker->model->words[words[i]]);
    }
    bytes_append_string(text, "\"");
    return node;
}

static struct model_node *draw(struct asker *asker, struct bytes *text)
{
    switch (random_below(&asker->state, 4)) {
    case 0:
        return asker_tree(asker, random_below(&asker->state, 3), text);
    case 1:
        return shuffled(asker, text);
    default:
        return asker_phrase(asker, 2 + (size_t)random_below(&asker->state, LONGEST - 1), text);
    }
}

static void ask(struct fixture *fixture, uint64_t seed, size_t queries)
{
    struct asker asker = {seed, &fixture->model};
    size_t wrong = 0;
    for (size_t asked = 0; asked < queries && wrong < 5;) {
        struct bytes text = {0};
        struct question question;
        struct model_node *root = draw(&asker, &text);
        if (root && text.size < 8000) {
            fixture_question(&question, &text);
            question.limit = (uint32_t)random_below(&asker.state, 25);
            question.sort = random_below(&asker.state, 5) ? SORT_SCORE : SORT_NEWEST;
            question.snippets = (uint32_t)random_below(&asker.state, 2);
            question.explain = random_below(&asker.state, 8) == 0;
            wrong += !checker_ask(&fixture->model, fixture->searcher, &question, root);
            asked++;
        }
        bytes_release(&text);
    }
    assert_int_equal(wrong, 0);
}

static void try_rule(size_t articles, size_t files, struct fixture_rule rule, size_t queries)
{
    struct fixture fixture;
    fixture_open_by_rule(&fixture, articles + files, articles, files, rule);
    ask(&fixture, articles * files, queries);
    fixture_close(&fixture);
}

static void test_every_run(void **state)
{
    (void)state;
    for (size_t articles = 1; articles < 500; articles = 4 * articles + 1)
        try_rule(articles, 1, all, 150);
    try_rule(1500, 1, all, 400);
}

static void test_some_runs(void **state)
{
    (void)state;
    for (uint64_t bound = 300; bound < 100000; bound *= 4)
        for (uint32_t least_df = 3; least_df < 300; least_df *= 9)
            try_rule(1200, 1, (struct fixture_rule){bound, least_df}, 120);
}

static void test_no_run(void **state)
{
    (void)state;
    try_rule(1000, 1, default_rule, 300);
}

/* Each file has its own grams: of some words in one, of others in another. */
static void test_files(void **state)
{
    (void)state;
    for (size_t files = 2; files <= FIXTURE_FILES_MOST; files++) {
        try_rule(900, files, all, 150);
        try_rule(900, files, (struct fixture_rule){1000, 8}, 150);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_run),
        cmocka_unit_test(test_some_runs),
        cmocka_unit_test(test_no_run),
        cmocka_unit_test(test_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
