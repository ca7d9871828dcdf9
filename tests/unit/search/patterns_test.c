/* Gaps, any words, patterns, nearness and exact characters through the door: what is found, how
 * often, what is marked, what is echoed, and what is refused. */
#include <stdio.h>

#include "unit/search/library.h"
#include "unit/unit.h"

static struct article article(const char *id, const char *title, const char *body)
{
    return (struct article){
        .id = slice_of_string(id), .title = slice_of_string(title), .body = slice_of_string(body)};
}

static struct slice bbc[] = {{"BBC News", 8}}, times[] = {{"Times of Malta", 14}};

static int open_library(void **state)
{
    static struct library library;
    struct article articles[] = {
        article("led", "", "A U.S.-led group. The us led them, and US-led it was."),
        article("war", "The art of war", "In the long art of a war the art of war."),
        article("title", "Exactly U.S.-led", "nothing"),
        article("talbisah", "", "Talbisah is near Homs; others write Talbiseh or tlabisah."),
        article("near", "", "russian jets over homs. homs and the russian far russian"),
        article("end", "", "the last word is war"),
        article("said", "Over?No", "Is it over?No, he said. He said f***ing awful of M*A*S*H."),
    };
    articles[0].lists[ARTICLE_SOURCE] = (struct article_values){bbc, 1};
    articles[1].lists[ARTICLE_SOURCE] = (struct article_values){times, 1};
    library_open(&library);
    library_build(&library, "text.vbt", articles, 7, false);
    library_build(&library, "bare.vbt", articles, 7, true);
    library_search(&library, (const char *const[]){"text.vbt"}, 1);
    *state = &library;
    return 0;
}

static int close_library(void **state)
{
    library_close(*state);
    return 0;
}

static const struct hit *only_hit(struct library *library, const char *text, const char *id)
{
    library_ask_text(library, text);
    assert_true(library_hits(library, id));
    assert_int_equal(library->answer.relation, TOTAL_EQ);
    return library->answer.hits;
}

static void assert_marked(const struct hit *hit, const char *marked)
{
    const struct snippet *snippet = hit->snippets;
    assert_int_equal(hit->snippet_count, 1);
    assert_string_equal(
        library_marked(snippet->text, snippet->highlights, snippet->highlight_count), marked);
}

static void test_exact(void **state)
{
    struct library *library = *state;
    const struct hit *hit = only_hit(library, "exact:\"U.S.-led group\"", "led");
    assert_int_equal(hit->phrase_count, 1);
    assert_marked(hit, "A [U.S.-led group]. The us led them, and US-led it was.");
    hit = only_hit(library, "exact:\"us led\"", "led");
    assert_int_equal(hit->phrase_count, 1);
    assert_marked(hit, "A U.S.-led group. The [us led] them, and US-led it was.");
    hit = only_hit(library, "exact:\"Exactly U.S.\"", "title");
    assert_int_equal(hit->title_highlight_count, 1);
    library_ask_text(library, "exact:\"U.S.-led\"");
    assert_int_equal(library->answer.total, 2);
    library_ask_text(library, "exact:\"Us led\"");
    assert_int_equal(library->answer.total, 0);
    only_hit(library, "led -exact:\"U.S.-led\"", "");
}

static void test_gaps(void **state)
{
    struct library *library = *state;
    const struct hit *hit = only_hit(library, "\"art war\"~2", "war");
    assert_int_equal(hit->phrase_count, 3);
    assert_marked(hit, "In the long [art] of a [war] the [art] of [war].");
    assert_int_equal(hit->title_highlight_count, 2);
    only_hit(library, "\"the * war\"", "");
    hit = only_hit(library, "\"art * war\"", "war");
    assert_int_equal(hit->phrase_count, 2);
    assert_marked(hit, "In the long art of a war the [art of war].");
    only_hit(library, "\"is war *\"", "");
    only_hit(library, "\"word is *\"", "end");
}

static void test_near(void **state)
{
    struct library *library = *state;
    const struct hit *hit = only_hit(library, "russian NEAR/3 homs", "near");
    assert_int_equal(hit->phrase_count, 2);
    assert_marked(hit, "[russian] jets over [homs]. [homs] and the [russian] far russian");
    hit = only_hit(library, "russian ADJ/3 homs", "near");
    assert_int_equal(hit->phrase_count, 1);
    only_hit(library, "homs ADJ/2 russian", "");
}

