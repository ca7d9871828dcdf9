/* The dearest questions of every kind end with their deadline: none works for more than twice its
 * time. Of three tries the best counts, for one may have to read pages in first. */
#include "model/deadline.h"
#include "model/fixture.h"
#include "unit/unit.h"

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
enum { ARTICLES = 20000, BUDGET_US = 12000, TRIES = 3 };
#else
enum { ARTICLES = 24000, BUDGET_US = 4000, TRIES = 3 };
#endif

#define EVERY_START \
    "b* OR c* OR d* OR f* OR g* OR h* OR k* OR l* OR m* OR n* OR p* OR r* OR s* OR t* OR v* OR z*"

static const struct dear {
    const char *text;
    uint32_t offset, limit, snippets;
    bool explain, kwic, phrase, counts, any, by_date, bm25;
} dearest[] = {
    {"the of and to in a is not be or", .limit = 10},
    {"the of and to in a is not be or", .limit = 10, .any = true},
    {"the of and to in a is not be or", .limit = 10, .phrase = true},
    {"the OR of OR and OR a OR b OR \"of the\" OR \"a a\" OR \"b a\"", .limit = 10, .bm25 = true},
    {"\"a a a a\" OR \"a b a b\" OR \"a a b\" OR \"aa a\"", .limit = 10},
    {EVERY_START, .limit = 10},
    {EVERY_START, .limit = 10, .bm25 = true},
    {"\"b* c* d*\" OR \"the * of * a\" OR \"a * * a\"", .limit = 10},
    {"*a* OR *e* OR *i* OR *o*", .limit = 10},
    {"?a? OR b?b? OR *b*d*", .limit = 10},
    {"bada~2 OR decoda~2 OR fafa~2 OR gaga~2 OR the~2 OR and~2", .limit = 10},
    {"the NEAR/50 of NEAR/50 and NEAR/50 a NEAR/50 to", .limit = 10},
    {"(the NEAR/9 of) OR (a NEAR/9 b) OR (and ADJ/30 to) OR (in NEAR/1000 is)", .limit = 10},
    {"b* NEAR/20 c* NEAR/20 the", .limit = 10},
    {"\"the of\"~40 OR \"a b a b\"~20 OR \"and to in\"~100", .limit = 10},
    {"exact:\"the of\" OR exact:\"a a\" OR exact:\"A a\" OR exact:\"a b\"", .limit = 10},
    {"the OR a", .offset = 9000, .limit = 1000, .snippets = 3},
    {"the OR a", .offset = 9000, .limit = 1000, .by_date = true},
    {"the of OR a", .limit = 1000, .snippets = 10, .explain = true},
    {"the OR of OR a OR b", .limit = 10, .counts = true},
    {"-nosuchword (the OR a) -zaza", .limit = 10, .counts = true},
    {"the OR a", .limit = 1000, .kwic = true},
    {"\"a a\" OR \"of the\" OR b*", .offset = 50000, .limit = 1000, .kwic = true},
    {"title:the title:of OR title:a* OR title:\"of the\"", .limit = 10, .snippets = 3},
    {"tag:* OR source:* OR author:* OR the", .limit = 10, .counts = true},
};
enum { DEAREST = sizeof dearest / sizeof *dearest };

static void make_question(const struct dear *dear, struct question *question)
{
    question_init(question);
    question->text = slice_of_string(dear->text);
    question->offset = dear->offset;
    question->limit = dear->limit;
    question->snippets = dear->snippets;
    question->explain = dear->explain;
    question->kwic = dear->kwic;
    question->phrase = dear->phrase;
    question->op = dear->any ? OP_OR : OP_AND;
    question->ranking = dear->bm25 ? RANKING_BM25 : question->ranking;
    question->sort = dear->by_date ? SORT_NEWEST : SORT_SCORE;
    question->facets = dear->counts ? (1 << FACETS) - 1 : 0;
    question->timeline = dear->counts ? TIMELINE_AUTO : TIMELINE_NONE;
    question->collapse = question->corrections = question->also_written = question->why = true;
}

static uint64_t ask(const struct searcher *searcher, const struct dear *dear, uint64_t budget_us,
                    bool *ended)
{
    struct question question;
    make_question(dear, &question);
    question.budget_us = budget_us;
    return deadline_ask(searcher, &question, ended);
}

static uint64_t best_of_tries(const struct searcher *searcher, const struct dear *dear, bool *ended)
{
    uint64_t best = UINT64_MAX;
    for (int i = 0; i < TRIES; i++) {
        uint64_t took = ask(searcher, dear, BUDGET_US, ended);
        best = took < best ? took : best;
    }
    return best;
}

static void test_none_outlives_its_deadline(void **state)
{
    struct fixture fixture;
    size_t late = 0, ended = 0;
    (void)state;
    fixture_open(&fixture, 41, ARTICLES);
    for (size_t i = 0; i < DEAREST; i++) {
        bool whole_ended, this_ended;
        uint64_t whole = ask(fixture.searcher, &dearest[i], 0, &whole_ended);
        uint64_t took = best_of_tries(fixture.searcher, &dearest[i], &this_ended);
        ended += this_ended;
        late += took > 2 * BUDGET_US;
        print_message("%6llu us of %6llu%s: %s\n", (unsigned long long)took,
                      (unsigned long long)whole, took > 2 * BUDGET_US ? ", LATE" : "",
                      dearest[i].text);
    }
    fixture_close(&fixture);
    assert_int_equal(late, 0);
    assert_true(ended > DEAREST / 3); /* else they are not dear */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_none_outlives_its_deadline)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
