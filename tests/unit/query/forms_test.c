/* Queries and their canonical forms, written by hand from the page that defines the language. */
#include "unit/query/asking.h"

struct form {
    const char *query, *written;
};

static void check_form(const struct form *form, struct query_options options)
{
    struct asked asked, again, other;
    ask(&asked, analyzer, slice_of_string(form->query), options);
    if (asked.status != STATUS_OK)
        fail_msg("'%s' is refused: %s", form->query, asked.error.text);
    if (!slice_equal(asked.written, slice_of_string(form->written)))
        fail_msg("'%s' is written '%.*s', not '%s'", form->query, (int)asked.written.size,
                 asked.written.data, form->written);
    ask(&again, analyzer, asked.written, (struct query_options){.strict = true});
    ask(&other, analyzer, asked.written, (struct query_options){.strict = true, .any = true});
    if (again.status != STATUS_OK || !equal_trees(asked.query.root, again.query.root))
        fail_msg("'%s' is another query than '%s'", form->written, form->query);
    if (other.status != STATUS_OK || !equal_trees(asked.query.root, other.query.root))
        fail_msg("'%s' is another query than '%s' with op=or", form->written, form->query);
    asked_release(&asked);
    asked_release(&again);
    asked_release(&other);
}

static void check_forms(const struct form *forms, size_t count, struct query_options options)
{
    for (size_t i = 0; i < count; i++)
        check_form(&forms[i], options);
}

#define CHECK(forms, ...)                                                                          \
    check_forms(forms, sizeof forms / sizeof *forms, (struct query_options){__VA_ARGS__})

static void words(void **state)
{
    static const struct form forms[] = {
        {"", ""},
        {" \t\n ", ""},
        {"homs", "homs"},
        {"Russian AIRSTRIKES", "russian AND airstrikes"},
        {"  russian\tairstrikes\xC2\xA0today ", "russian AND airstrikes AND today"},
        {"a and b or c not d", "a AND and AND b AND or AND c AND not AND d"},
        {"matériel", "materiel"},
        {"don't", "\"don t\""},
        {"ill-advised plan", "\"ill advised\" AND plan"},
        {"AT&T", "\"at t\""},
        {"東京", "\"東 京\""},
        {"U.S.", "us"},
        {"U.S.-led", "\"us led\""},
        {"3,000 people", "3000 AND people"},
        {"12:06", "\"12 06\""},
        {"127.0.0.1:8080", "\"127 0 0 1 8080\""},
        {"http://www.naharnet.com/stories?id=7", "\"http www naharnet com stories id 7\""},
        {"jsmith@example.org", "\"jsmith example org\""},
        {"C++ C#", "c AND c"},
        {"war — peace … & !!!", "war AND peace"},
        {"who won?", "who AND won"},
        {"putin's", "putin"},
        {"Putin’s plan", "putin AND plan"},
        {"l'homme's", "\"l homme\""},
        {"l'homme", "\"l homme\""},
        {"plan-s", "\"plan s\""},
        {"dogs' bones", "dogs AND bones"},
        {"'s", "s"},
        {"rock 'n' roll", "rock AND n AND roll"},
        {"the '90s and the ‘80s", "the AND 90s AND and AND the AND 80s"},
        {"NEAR ADJ", "near AND adj"},
        {"*", "*"},
        {"* homs", "homs"},
    };
    (void)state;
    CHECK(forms);
}

static void phrases(void **state)
{
    static const struct form forms[] = {
        {"\"doomed to failure\"", "\"doomed to failure\""},
        {"“doomed to failure”", "\"doomed to failure\""},
        {"„doomed to failure“", "\"doomed to failure\""},
        {"„doomed to failure”", "\"doomed to failure\""},
        {"”doomed to failure”", "\"doomed to failure\""},
        {"‟doomed to failure”", "\"doomed to failure\""},
        {"«doomed to failure»", "\"doomed to failure\""},
        {"»doomed to failure«", "\"doomed to failure\""},
        {"»doomed to failure»", "\"doomed to failure\""},
        {"‹doomed to failure›", "\"doomed to failure\""},
        {"›doomed to failure‹", "\"doomed to failure\""},
        {"「doomed to failure」", "\"doomed to failure\""},
        {"『doomed to failure』", "\"doomed to failure\""},
        {"｢doomed to failure｣", "\"doomed to failure\""},
        {"＂doomed to failure＂", "\"doomed to failure\""},
        {"〝doomed to failure〞", "\"doomed to failure\""},
        {"〝doomed to failure〟", "\"doomed to failure\""},
        {"‘doomed to failure’", "\"doomed to failure\""},
        {"‘doomed to failure’, said X", "\"doomed to failure\" AND said AND x"},
        {"‚doomed to failure‘", "\"doomed to failure\""},
        {"'doomed to failure'", "\"doomed to failure\""},
        {"‘the season’s end’", "\"the season s end\""},
        {"“doomed to failure\" plan", "\"doomed to failure\" AND plan"},
        {"\"doomed to failure” plan", "\"doomed to failure\" AND plan"},
        {"“he said \"no\" to him”", "\"he said no to him\""},
        {"\"homs\"", "\"homs\""},
        {"\"Russia's\"", "\"russia s\""},
        {"\"a AND b\"", "\"a and b\""},
        {"\"doomed\nto (failure)\"", "\"doomed to failure\""},
        {"said\"no\"twice", "said AND \"no\" AND twice"},
        {"\"a b\"\"c d\"", "\"a b\" AND \"c d\""},
        {"-\"doomed to failure\"", "-\"doomed to failure\""},
    };
    (void)state;
    CHECK(forms);
}

