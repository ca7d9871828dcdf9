/* The five reports of ../shared/articles: every phrase of one to eight words that stands in one is
 * found in exactly the articles that hold it, and tens of thousands that stand in none are found
 * nowhere. Brute force over the words, and over the bare text where a phrase is letters alone. */
#include <dirent.h>

#include "model/fixture.h"
#include "random.h"
#include "unit/unit.h"

enum { REPORTS_MOST = 64, ABSENT_PHRASES = 30000, LONGEST = 8 };

struct reports {
    struct fixture fixture;
    struct generated made[REPORTS_MOST];
    size_t count;
};

static bool folder(char path[PATH_MAX])
{
    const char *shared = getenv("VERBATIM_SHARED");
    snprintf(path, PATH_MAX, "%s/articles", shared ? shared : "../shared");
    return access(path, R_OK) == 0;
}

static void add_report(struct reports *reports, const char *folder_path, const char *name)
{
    char path[PATH_MAX + 300];
    size_t size = 0;
    snprintf(path, sizeof path, "%s/%s", folder_path, name);
    char *text = scratch_get(path, &size);
    struct arena *arena = &reports->fixture.arena;
    assert_non_null(text);
    assert_in_range(reports->count, 0, REPORTS_MOST - 1);
    reports->made[reports->count++].article =
        (struct article){.id = arena_copy(arena, slice_of_string(name)),
                         .body = arena_copy(arena, slice_of(text, size))};
    free(text);
}

static int open_reports(void **state)
{
    static struct reports reports;
    struct dirent **names;
    char path[PATH_MAX];
    const struct generated *articles[REPORTS_MOST];
    struct error error = {0};
    if (!folder(path))
        return -1;
    model_open(&reports.fixture.model);
    scratch_open(&reports.fixture.scratch);
    int count = scandir(path, &names, NULL, alphasort);
    for (int i = 0; i < count; free(names[i++]))
        if (names[i]->d_name[0] != '.')
            add_report(&reports, path, names[i]->d_name);
    free(names);
    for (size_t i = 0; i < reports.count; i++) {
        articles[i] = &reports.made[i];
        model_add(&reports.fixture.model, articles[i], 0, false);
    }
    model_finish(&reports.fixture.model);
    const char *file = scratch_path(&reports.fixture.scratch, "reports.vbt");
    fixture_build(file, articles, reports.count);
    reports.fixture.searcher = searcher_open("reports", &file, 1, &error);
    *state = &reports;
    return reports.fixture.searcher ? 0 : -1;
}

static int close_reports(void **state)
{
    struct reports *reports = *state;
    fixture_close(&reports->fixture);
    return 0;
}

/* Which reports hold the phrase, a bit each. */
static uint64_t model_holders(const struct model *model, const uint32_t *words, size_t count)
{
    uint64_t holders = 0;
    for (size_t i = 0; i < model_article_count(model); i++) {
        const struct model_article *article = &model_articles(model)[i];
        if (model_count(article->words, article->count, words, count))
            holders |= (uint64_t)1 << i;
    }
    return holders;
}

static uint64_t holders_of_answer(const struct reports *reports, const struct answer *answer)
{
    uint64_t holders = 0;
    for (size_t hit = 0; hit < answer->hit_count; hit++)
        for (size_t i = 0; i < reports->count; i++)
            if (slice_equal(reports->made[i].article.id, answer->hits[hit].id))
                holders |= (uint64_t)1 << i;
    return holders;
}

static uint64_t ask(const struct reports *reports, struct slice text, bool phrase)
{
    struct question question;
    struct answer answer;
    struct error error = {0};
    question_init(&question);
    question.text = text;
    question.phrase = phrase;
    question.as_written = true;
    question.op = OP_AND;
    question.limit = REPORTS_MOST;
    question.snippets = 0;
    question.budget_us = 0;
    assert_int_equal(searcher_ask(reports->fixture.searcher, &question, &answer, &error),
                     STATUS_OK);
    uint64_t holders = holders_of_answer(reports, &answer);
    assert_int_equal(answer.total, answer.hit_count);
    assert_int_equal(answer.relation, TOTAL_EQ);
    answer_release(&answer);
    return holders;
}

