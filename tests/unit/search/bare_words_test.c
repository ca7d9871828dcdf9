/* What is meant by words outside quotation marks, and what is told of them. */
#include <stdio.h>

#include "base/bytes.h"
#include "search/stop_words.h"
#include "text/analyzer.h"
#include "text/stem.h"
#include "unit/search/library.h"
#include "unit/unit.h"

static struct slice english[] = {{"en", 2}}, german[] = {{"de", 2}};

static int open_library(void **state)
{
    static struct library library;
    struct article articles[] = {
        {.id = SLICE("a"), .title = SLICE("The strike"), .body = SLICE("A strike for the mine.")},
        {.id = SLICE("b"),
         .body = SLICE("Strikes! He strikes, and Putin\xE2\x80\x99s men struck.")},
        {.id = SLICE("c"), .body = SLICE("Striking miners in the cold; don't ask, Putin.")},
        {.id = SLICE("d"), .body = SLICE("Don t of mine; ill-advised reports.")},
        {.id = SLICE("e"), .title = SLICE("Häuser"), .body = SLICE("Die Häuser der Stadt.")},
        {.id = SLICE("f"), .body = SLICE("Das Haus in der Stadt; the city, Orly.")},
    };
    for (size_t i = 0; i < 6; i++)
        articles[i].lists[ARTICLE_LANG] = (struct article_values){i < 4 ? english : german, 1};
    library_open(&library);
    library_build(&library, "one.vbt", articles, 6, false);
    library_search(&library, (const char *const[]){"one.vbt"}, 1);
    *state = &library;
    return 0;
}

static int close_library(void **state)
{
    library_close(*state);
    return 0;
}

/* The ids of the hits in the order of the articles. */
static const char *found(struct library *library, const char *text, const char *lang)
{
    static char ids[64];
    struct question question;
    library_question(&question, text);
    question.lang = slice_of_string(lang);
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    char *at = ids;
    for (char id = 'a'; id <= 'f'; id++)
        for (size_t i = 0; i < library->answer.hit_count; i++)
            if (library->answer.hits[i].id.data[0] == id)
                *at++ = id;
    *at = '\0';
    return ids;
}

