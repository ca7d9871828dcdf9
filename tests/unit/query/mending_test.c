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
    {"OR a", "or AND a", "'OR' has nothing on its left; searched for it as a word", 0},
    {"a OR", "a AND or", "'OR' has nothing on its right; searched for it as a word", 2},
    {"a AND", "a AND and", "'AND' has nothing on its right; searched for it as a word", 2},
    {"NOT", "not", "'NOT' has nothing on its right; searched for it as a word", 0},
    {"AND", "and", "'AND' has nothing on its left; searched for it as a word", 0},
    {"(OR)", "or", "'OR' has nothing on its left; searched for it as a word", 1},
    {"foo:bar", "foo AND bar", "there is no field 'foo'; searched for it as a word", 0},
    {"-foo:bar", "-(foo AND bar)", "there is no field 'foo'; searched for it as a word", 1},
    {"a (foo:(-b))", "a AND (foo -b)", "there is no field 'foo'; searched for it as a word", 3},
    {"said:\"no way\"", "said AND \"no way\"",
     "there is no field 'said'; searched for it as a word", 0},
    {"title: syria", "title AND syria", "nothing follows 'title:'; searched for it as a word", 0},
    {"date:", "date", "nothing follows 'date:'; searched for it as a word", 0},
    {"date:yesterday", "yesterday", "'yesterday' is not a date; searched for it as words", 5},
    {"date:2015-13", "\"2015-13\"", "'2015-13' is not a date; searched for it as words", 5},
    {"date:2016..2015", "date:2015..2016", "the dates run backwards; swapped them", 5},
    {"!!!", "", "the query holds no word; it finds nothing", 0},
    {"-", "", "the query holds no word; it finds nothing", 0},
    {"\xE2\x80\x9Chalf", "\"half\"", "a quotation is not closed; closed it at the end", 0},
    {"a «b c", "a AND \"b c\"", "a quotation is not closed; closed it at the end", 2},
    {"((a)", "a", "a parenthesis is not closed; closed it at the end", 0},
    {"a (b (c", "a AND b AND c", "a parenthesis is not closed; closed it at the end", 5},
    {"東京 (", "\"東 京\"", "a parenthesis is not closed; closed it at the end", 3},
    {")", "", "a closing parenthesis closes nothing; ignored it", 0},
    {"a OR ()", "a", "parentheses hold no word; ignored them", 5},
    {"a OR OR b", "(a AND or) OR b", "'OR' has nothing on its right; searched for it as a word", 2},
    {"a AND OR b", "(a AND and) OR b", "'AND' has nothing on its right; searched for it as a word",
     2},
    {"a NOT NOT b", "a AND not -b", "'NOT' has nothing on its right; searched for it as a word", 2},
    {"a NOT", "a AND not", "'NOT' has nothing on its right; searched for it as a word", 2},
    {"(a OR) b", "a AND or AND b", "'OR' has nothing on its right; searched for it as a word", 3},
    {"é title:", "e AND title", "nothing follows 'title:'; searched for it as a word", 2},
    {"exact:", "exact", "nothing follows 'exact:'; searched for it as a word", 0},
    {"titel:syria", "titel AND syria", "there is no field 'titel'; searched for it as a word", 0},
    {"-(a foo:b)", "-(a AND foo AND b)", "there is no field 'foo'; searched for it as a word", 4},
    {"a date:2015-02-30", "a AND \"2015-02-30\"",
     "'2015-02-30' is not a date; searched for it as words", 7},
    {"a date:(b c)", "a AND b AND c", "'b' is not a date; searched for it as words", 8},
    /* misspellings */
    {"talbisah~3", "talbisah~2", "a word may have one or two edits; took two", 8},
    {"a talbisah~99999999999", "a AND talbisah~2", "a word may have one or two edits; took two",
     10},
    {"talbisah~0.8", "talbisah~2", "a word may have one or two edits; took two", 8},
    {"airstr*~1", "airstr*", "'~' means nothing after a word with wildcards; ignored it", 7},
    {"東京~1", "\"東 京\"", "'~' means nothing after a word of a script without spaces; ignored it",
     2},
    {"ab~1~2", "ab~1", "a '~' is written twice; took one of them", 4},
    {"\"talbisah~9 airport\"", "\"talbisah~2 airport\"",
     "a word may have one or two edits; took two", 9},
    {"source:bbx~7", "source:bbx~2", "a word may have one or two edits; took two", 10},
    /* weights */
    {"word^0", "word^0.001", "a weight is from 0.001 to 1000; took the nearest", 4},
    {"word^0.0004", "word^0.001", "a weight is from 0.001 to 1000; took the nearest", 4},
    {"éé word^1001", "ee AND word^1000", "a weight is from 0.001 to 1000; took the nearest", 7},
    {"word^99999999999999999999", "word^1000", "a weight is from 0.001 to 1000; took the nearest",
     4},
    {"word^2^3", "word^2", "a weight is written twice; took one of them", 6},
    {"*^2", "*", "'^' means nothing after '*' alone; ignored it", 1},
    {"source:bbc^2", "source:bbc", "'^' means nothing after a column; ignored it", 10},
    {"source:\"bbc news\"^2", "source:\"bbc news\"", "'^' means nothing after a column; ignored it",
     17},
    {"id:\"a\"^2", "id:a", "'^' means nothing after a column; ignored it", 6},
    {"(source:bbc)^2 a", "source:bbc AND a",
     "'^' means nothing after what has no words; ignored it", 12},
    {"(-a)^2", "-a", "'^' means nothing after what has no words; ignored it", 4},
    /* behind phrases and groups */
    {"\"a b\"~", "\"a b\"", "a '~' after a phrase needs a number; ignored it", 5},
    {"\"a b\"~1001", "\"a b\"~1000", "at most 1000 words may stand in between; took 1000", 5},
    {"c \"a b\"~4294967297", "c AND \"a b\"~1000",
     "at most 1000 words may stand in between; took 1000", 7},
    {"\"a b\"~2.5", "\"a b\"~2", "a number of words is whole; left its fraction out", 5},
    {"\"a b\"~3~4", "\"a b\"~3", "a '~' is written twice; took one of them", 7},
    {"\"a\"~2", "\"a\"", "'~' means nothing after one word in quotes; ignored it", 3},
    {"\"a b~1\"*", "\"a b~1\"", "'*' means nothing after this word; ignored it", 7},
    {"\"a *\"*", "\"a *\"", "'*' means nothing after this word; ignored it", 5},
    {"(a b)~3", "a AND b", "'~' means nothing after a parenthesis; ignored it", 5},
    {"(a b)*", "a AND b", "'*' means nothing after a parenthesis; ignored it", 5},
    {"source:\"a b\"~2", "source:\"a b\"", "'~' means nothing after a column; ignored it", 12},
    {"date:\"2015\"*", "date:2015", "'*' means nothing after a column; ignored it", 11},
    {"\"*\" a", "a", "a quotation holds no word; ignored it", 0},
    {"\"* *\"", "", "a quotation holds no word; ignored it", 0},
    {"東*京", "\"東 京\"",
     "a '*' between characters of a script without spaces means nothing; searched for them side "
     "by side",
     1},
    {"title:*", "*", "a field has no word to find; searched every article", 6},
    {"a source:*", "a", "a field has no word to find; searched every article", 9},
    {"tag:c++*", "tag:\"c++*\"", "a '*' here is beside no word; took it literally", 4},
    /* distances */
    {"russian NEAR/0 homs", "russian NEAR/1 homs", "a distance is from 1 to 1000; took the nearest",
     8},
    {"russian ADJ/1001 homs", "russian ADJ/1000 homs",
     "a distance is from 1 to 1000; took the nearest", 8},
    {"a NEAR/99999999999999999999 b", "a NEAR/1000 b",
     "a distance is from 1 to 1000; took the nearest", 2},
    {"NEAR/5 homs", "\"near 5\" AND homs",
     "'NEAR/5' has nothing on its left; searched for it as a word", 0},
    {"homs ADJ/5", "homs AND \"adj 5\"",
     "'ADJ/5' has nothing on its right; searched for it as a word", 5},
    {"(a NEAR/5) b", "a AND \"near 5\" AND b",
     "'NEAR/5' has nothing on its right; searched for it as a word", 3},
    {"a NEAR/5 OR b", "(a AND \"near 5\") OR b",
     "'NEAR/5' has nothing on its right; searched for it as a word", 2},
    {"a NEAR/5 -b", "a -b",
     "'NEAR/5' does not stand between two words; searched for both sides anywhere", 2},
    {"a ADJ/5 NOT b", "a -b",
     "'ADJ/5' does not stand between two words; searched for both sides anywhere", 2},
    {"é NEAR/5 source:bbc", "e AND source:bbc",
     "'NEAR/5' needs words on both sides; searched for both sides anywhere", 2},
    {"date:2014 NEAR/3 date:2015", "date:2014 AND date:2015",
     "'NEAR/3' needs words on both sides; searched for both sides anywhere", 10},
    {"((a OR id:7 OR id:8) NEAR/5 c)^2", "(a NEAR/5 c)^2 OR (id:7 AND c^2) OR (id:8 AND c^2)",
     "'NEAR/5' needs words on both sides; searched for both sides anywhere", 21},
    {"(id:1 NEAR/5 b NEAR/3 id:2)^2", "id:1 AND b^2 AND b^2 AND id:2",
     "'NEAR/5' needs words on both sides; searched for both sides anywhere", 6},
    {"(a OR id:7) ADJ/5 c", "(a ADJ/5 c) OR (id:7 AND c)",
     "'ADJ/5' needs words on both sides; searched for both sides anywhere", 12},
    {"!!! NEAR/5 b", "b", "'NEAR/5' needs words on both sides; searched for both sides anywhere",
     4},
    {"exact:\"x\" NEAR/5 y", "exact:\"x\" AND (\"x\" NEAR/5 y)",
     "exact characters have no place to be near to; searched for them anywhere and for their words "
     "there",
     10},
    /* exact characters */
    {"exact:\"!!!\"", "", "a quotation holds no word; ignored it", 6},
    {"a exact:!!!", "a", "'exact:' needs a word; ignored it", 8},
    {"exact:\"x y\"~3", "exact:\"x y\"", "'~' means nothing after exact characters; ignored it",
     11},
    {"exact:\"x y\"*", "exact:\"x y\"", "'*' means nothing after exact characters; ignored it", 11},
    {"source:(exact:bbc)", "source:bbc", "'exact:' is for titles and bodies; searched without it",
     14},
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

