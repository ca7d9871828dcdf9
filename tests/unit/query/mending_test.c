/* What lenient parsing mends and says, and where strict parsing stops. */
#include "unit/query/asking.h"

#include <stdlib.h>

struct mending {
    const char *query;
    const char *written; /* lenient */
    const char *repair;  /* the first */
    size_t position;     /* strict: the code point */
};

static const struct mending mendings[] = {
    {"\"doomed to failure", "\"doomed to failure\"",
     "a quotation is not closed; closed it at the end", 0},
    {"homs “no fly", "homs AND \"no fly\"", "a quotation is not closed; closed it at the end", 5},
    {"éé \"\" x", "ee AND x", "a quotation holds no word; ignored it", 3},
    {"\"!!!\"", "", "a quotation holds no word; ignored it", 0},
    {"source:\"\"", "", "a quotation holds no word; ignored it", 7},
    {"failure”", "failure", "a closing quotation mark closes nothing; ignored it", 7},
    {"a 」 b", "a AND b", "a closing quotation mark closes nothing; ignored it", 2},
    {"(a b", "a AND b", "a parenthesis is not closed; closed it at the end", 0},
    {"a) b", "a AND b", "a closing parenthesis closes nothing; ignored it", 1},
    {"a () b", "a AND b", "parentheses hold no word; ignored them", 2},
    {"OR a", "or AND a", "'OR' has nothing on its left; searched it as a word", 0},
    {"a OR", "a AND or", "'OR' has nothing on its right; searched it as a word", 2},
    {"a AND", "a AND and", "'AND' has nothing on its right; searched it as a word", 2},
    {"NOT", "not", "'NOT' has nothing on its right; searched it as a word", 0},
    {"AND", "and", "'AND' has nothing on its left; searched it as a word", 0},
    {"(OR)", "or", "'OR' has nothing on its left; searched it as a word", 1},
    {"foo:bar", "foo AND bar", "there is no field 'foo'; searched it as a word", 0},
    {"-foo:bar", "-(foo AND bar)", "there is no field 'foo'; searched it as a word", 1},
    {"source:bbc*", "source:\"bbc*\"", "a '*' in a value is not known here; took it as it stands",
     7},
    {"a (foo:(-b))", "a AND (foo -b)", "there is no field 'foo'; searched it as a word", 3},
    {"said:\"no way\"", "said AND \"no way\"", "there is no field 'said'; searched it as a word",
     0},
    {"title: syria", "title AND syria", "nothing stands behind 'title:'; searched it as a word", 0},
    {"date:", "date", "nothing stands behind 'date:'; searched it as a word", 0},
    {"date:yesterday", "yesterday", "'yesterday' is no date; searched it as words", 5},
    {"date:2015-13", "\"2015 13\"", "'2015-13' is no date; searched it as words", 5},
    {"date:2016..2015", "date:2015..2016", "the dates run backwards; swapped them", 5},
    {"!!!", "", "the query holds no word; it finds nothing", 0},
    {"-", "", "the query holds no word; it finds nothing", 0},
    {"airstr*", "airstr", "prefixes (word*) are not known here; searched the word 'airstr'", 0},
    {"s?ria", "\"s ria\"",
     "wildcards (* ?) in a word are not known here; searched the phrase in 's?ria'", 0},
    {"*ria", "ria", "wildcards (* ?) in a word are not known here; searched the word 'ria'", 0},
    {"talbisah~1", "talbisah",
     "misspellings (word~) are not known here; searched the word 'talbisah'", 0},
    {"talbisah~", "talbisah",
     "misspellings (word~) are not known here; searched the word 'talbisah'", 0},
    {"word^2.5", "word", "weights (word^2) are not known here; searched the word 'word'", 0},
    {"\"a b\"~3", "\"a b\"", "'~3' behind a phrase is not known here; ignored it", 5},
    {"\"doomed to fail\"*", "\"doomed to fail\"",
     "'*' behind a phrase is not known here; ignored it", 16},
    {"(a b)^2 c", "a AND b AND c", "'^2' behind a phrase is not known here; ignored it", 5},
    {"\"the * of war\"", "\"the of war\"",
     "a '*' for any word in a phrase is not known here; searched the phrase without it", 0},
    {"russian NEAR/5 homs", "russian AND homs",
     "'NEAR/5' is not known here; searched for both sides anywhere", 8},
    {"russian ADJ/5 homs", "russian AND homs",
     "'ADJ/5' is not known here; searched for both sides anywhere", 8},
    {"NEAR/5 homs", "\"near 5\" AND homs", "'NEAR' has nothing on its left; searched it as a word",
     0},
    {"exact:\"U.S.-led\"", "\"us led\"", "'exact:' is not known here; searched without it", 0},
};