static void operators(void **state)
{
    static const struct form forms[] = {
        {"a AND b", "a AND b"},
        {"a OR b", "a OR b"},
        {"a b OR c d", "(a AND b) OR (c AND d)"},
        {"a (b OR c)", "a AND (b OR c)"},
        {"(a OR b) OR c", "a OR b OR c"},
        {"(a b) c", "a AND b AND c"},
        {"((a))", "a"},
        {"a\"b\"OR\"c\"", "(a AND \"b\") OR \"c\""},
        {"-a", "-a"},
        {"NOT a", "-a"},
        {"a -b", "a -b"},
        {"-b a", "a -b"},
        {"a NOT b", "a -b"},
        {"a AND NOT b", "a -b"},
        {"a b -c -d", "a AND b -c -d"},
        {"a -(b OR c)", "a -b -c"},
        {"a -(b c)", "a -(b AND c)"},
        {"a (-b)", "a -b"},
        {"a (b -c)", "a AND (b -c)"},
        {"a OR -b", "a OR (-b)"},
        {"a OR NOT b", "a OR (-b)"},
        {"(a -b) -c", "(a -b) -c"},
        {"-a -b", "-a -b"},
        {"-(-a)", "-(-a)"},
        {"+a b", "+a AND b"},
        {"+the who", "+the AND who"},
        {"+\"a b\" c", "+\"a b\" AND c"},
        {"+(a b) c", "+(a AND b) AND c"},
        {"-(+a)", "-a"},
        {"+a OR b", "+a AND (b OR *)"},
        {"+a OR +b", "+a AND +b"},
        {"=putin", "=putin"},
        {"=putin's", "\"putin s\""},
        {"+=the", "+=the"},
        {"-=the", "-=the"},
        {"=(a \"b\" OR c)", "(=a AND \"b\") OR =c"},
        {"a - b", "a AND b"},
        {"a + b = c", "a AND b AND c"},
        {"--help", "help"},
        {"+-a", "a"},
        {"a-b", "\"a b\""},
        {"\"a\"-b", "\"a\" AND b"},
        {"(-a)", "-a"},
        {"* -a", "-a"},
    };
    (void)state;
    CHECK(forms);
}

static void any_words(void **state)
{
    static const struct form forms[] = {
        {"a b", "a OR b"},
        {"a AND b c", "(a AND b) OR c"},
        {"a b -c", "(a OR b) -c"},
        {"-a -b", "-a -b"},
        {"+a b c", "+a AND (b OR c OR *)"},
        {"a b OR c", "a OR b OR c"},
        {"(a b) AND c", "(a OR b) AND c"},
        {"a AND -b c", "(a -b) OR c"},
        {"-a AND -b c", "c -a -b"},
        {"a source:bbc b", "(a OR b) AND source:bbc"},
        {"a b (source:bbc OR source:cnn) date:2015",
         "(a OR b) AND (source:bbc OR source:cnn) AND date:2015"},
        {"+a b source:x", "+a AND (b OR *) AND source:x"},
        {"source:bbc OR a", "source:bbc OR a"},
        {"a b title:c", "a OR b OR title:c"},
        {"source:bbc -a", "source:bbc -a"},
    };
    (void)state;
    CHECK(forms, .any = true);
}