static void append_times(char *text, const char *piece, size_t n)
{
    for (char *at = text + strlen(text); n--; at += strlen(piece))
        strcpy(at, piece);
}

static void each_side_of_a_near_counts(void **state)
{
    static const struct {
        const char *left, *between, *right;
        size_t lefts, rights;
        bool good;
    } tried[] = {
        {"a ", ") NEAR/5 (", "a ", 30, 10, true},
        {"a ", ") NEAR/5 (", "a ", 40, 40, false},
        {"a ", ") NEAR/5 a", "*b", 11, 50, true},
        {"a ", ") NEAR/5 a", "*b", 11, 100, false}, /* each of the parts counts */
    };
    char text[16384];
    (void)state;
    for (size_t i = 0; i < sizeof tried / sizeof *tried; i++) {
        strcpy(text, "(");
        append_times(text, tried[i].left, tried[i].lefts);
        strcat(text, tried[i].between);
        append_times(text, tried[i].right, tried[i].rights);
        strcat(text, tried[i].right[0] == 'a' ? ")" : "");
        if (tried[i].good)
            expect_good(text, strlen(text));
        else
            expect_limit(text, strlen(text), "1024 words, all its NEARs written out");
    }
    strcpy(text, "\"");
    append_times(text, "a ", 300);
    append_times(text, "\" NEAR/5 \"b ", 1);
    append_times(text, "b ", 300);
    append_times(text, "\" NEAR/5 \"c ", 1);
    append_times(text, "c ", 300);
    strcat(text, "\"");
    expect_limit(text, strlen(text), "1024 words, all its NEARs written out");
}