static void test_inflections(void **state)
{
    static const struct {
        const char *text, *lang, *ids;
    } cases[] = {
        {"strike", "", "abc"},
        {"strikes", "", "abc"},
        {"strikings", "", "abc"}, /* which no article holds */
        {"struck", "", "b"},
        {"\"strike\"", "", "a"},
        {"=strike", "", "a"},
        {"\"strikes\"", "", "b"},
        {"=strikes", "", "b"},
        {"title:strikes", "", "a"},
        {"title:striking", "", "a"},
        {"title:=strikes", "", ""},
        {"strike -striking", "", ""},
        {"strike -=striking", "", "ab"},
        {"strikes NEAR/5 mines", "", "a"},
        {"strike ADJ/9 mining", "", "a"},
        {"exact:\"strike\"", "", "a"},
        {"strik*", "", "abc"},
        {"putin's", "", "bc"},
        {"\"putin's\"", "", "b"},
        {"=putin's", "", "b"},
        {"don't", "", "cd"},
        {"ill-advised", "", "d"},
        {"ill-advising", "", ""},
        {"haus", "de", "ef"},
        {"\"haus\"", "de", "f"},
        {"haus", "", "f"}, /* English has nothing of Häuser */
        {"haus lang:de", "", "ef"},
        {"lang:German haus", "", ""}, /* no such value */
        {"haus", "de-AT", ""},        /* likewise */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (strcmp(found(*state, cases[i].text, cases[i].lang), cases[i].ids) != 0)
            fail_msg("%s: '%s' instead of '%s'", cases[i].text,
                     found(*state, cases[i].text, cases[i].lang), cases[i].ids);
}

static void test_phrase_mode(void **state)
{
    struct question question;
    library_question(&question, "strike");
    question.phrase = true;
    assert_int_equal(library_ask(*state, &question), STATUS_OK);
    assert_true(library_hits(*state, "a"));
    library_question(&question, "the");
    question.phrase = true;
    assert_int_equal(library_ask(*state, &question), STATUS_OK);
    assert_int_equal(((struct library *)*state)->answer.words[0].ignored, false);
}

static void test_stop_words(void **state)
{
    static const struct {
        const char *text, *lang, *ids;
        enum question_op op;
    } cases[] = {
        {"the strike", "", "abc", OP_AND},
        {"the strike", "", "abc", OP_OR},
        {"strike in the mine", "", "a", OP_AUTO},
        {"+the strike", "", "ac", OP_AND},
        {"=the strike", "", "ac", OP_AND},
        {"the^2 strike", "", "ac", OP_AND},
        {"\"the\" strike", "", "ac", OP_AND},
        {"title:the strike", "", "a", OP_AND},
        {"the", "", "acf", OP_AND},
        {"or", "", "", OP_AND}, /* not Orly, which has its stem */
        {"the of", "", "", OP_AND},
        {"the of", "", "acdf", OP_OR},
        {"(the) (strike)", "", "abc", OP_AND},
        {"strike -the", "", "b", OP_AND},
        {"the -strike", "", "f", OP_AND},
        {"(the -strikes) mine", "", "d", OP_AND},
        {"strike (the OR of)", "", "abc", OP_AND},
        {"the lang:de", "", "f", OP_AND}, /* which is no German word */
        {"der stadt", "de", "ef", OP_AND},
        {"die stadt", "de", "ef", OP_AND},
        {"the stadt", "de", "f", OP_AND},
        {"die stadt", "", "e", OP_AND},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct library *library = *state;
        struct question question;
        library_question(&question, cases[i].text);
        question.op = cases[i].op;
        question.lang = slice_of_string(cases[i].lang);
        assert_int_equal(library_ask(library, &question), STATUS_OK);
        if (library->answer.total != strlen(cases[i].ids))
            fail_msg("'%s' finds %llu", cases[i].text, (unsigned long long)library->answer.total);
        for (size_t k = 0; k < library->answer.hit_count; k++)
            assert_non_null(strchr(cases[i].ids, library->answer.hits[k].id.data[0]));
    }
}

static void test_score(void **state)
{
    struct library *library = *state;
    library_ask_text(library, "strike");
    double alone = library->answer.hits[0].score;
    library_ask_text(library, "the strike");
    assert_true(library->answer.hits[0].score == alone);
    library_ask_text(library, "+the strike");
    assert_true(library->answer.hits[0].score > alone);
}

static bool is_word(const struct word_echo *echo, const char *word, uint64_t articles)
{
    return slice_equal(echo->word, slice_of_string(word)) && echo->articles == articles;
}

static void test_echo(void **state)
{
    struct library *library = *state;
    library_ask_text(library, "the strike of the =strike \"strike\" xyzzy");
    const struct answer *answer = &library->answer;
    assert_int_equal(answer->word_count, 5);
    assert_true(is_word(&answer->words[0], "the", 3) && answer->words[0].ignored);
    assert_true(is_word(&answer->words[1], "strike", 3) && !answer->words[1].ignored);
    assert_int_equal(answer->words[1].form_count, 2);
    assert_true(slice_equal(answer->words[1].forms[0], SLICE("strikes")));
    assert_true(slice_equal(answer->words[1].forms[1], SLICE("striking")));
    assert_true(is_word(&answer->words[2], "of", 1) && answer->words[2].ignored);
    assert_true(is_word(&answer->words[3], "strike", 1) && answer->words[3].form_count == 0);
    assert_true(is_word(&answer->words[4], "xyzzy", 0) && answer->words[4].form_count == 0);
}

/* Every form is marked, and counted. */
static void test_marks(void **state)
{
    struct library *library = *state;
    struct stored_article article;
    struct question question;
    struct error error = {0};
    library_ask_text(library, "strike lang:en -miners -mine");
    assert_true(library_hits(library, "b"));
    const struct hit *hit = &library->answer.hits[0];
    assert_int_equal(hit->phrase_count, 2);
    assert_string_equal(library_marked(hit->snippets[0].text, hit->snippets[0].highlights,
                                       hit->snippets[0].highlight_count),
                        "[Strikes]! He [strikes], and Putin\xE2\x80\x99s men struck.");
    library_question(&question, "the striking");
    assert_int_equal(searcher_article(library->searcher, SLICE("a"), &question, &article, &error),
                     STATUS_OK);
    assert_string_equal(library_marked(article.body, article.highlights, article.highlight_count),
                        "A [strike] for the mine.");
    stored_article_release(&article);
}

/* The words of each list are what the text contract makes of them: a search could find them. */
static void test_lists(void **state)
{
    struct analyzer *analyzer = analyzer_open();
    const char *language;
    char code[STEM_CODE_BYTES];
    size_t lists = 0;
    (void)state;
    for (struct slice list; (list = stop_words_of(lists, &language)).data; lists++) {
        size_t words = 0, spaces = 0, count;
        struct word read[16];
        assert_true(stem_language(slice_of_string(language), code));
        assert_string_equal(code, language);
        analyzer_begin(analyzer, list);
        while ((count = analyzer_read(analyzer, read, 16)) > 0)
            for (size_t i = 0; i < count; i++, words++) {
                assert_memory_equal(list.data + read[i].start, read[i].text.data,
                                    read[i].text.size);
                assert_true(stop_words_hold(language, read[i].text));
            }
        for (size_t i = 0; i < list.size; i++)
            spaces += list.data[i] == ' ';
        assert_int_equal(spaces, words + 1);
        assert_true(words > 80);
    }
    assert_true(lists >= 13);
    assert_false(stop_words_hold("en", SLICE("war")));
    assert_false(stop_words_hold("en", SLICE("")));
    assert_false(stop_words_hold("en", SLICE("a about")));
    assert_false(stop_words_hold("xx", SLICE("the")));
    analyzer_close(analyzer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inflections), cmocka_unit_test(test_phrase_mode),
        cmocka_unit_test(test_stop_words),  cmocka_unit_test(test_score),
        cmocka_unit_test(test_echo),        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_lists),
    };
    return cmocka_run_group_tests(tests, open_library, close_library);
}