static void test_patterns(void **state)
{
    struct library *library = *state;
    const struct hit *hit = only_hit(library, "talbisah~1", "talbisah");
    assert_int_equal(hit->phrase_count, 3);
    assert_int_equal(library->answer.word_count, 1);
    assert_true(slice_equal(library->answer.words[0].word, SLICE("talbisah~1")));
    assert_true(library->answer.words[0].is_pattern);
    assert_int_equal(library->answer.words[0].stands_for, 3);
    assert_int_equal(library->answer.words[0].articles, 1);
    only_hit(library, "t*b?s*h", "talbisah");
    only_hit(library, "\"others wri\"*", "talbisah");
    assert_int_equal(library->answer.words[1].stands_for, 1);
    only_hit(library, "source:bbc*", "led");
    only_hit(library, "source:\"times of mal\"*", "war");
}

/* A quotation is found as it was written, whatever stands between its words. */
static void test_signs_in_quotes(void **state)
{
    struct library *library = *state;
    const struct hit *hit = only_hit(library, "\"Is it over?No, he said\"", "said");
    assert_marked(hit, "[Is it over?No, he said]. He said f***ing awful of M*A*S*H.");
    hit = only_hit(library, "“He said f***ing awful”", "said");
    assert_marked(hit, "Is it over?No, he said. [He said f***ing awful] of M*A*S*H.");
    hit = only_hit(library, "\"M*A*S*H\"", "said");
    assert_marked(hit, "Is it over?No, he said. He said f***ing awful of [M*A*S*H].");
    hit = only_hit(library, "title:\"over?no\"", "said");
    assert_int_equal(hit->title_highlight_count, 1);
    only_hit(library, "\"tal?isah is near\"", "");
    only_hit(library, "tal?isah-is-near", "talbisah");
    only_hit(library, "tal?isah ADJ/1 is", "talbisah");
}

static void test_boost(void **state)
{
    struct library *library = *state;
    double plain = only_hit(library, "talbiseh", "talbisah")->score;
    double heavy = only_hit(library, "talbiseh^4", "talbisah")->score;
    double both = only_hit(library, "talbiseh^4 talbiseh", "talbisah")->score;
    assert_true(heavy > 3.999 * plain && heavy < 4.001 * plain);
    assert_true(both > 4.999 * plain && both < 5.001 * plain);
}

/* Whatever little may be spent, the answer says that it is not whole, or it is. */
static void test_budget(void **state)
{
    struct library *library = *state;
    struct question question;
    static const char *const texts[] = {"*a*", "t* -*s", "\"t* *a*\"~9", "a~2 NEAR/9 *r",
                                        "-(t* NEAR/9 *a*)"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        library_question(&question, texts[i]);
        question.op = OP_AND;
        question.facets = i % 2 ? 0 : (1 << FACETS) - 1;
        assert_int_equal(library_ask(library, &question), STATUS_OK);
        uint64_t total = library->answer.total;
        assert_int_equal(library->answer.relation, TOTAL_EQ);
        for (question.budget_blocks = 1; question.budget_blocks < 40; question.budget_blocks++) {
            assert_int_equal(library_ask(library, &question), STATUS_OK);
            const struct answer *answer = &library->answer;
            assert_in_range(answer->total, 0, total);
            assert_true(answer->relation == TOTAL_GTE || answer->total == total);
            assert_true(answer->relation == TOTAL_EQ || answer->partial.size > 0);
        }
    }
}

static void assert_refused(struct library *library, const char *text)
{
    struct question question;
    library_question(&question, text);
    assert_int_equal(library_ask(library, &question), STATUS_INVALID);
    assert_non_null(strstr(library->error.text, "stores no text"));
}

static void test_no_text(void **state)
{
    struct library *library = *state;
    library_search(library, (const char *const[]){"bare.vbt"}, 1);
    assert_refused(library, "exact:\"us led\"");
    assert_refused(library, "war OR -exact:\"us led\"");
    assert_refused(library, "\"word is *\"");
    library_ask_text(library, "\"art war\"~2");
    assert_true(library_hits(library, "war"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exact),
        cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_near),
        cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_signs_in_quotes),
        cmocka_unit_test(test_boost),
        cmocka_unit_test(test_budget),
        cmocka_unit_test(test_no_text),
    };
    return cmocka_run_group_tests(tests, open_library, close_library);
}