static void check_lenient(const struct mending *m)
{
    struct asked asked;
    ask(&asked, analyzer, slice_of_string(m->query), (struct query_options){0});
    if (asked.status != STATUS_OK || !slice_equal(asked.written, slice_of_string(m->written)))
        fail_msg("'%s' is written '%.*s', not '%s'", m->query, (int)asked.written.size,
                 asked.written.data, m->written);
    if (!asked.query.repair_count ||
        !slice_equal(asked.query.repairs[0], slice_of_string(m->repair)))
        fail_msg("'%s' is mended so: '%s'", m->query,
                 asked.query.repair_count ? asked.query.repairs[0].data : "");
    asked_release(&asked);
}

static void check_strict(const struct mending *m)
{
    struct asked asked;
    char place[64];
    ask(&asked, analyzer, slice_of_string(m->query), (struct query_options){.strict = true});
    if (asked.status != STATUS_INVALID || asked.query.error_at != m->position)
        fail_msg("'%s', strict, fails at %zu, not %zu", m->query, asked.query.error_at,
                 m->position);
    snprintf(place, sizeof place, "at character %zu of the query", m->position + 1);
    assert_non_null(strstr(asked.error.text, place));
    asked_release(&asked);
}

static void lenient_mends_and_says_so(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mendings / sizeof *mendings; i++)
        check_lenient(&mendings[i]);
}

static void strict_stops_at_the_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mendings / sizeof *mendings; i++)
        check_strict(&mendings[i]);
}

static void repairs_are_listed_once_and_not_without_end(void **state)
{
    struct asked asked;
    char many[4096] = "";
    (void)state;
    ask(&asked, analyzer, SLICE("a ) ) ) )"), (struct query_options){0});
    assert_int_equal(asked.query.repair_count, 1);
    asked_release(&asked);
    for (int i = 0; i < 100; i++)
        sprintf(many + strlen(many), "%c%c:x ", 'a' + i / 26, 'a' + i % 26);
    ask(&asked, analyzer, slice_of_string(many), (struct query_options){0});
    assert_int_equal(asked.status, STATUS_OK);
    assert_int_equal(asked.query.repair_count, 21);
    assert_true(slice_equal(asked.query.repairs[20], SLICE("more was mended than is listed")));
    asked_release(&asked);
}

static void expect_limit(const char *text, size_t size, const char *words)
{
    struct asked asked;
    for (int strict = 0; strict < 2; strict++) {
        ask(&asked, analyzer, slice_of(text, size), (struct query_options){.strict = strict});
        assert_int_equal(asked.status, STATUS_LIMIT);
        assert_non_null(strstr(asked.error.text, words));
        asked_release(&asked);
    }
}

static void expect_good(const char *text, size_t size)
{
    struct asked asked;
    ask(&asked, analyzer, slice_of(text, size), (struct query_options){.strict = true});
    assert_int_equal(asked.status, STATUS_OK);
    asked_release(&asked);
}

static void over_a_cap_is_refused(void **state)
{
    enum { MOST = QUERY_MAX_BYTES + 1 };
    char *text = malloc(MOST);
    (void)state;
    memset(text, 'a', MOST);
    expect_good(text, QUERY_MAX_BYTES);
    expect_limit(text, MOST, "65536");
    for (size_t i = 0; i < MOST; i++)
        text[i] = i % 2 ? ' ' : 'a';
    expect_good(text, 2 * QUERY_MAX_WORDS);
    expect_limit(text, 2 * QUERY_MAX_WORDS + 1, "1024 words");
    memset(text, '(', QUERY_MAX_DEPTH + 1);
    memset(text + QUERY_MAX_DEPTH + 1, ')', QUERY_MAX_DEPTH + 2);
    text[QUERY_MAX_DEPTH] = 'a';
    expect_good(text, 2 * QUERY_MAX_DEPTH + 1);
    text[QUERY_MAX_DEPTH] = '(';
    text[QUERY_MAX_DEPTH + 1] = 'a';
    expect_limit(text, 2 * QUERY_MAX_DEPTH + 3, "64 deep");
    free(text);
}

static void what_is_no_utf8_is_replaced(void **state)
{
    struct asked asked;
    (void)state;
    ask(&asked, analyzer,
        SLICE("a\xFF"
              "b \"c\xC3\""),
        (struct query_options){0});
    assert_int_equal(asked.status, STATUS_OK);
    assert_true(slice_equal(asked.query.text, SLICE("a\uFFFDb \"c\uFFFD\"")));
    assert_true(slice_equal(asked.written, SLICE("\"a b\" AND \"c\"")));
    asked_release(&asked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lenient_mends_and_says_so),
        cmocka_unit_test(strict_stops_at_the_place),
        cmocka_unit_test(repairs_are_listed_once_and_not_without_end),
        cmocka_unit_test(over_a_cap_is_refused),
        cmocka_unit_test(what_is_no_utf8_is_replaced),
    };
    return cmocka_run_group_tests(tests, open_analyzer, close_analyzer);
}