static void check_phrase(const struct reports *reports, const uint32_t *words, size_t count)
{
    const struct model *model = &reports->fixture.model;
    struct bytes text = {0};
    for (size_t i = 0; i < count; i++) {
        bytes_append_string(&text, i ? " " : "");
        bytes_append_slice(&text, model->words[words[i]]);
    }
    uint64_t expected = model_holders(model, words, count),
             got = ask(reports, bytes_slice(&text), true);
    if (expected != got)
        fail_msg("'%.*s': expected %llx, got %llx", (int)text.size, text.data,
                 (unsigned long long)expected, (unsigned long long)got);
    bytes_release(&text);
}

static void test_every_phrase(void **state)
{
    const struct reports *reports = *state;
    const struct model *model = &reports->fixture.model;
    size_t asked = 0;
    for (size_t i = 0; i < reports->count; i++) {
        const struct model_article *article = &model_articles(model)[i];
        for (size_t count = 1; count <= LONGEST; count++)
            for (size_t at = 0; at + count <= article->count; at++, asked++)
                check_phrase(reports, article->words + at, count);
    }
    printf("%zu phrases that stand in the reports\n", asked);
    assert_true(asked > 10000);
}

static void test_absent_phrases(void **state)
{
    const struct reports *reports = *state;
    const struct model *model = &reports->fixture.model;
    uint64_t seed = 8;
    size_t absent = 0;
    while (absent < ABSENT_PHRASES) {
        uint32_t words[LONGEST];
        size_t count = 2 + random_below(&seed, LONGEST - 1);
        const struct model_article *article =
            &model_articles(model)[random_below(&seed, reports->count)];
        size_t at = random_below(&seed, article->count - LONGEST);
        memcpy(words, article->words + at, count * sizeof *words);
        words[random_below(&seed, count)] = (uint32_t)random_below(&seed, model->word_count);
        absent += model_holders(model, words, count) == 0;
        check_phrase(reports, words, count);
    }
}

/* Over the bare text: what is written with single spaces is found where memmem finds it, and the
 * article may hold it written otherwise too. */
static void test_bare_text(void **state)
{
    const struct reports *reports = *state;
    uint64_t seed = 9;
    for (size_t tries = 0; tries < 5000; tries++) {
        struct slice body = reports->made[random_below(&seed, reports->count)].article.body;
        size_t at = random_below(&seed, body.size - 60), end = at + 1 + random_below(&seed, 58);
        while (at < end && (body.data[at] != ' ' || body.data[end] != ' '))
            body.data[at] != ' ' ? at++ : end--;
        struct slice part = slice_of(body.data + at, end + 1 - at);
        bool letters = part.size > 3;
        for (size_t i = 0; i < part.size; i++)
            letters =
                letters && (part.data[i] == ' ' || (part.data[i] >= 'a' && part.data[i] <= 'z'));
        if (!letters)
            continue;
        uint64_t holders = ask(reports, part, true);
        for (size_t i = 0; i < reports->count; i++) {
            struct slice other = reports->made[i].article.body;
            if (memmem(other.data, other.size, part.data, part.size) && !(holders >> i & 1))
                fail_msg("'%.*s' is not found in report %zu", (int)part.size, part.data, i);
        }
    }
}

static void test_named_phrases(void **state)
{
    const struct reports *reports = *state;
    uint64_t secretary = ask(reports, SLICE("\"US Secretary of State\""), false);
    uint64_t russia = ask(reports, SLICE("\"Russia's\""), false);
    assert_int_not_equal(secretary, 0);
    assert_int_equal(ask(reports, SLICE("\"U.S. Secretary of State\""), false), secretary);
    assert_int_not_equal(russia, 0);
    assert_int_equal(ask(reports, SLICE("\"Russia’s\""), false), russia);
    assert_int_equal(
        __builtin_popcountll(ask(reports, SLICE("\"rival insurgent coalition\""), false)), 1);
    assert_int_equal(__builtin_popcountll(ask(reports, SLICE("“doomed to failure”"), false)), 2);
    assert_int_equal(ask(reports, SLICE("\"doomed failure\""), false), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_named_phrases),
        cmocka_unit_test(test_bare_text),
        cmocka_unit_test(test_every_phrase),
        cmocka_unit_test(test_absent_phrases),
    };
    char path[PATH_MAX];
    if (!folder(path)) {
        printf("skipped: there is no '%s'\n", path);
        return UNIT_SKIPPED;
    }
    return cmocka_run_group_tests(tests, open_reports, close_reports);
}