static void a_value_counts_once(void **state)
{
    char text[16384] = "";
    (void)state;
    append_times(text, "source:a-b ", QUERY_MAX_WORDS / 2);
    expect_good(text, strlen(text));
    strcat(text, "c");
    expect_limit(text, strlen(text), "1024 words");
}

/* Written out, every OR in an AND in an OR … has parentheses, whether or not it needed them. */
static void what_is_written_is_not_too_deep(void **state)
{
    char text[1024] = "";
    (void)state;
    for (size_t depth = 1; depth <= QUERY_MAX_DEPTH; depth++) {
        struct asked asked, again;
        *text = '\0';
        for (size_t i = 0; i < depth; i++)
            strcat(text, "(a OR b ");
        for (size_t i = 0; i < depth; i++)
            strcat(text, ")");
        ask(&asked, analyzer, slice_of_string(text), (struct query_options){.strict = true});
        assert_true(asked.status == STATUS_OK || depth > QUERY_MAX_DEPTH / 2);
        if (asked.status == STATUS_OK)
            ask(&again, analyzer, asked.written, (struct query_options){.strict = true});
        else
            assert_int_equal(asked.status, STATUS_LIMIT);
        if (asked.status == STATUS_OK) {
            assert_int_equal(again.status, STATUS_OK);
            asked_release(&again);
        }
        asked_release(&asked);
    }
}

static void a_pattern_is_no_longer_than_a_word(void **state)
{
    struct asked asked;
    char text[WORD_MAX_BYTES + 2] = "a*";
    (void)state;
    append_times(text, "b", WORD_MAX_BYTES - 3);
    expect_good(text, strlen(text));
    strcat(text, "b");
    ask(&asked, analyzer, slice_of_string(text), (struct query_options){0});
    assert_int_equal(asked.query.root->word_count, 2);
    assert_int_equal(asked.query.root->words[0].kind, WORD_ITSELF);
    assert_int_equal(asked.query.repair_count, 1);
    asked_release(&asked);
    ask(&asked, analyzer, slice_of_string(text), (struct query_options){.strict = true});
    assert_int_equal(asked.status, STATUS_INVALID);
    asked_release(&asked);
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
        cmocka_unit_test(each_side_of_a_near_counts),
        cmocka_unit_test(a_value_counts_once),
        cmocka_unit_test(a_pattern_is_no_longer_than_a_word),
        cmocka_unit_test(what_is_written_is_not_too_deep),
        cmocka_unit_test(what_is_no_utf8_is_replaced),
    };
    return cmocka_run_group_tests(tests, open_analyzer, close_analyzer);
}
