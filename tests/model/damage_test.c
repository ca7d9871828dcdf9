/* Questions to damaged files whose sums were made right again: no answer crashes or hangs, every
 * string of it is UTF-8, every mark lies in its text, and a page that is only damaged is never
 * answered from. */
#include "corrupt/victim.h"
#include "model/fixture.h"
#include "random.h"
#include "search/quote.h"
#include "search/suggest.h"
#include "text/utf8.h"
#include "unit/unit.h"

enum { ARTICLES = 60, DAMAGES = 4500 };

static const char *const texts[] = {
    "the",
    "\"of the\" OR \"a a\"",
    "title:the of -and",
    "source:\"New York\" OR tag:war",
    "date:2015",
    "id:7 OR nosuchword",
    "\"the of and to in a is\" OR b OR c OR us",
};

/* One of these a damage: words looked for in the lexicon, and words that are near. */
static const char *const patterns[] = {"th*",           "\"of th*\"", "*e",        "o?",
                                       "fhe~1",         "*n* -the",   "t*e OR a*", "\"the * of\"",
                                       "the NEAR/3 of", "title:t*",   "and~2",     "\"th* * a*\"~2",
                                       "the of is",     "\"t?e of\"", "-th*",      "w?r ADJ/2 of"};

/* Of these too, as what somebody types, and as what somebody quotes. */
static const char *const typed[] = {"t", "th", "of t", "the fo", "a", "New Y", "ofthe", "wra "};
static const char *const quoted =
    "The of and to in a is of the. Of the a a, the of and to in a is!";

static size_t answered, refused;

static void check_ranges(struct slice text, const struct range *ranges, size_t count)
{
    size_t length = utf8_length(text), before = 0;
    assert_true(utf8_valid(text));
    for (size_t i = 0; i < count; i++) {
        assert_true(ranges[i].start >= before && ranges[i].start < ranges[i].end);
        assert_true(ranges[i].end <= length);
        before = ranges[i].end;
    }
}

static void check_hit(const struct hit *hit)
{
    const struct slice all[] = {hit->id, hit->title, hit->url, hit->date, hit->extra};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        assert_true(utf8_valid(all[i]));
    for (size_t i = 0; i < hit->source_count; i++)
        assert_true(utf8_valid(hit->sources[i]));
    check_ranges(hit->title, hit->title_highlights, hit->title_highlight_count);
    for (size_t i = 0; i < hit->snippet_count; i++)
        check_ranges(hit->snippets[i].text, hit->snippets[i].highlights,
                     hit->snippets[i].highlight_count);
}

static void ask(const struct searcher *searcher, const char *text, size_t round)
{
    struct question question;
    struct answer answer;
    struct error error = {0};
    question_init(&question);
    question.text = slice_of_string(text);
    question.budget_us = 0;
    question.budget_blocks = 100000;
    question.snippets = 3;
    question.explain = true;
    question.limit = 20;
    question.sort = round % 3 == 0 ? SORT_NEWEST : SORT_SCORE;
    question.facets = round % 2 ? (1 << FACETS) - 1 : 0;
    question.timeline = round % 4 == 1 ? TIMELINE_AUTO : TIMELINE_NONE;
    question.kwic = round % 5 == 0;
    enum status status = searcher_ask(searcher, &question, &answer, &error);
    assert_int_equal(error.status, status);
    answered += status == STATUS_OK;
    refused += status != STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < answer.hit_count; i++)
        check_hit(&answer.hits[i]);
    answer_release(&answer);
}

static void suggest(const struct searcher *searcher, const char *text)
{
    struct suggestions suggestions;
    struct error error = {0};
    enum status status =
        searcher_suggest(searcher, slice_of_string(text), 20, &suggestions, &error);
    assert_int_equal(error.status, status);
    for (size_t i = 0; status == STATUS_OK && i < suggestions.completion_count; i++)
        assert_true(utf8_valid(suggestions.completions[i].text));
    for (size_t i = 0; status == STATUS_OK && i < suggestions.correction_count; i++)
        assert_true(utf8_valid(suggestions.corrections[i].text));
    suggestions_release(&suggestions);
}

static void check_quoted(const struct quote_article *article)
{
    check_hit(&article->fields);
    for (size_t i = 0; i < article->difference_count; i++) {
        assert_true(utf8_valid(article->differences[i].pasted_text));
        assert_true(utf8_valid(article->differences[i].written_text));
    }
}