static void fields(void **state)
{
    static const struct form forms[] = {
        {"title:Syria", "title:syria"},
        {"TITLE:syria", "title:syria"},
        {"title:\"no fly zone\"", "title:\"no fly zone\""},
        {"title:“no fly zone”", "title:\"no fly zone\""},
        {"title:no-fly", "title:\"no fly\""},
        {"title:(a (b OR \"c d\"))", "title:a AND (title:b OR title:\"c d\")"},
        {"title:Putin's", "title:putin"},
        {"title:=putin", "title:=putin"},
        {"=title:putin", "title:=putin"},
        {"+title:=the", "+title:=the"},
        {"-title:syria", "-title:syria"},
        {"title:OR", "title:or"},
        {"title:-a", "title:a"},
        {"title:a:b", "title:\"a b\""},
        {"source:BBC", "source:bbc"},
        {"source:\"New  York Times\"", "source:\"new york times\""},
        {"source:(bbc OR cnn)", "source:bbc OR source:cnn"},
        {"source:“the \"Sun\"”", "source:“the \"sun\"”"},
        {"author:O'Reilly", "author:\"o'reilly\""},
        {"tag:C++", "tag:\"c++\""},
        {"tag:+++", "tag:\"+++\""},
        {"lang:en", "lang:en"},
        {"source:example.org", "source:example.org"},
        {"id:000_31b2e65bdbfd1f1a.txt", "id:000_31b2e65bdbfd1f1a.txt"},
        {"id:a.zip!/b#3", "id:\"a.zip!/b#3\""},
        {"id:\"Two Words\"", "id:\"Two Words\""},
        {"id:urn:isbn:17", "id:\"urn:isbn:17\""},
        {"id:http://example.org/a", "id:\"http://example.org/a\""},
    };
    (void)state;
    CHECK(forms);
}

static void dates(void **state)
{
    static const struct form forms[] = {
        {"date:2015-10", "date:2015-10"},
        {"date:2015", "date:2015"},
        {"date:2015-10-01", "date:2015-10-01"},
        {"date:2015-10-01T12:06:00+02:00", "date:2015-10-01T12:06:00"},
        {"date:\"1 Oct 2015\"", "date:2015-10-01"},
        {"date:2015-09-30..2015-10-02", "date:2015-09-30..2015-10-02"},
        {"date:2015-10..2015-10", "date:2015-10"},
        {"date:2015-10-01..2015-10-31", "date:2015-10"},
        {"date:2015-09..", "date:2015-09.."},
        {"date:..2015-09", "date:..2015-09"},
        {"date:..", "date:.."},
        {"date:\"1 Oct 2015 .. 3 Oct 2015\"", "date:2015-10-01..2015-10-03"},
        {"a date:(2014 OR 2016)", "a AND (date:2014 OR date:2016)"},
        {"-date:2015", "-date:2015"},
    };
    (void)state;
    CHECK(forms);
}

static void whole_input_as_phrase(void **state)
{
    static const struct form forms[] = {
        {"to be OR not \"to\" be", "\"to be or not to be\""},
        {"homs", "\"homs\""},
        {"-(title:x", "\"title x\""},
        {"Russia's", "\"russia s\""},
        {"", ""},
        {"!!!", ""},
    };
    (void)state;
    CHECK(forms, .phrase = true);
}

static void spans_of_dates(void **state)
{
    struct asked whole, open;
    (void)state;
    ask(&whole, analyzer, SLICE("date:2015-10"), (struct query_options){0});
    ask(&open, analyzer, SLICE("date:2015-10.."), (struct query_options){0});
    uint64_t first, last;
    struct date month = {.year = 2015, .month = 10, .day = 1, .precision = DATE_MONTH};
    date_span(&month, &first, &last);
    assert_int_equal(whole.query.root->kind, QUERY_DATE);
    assert_true(whole.query.root->first == first && whole.query.root->last == last);
    assert_true(open.query.root->first == first && open.query.root->last == DATE_OPEN_LAST);
    assert_true(DATE_OPEN_LAST < DATE_PACKED_NONE);
    asked_release(&whole);
    asked_release(&open);
}

static void words_know_their_places(void **state)
{
    struct asked asked;
    (void)state;
    ask(&asked, analyzer, SLICE("é \"Été U.S.\" x"), (struct query_options){0});
    const struct query_node *phrase = asked.query.root->children[1];
    assert_int_equal(phrase->word_count, 2);
    assert_int_equal(phrase->words[0].start, 4);
    assert_int_equal(phrase->words[0].end, 9);
    assert_int_equal(phrase->words[1].start, 10);
    assert_true(slice_equal(phrase->words[1].text, SLICE("us")));
    asked_release(&asked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),
        cmocka_unit_test(phrases),
        cmocka_unit_test(operators),
        cmocka_unit_test(any_words),
        cmocka_unit_test(fields),
        cmocka_unit_test(dates),
        cmocka_unit_test(whole_input_as_phrase),
        cmocka_unit_test(spans_of_dates),
        cmocka_unit_test(words_know_their_places),
    };
    return cmocka_run_group_tests(tests, open_analyzer, close_analyzer);
}