static void quote(const struct searcher *searcher)
{
    struct quotation quotation;
    struct quote_answer answer;
    struct error error = {0};
    quotation_init(&quotation);
    quotation.text = slice_of_string(quoted);
    quotation.min = QUOTE_MIN_LEAST;
    quotation.budget_us = 0;
    quotation.budget_blocks = 100000;
    enum status status = searcher_quote(searcher, &quotation, &answer, &error);
    assert_int_equal(error.status, status);
    for (size_t i = 0; status == STATUS_OK && i < answer.article_count; i++)
        check_quoted(&answer.articles[i]);
    quote_answer_release(&answer);
}

static void read_one(const struct searcher *searcher, const char *id)
{
    struct question question;
    struct stored_article article;
    struct error error = {0};
    question_init(&question);
    question.text = SLICE("the OR \"of the\" OR a OR us");
    question.budget_us = 0;
    if (searcher_article(searcher, slice_of_string(id), &question, &article, &error) == STATUS_OK) {
        check_ranges(article.body, article.highlights, article.highlight_count);
        check_hit(&article.fields);
    }
    stored_article_release(&article);
}

static void try_file(const char *path, size_t round)
{
    struct error error = {0};
    struct searcher *searcher = searcher_open("damaged", &path, 1, &error);
    refused += !searcher;
    if (!searcher)
        return;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ask(searcher, texts[i], round);
    ask(searcher, patterns[round % (sizeof patterns / sizeof *patterns)], round);
    suggest(searcher, typed[round % (sizeof typed / sizeof *typed)]);
    if (round % 4 == 0)
        quote(searcher);
    read_one(searcher, "7");
    read_one(searcher, "11");
    searcher_unref(searcher);
}

static void test_mended(void **state)
{
    struct fixture fixture;
    struct victim victim;
    uint64_t seed = 21;
    (void)state;
    fixture_open(&fixture, 9, ARTICLES);
    victim_open(&victim, scratch_path(&fixture.scratch, "0.vbt"));
    uint8_t *whole = malloc(victim.size);
    memcpy(whole, victim.data, victim.size);
    for (size_t i = 0; i < DAMAGES; i++) {
        size_t at = random_below(&seed, victim.size);
        for (size_t changes = 1 + random_below(&seed, 3); changes; changes--) {
            uint8_t *byte = &victim.data[(at + changes * 7 - 7) % victim.size];
            *byte = random_below(&seed, 3) ? (uint8_t)(*byte ^ 1u << random_below(&seed, 8))
                                           : (uint8_t)random_next(&seed);
        }
        victim_mend(&victim, 0, victim.size);
        try_file(victim.path, i);
        memcpy(victim.data, whole, victim.size);
    }
    printf("%zu answers, %zu refused\n", answered, refused);
    assert_true(refused > DAMAGES / 10 && answered > DAMAGES);
    free(whole);
    victim_close(&victim);
    fixture_close(&fixture);
}

/* Without mending: whatever is answered is what the whole file answers. */
static void test_damaged(void **state)
{
    struct fixture fixture;
    struct victim victim;
    struct bytes text = {0};
    struct question question;
    uint64_t seed = 22;
    size_t told = 0;
    (void)state;
    fixture_open(&fixture, 9, ARTICLES);
    victim_open(&victim, scratch_path(&fixture.scratch, "0.vbt"));
    bytes_append_string(&text, "the OR of");
    fixture_question(&question, &text);
    for (size_t i = 0; i < 500; i++) {
        size_t at = random_below(&seed, victim.size);
        struct error error = {0};
        const char *path = victim.path;
        victim.data[at] ^= 0x55;
        struct searcher *searcher = searcher_open("damaged", &path, 1, &error);
        struct answer answer = {0};
        if (searcher && searcher_ask(searcher, &question, &answer, &error) == STATUS_OK)
            assert_int_equal(searcher_verify(searcher, &error), STATUS_CORRUPT);
        assert_int_not_equal(error.status, STATUS_OK);
        told += error.text[0] != 0;
        answer_release(&answer);
        searcher_unref(searcher);
        victim.data[at] ^= 0x55;
    }
    assert_int_equal(told, 500);
    bytes_release(&text);
    victim_close(&victim);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_damaged),
                                       cmocka_unit_test(test_mended)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
