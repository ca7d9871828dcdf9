/* Snippets: what they show of a body, where they are cut, and what is marked. */
#include <stdlib.h>

#include "base/bytes.h"
#include "random.h"
#include "text/utf8.h"
#include "unit/search/library.h"
#include "unit/unit.h"

static void open_body(struct library *library, const char *title, struct slice body)
{
    struct article article = {.id = SLICE("a"), .title = slice_of_string(title), .body = body};
    library_open(library);
    library_build(library, "a.vbt", &article, 1, false);
    library_search(library, (const char *const[]){"a.vbt"}, 1);
}

static const struct snippet *ask(struct library *library, const char *text, uint32_t snippets)
{
    struct question question;
    library_question(&question, text);
    question.snippets = snippets;
    assert_int_equal(library_ask(library, &question), STATUS_OK);
    assert_int_equal(library->answer.hit_count, 1);
    return library->answer.hits[0].snippets;
}

static const char *marked(const struct snippet *snippet)
{
    return library_marked(snippet->text, snippet->highlights, snippet->highlight_count);
}

static void expect(const char *title, const char *body, const char *query, const char *snippet)
{
    struct library library;
    open_body(&library, title, slice_of_string(body));
    assert_string_equal(marked(ask(&library, query, 1)), snippet);
    library_close(&library);
}

static void test_short_bodies(void **state)
{
    (void)state;
    expect("", "One two three.", "two", "One [two] three.");
    expect("", "  One\n\n\ttwo  “three”. ", "\"two three\"", "One [two “three]”.");
    expect("", "«He said: U.S.-led strikes»", "\"us led\"", "«He said: [U.S.-led] strikes»");
    expect("", "a a a b a a", "\"a a\"", "[a a a] b [a a]");
    expect("Title here", "The body begins so.", "title", "The body begins so.");
    expect("", "matériel", "materiel", "[matériel]");
    expect("", "東京都に行く", "東京", "[東京]都に行く");
}

static void put_filler(struct bytes *out, size_t words)
{
    for (size_t i = 0; i < words; i++)
        bytes_format(out, "word%zu ", i % 7);
}

static void test_sentences(void **state)
{
    struct library library;
    struct bytes body = {0};
    (void)state;
    put_filler(&body, 100);
    bytes_append_string(
        &body, "ended there. This sentence has the needle in it. Another one follows it. ");
    put_filler(&body, 100);
    open_body(&library, "", bytes_slice(&body));
    const char *text = marked(ask(&library, "needle", 1));
    const char *start = "… This sentence has the [needle] in it. Another one follows it. ";
    assert_true(strncmp(text, start, strlen(start)) == 0);
    assert_true(strcmp(text + strlen(text) - 4, " …") == 0);
    library_close(&library);
    bytes_release(&body);
}

/* A phrase of any length is whole in its snippet, with some words on either side. */
static void test_long_phrases(void **state)
{
    (void)state;
    for (size_t words = 1; words < 600; words = words * 3 + 1) {
        struct library library;
        struct bytes body = {0}, query = {0};
        put_filler(&body, 3000);
        bytes_append_string(&query, "\"");
        for (size_t i = 0; i < words; i++) {
            bytes_format(&query, "needle%zu ", i);
            bytes_format(&body, "needle%zu\n", i);
        }
        bytes_append_string(&query, "\"");
        put_filler(&body, 3000);
        bytes_append(&query, "", 1);
        open_body(&library, "", bytes_slice(&body));
        const struct snippet *snippet = ask(&library, (const char *)query.data, 1);
        const char *text = marked(snippet);
        char last[32];
        snprintf(last, sizeof last, "needle%zu] ", words - 1);
        assert_int_equal(snippet->highlight_count, 1);
        assert_non_null(strstr(text, " [needle0"));
        assert_non_null(strstr(text, last));
        assert_true(words > 20 || utf8_length(snippet->text) <= 260);
        assert_true(utf8_length(snippet->text) >= 60);
        library_close(&library);
        bytes_release(&body);
        bytes_release(&query);
    }
}

/* At every place of a body of several blocks, borders of blocks among them. */
static void test_every_place(void **state)
{
    struct library library;
    struct bytes body = {0};
    (void)state;
    for (size_t i = 0; i < 9000; i++)
        bytes_format(&body, "%s%zu%s", i % 3 ? "n" : "née", i, i % 11 ? " " : ",\n");
    open_body(&library, "Some title", bytes_slice(&body));
    for (size_t i = 0; i + 1 < 9000; i += i % 500 < 40 ? 1 : 17) {
        char query[64], expected[64];
        snprintf(query, sizeof query, "\"%s%zu %s%zu\"", i % 3 ? "n" : "nee", i,
                 (i + 1) % 3 ? "n" : "nee", i + 1);
        snprintf(expected, sizeof expected, "[%s%zu%s %s%zu]", i % 3 ? "n" : "née", i,
                 i % 11 ? "" : ",", (i + 1) % 3 ? "n" : "née", i + 1);
        const struct snippet *snippet = ask(&library, query, 1);
        size_t length = utf8_length(snippet->text);
        assert_non_null(strstr(marked(snippet), expected));
        assert_true(utf8_valid(snippet->text));
        assert_true(length <= 260 && length > 100);
    }
    library_close(&library);
    bytes_release(&body);
}

static void test_several(void **state)
{
    struct library library;
    struct bytes body = {0};
    (void)state;
    bytes_append_string(&body, "alpha ");
    put_filler(&body, 100);
    bytes_append_string(&body, "alpha beta ");
    put_filler(&body, 100);
    bytes_append_string(&body, "beta ");
    put_filler(&body, 100);
    open_body(&library, "", bytes_slice(&body));
    const struct snippet *snippets = ask(&library, "alpha beta", 5);
    assert_int_equal(library.answer.hits[0].snippet_count, 3);
    assert_non_null(strstr(marked(&snippets[0]), "[alpha] [beta]"));
    assert_true(strncmp(marked(&snippets[1]), "[alpha] word0", 13) == 0);
    assert_non_null(strstr(marked(&snippets[2]), " [beta] word0"));
    assert_int_equal(library.answer.hits[0].phrase_count, 4);
    ask(&library, "alpha beta", 0);
    assert_int_equal(library.answer.hits[0].snippet_count, 0);
    assert_int_equal(library.answer.hits[0].phrase_count, 4);
    library_close(&library);
    bytes_release(&body);
}

/* All of a window is shown where it fits, however far its first words lie from its last. */
static void test_wide_window(void **state)
{
    struct library library;
    struct bytes body = {0};
    (void)state;
    put_filler(&body, 200);
    bytes_append_string(&body, "alpha ");
    put_filler(&body, 22);
    bytes_append_string(&body, "beta ");
    put_filler(&body, 200);
    open_body(&library, "", bytes_slice(&body));
    const char *text = marked(ask(&library, "alpha beta", 1));
    assert_non_null(strstr(text, " [alpha] word0"));
    assert_non_null(strstr(text, " [beta] word0"));
    assert_true(utf8_length(library.answer.hits[0].snippets[0].text) <= 260);
    library_close(&library);
    bytes_release(&body);
}

/* Bodies that give no place to cut. */
static void test_strange_bodies(void **state)
{
    static const char *const parts[] = {"x", "é", "語", "!", "…", "\xC2\xA0", "a.b.", "-"};
    (void)state;
    for (size_t part = 0; part < 8; part++) {
        struct library library;
        struct bytes body = {0};
        for (size_t i = 0; i < 20000; i++)
            bytes_append_string(&body, parts[part]);
        bytes_append_string(&body, " needle ");
        for (size_t i = 0; i < 20000; i++)
            bytes_append_string(&body, parts[part]);
        open_body(&library, "Title", bytes_slice(&body));
        const struct snippet *snippet = ask(&library, "needle", 1);
        assert_true(utf8_valid(snippet->text));
        assert_non_null(strstr(marked(snippet), "[needle]"));
        assert_true(utf8_length(snippet->text) < 400);
        snippet = ask(&library, "title", 1);
        assert_true(utf8_valid(snippet->text));
        assert_int_equal(snippet->highlight_count, 0);
        library_close(&library);
        bytes_release(&body);
    }
}

/* --- What holds of all of them -----------------------------------------------------------------*/

enum { WORDS_MOST = 700 };

/* A word that stands nowhere else in the body, one of three, or a mark. */
static void put_word(struct bytes *body, uint64_t *seed, size_t number)
{
    static const char *const rare[] = {"alpha", "Beta", "gámma"};
    static const char *const behind[] = {" ",
                                         " ",
                                         " ",
                                         " ",
                                         " ",
                                         ", ",
                                         ". ",
                                         "\n",
                                         "? ",
                                         " — ",
                                         "。",
                                         "\n\n",
                                         " (!) ",
                                         "; ",
                                         "…",
                                         "/",
                                         " 👩‍🚀 ",
                                         " e\xCC\x81 ",
                                         "\t \t",
                                         ".“ ",
                                         "-"};
    if (random_below(seed, 7) == 0)
        bytes_append_string(body, rare[random_below(seed, 3)]);
    else if (random_below(seed, 40) == 0)
        bytes_append_string(body, "東");
    else
        bytes_format(body, "w%zu%s", number, random_below(seed, 30) ? "x" : "très-longuement");
    bytes_append_string(body, behind[random_below(seed, sizeof behind / sizeof *behind)]);
}

/* Whether the words w1x, w2x … of a text are in none of the texts before, which `seen` keeps. */
static void check_apart(struct slice text, bool *seen)
{
    for (size_t i = 0; i + 1 < text.size; i++) {
        bool begins = i == 0 || (unsigned char)text.data[i - 1] >= 0x80 ||
                      !strchr("wxabcdefghijklmnopqrstuvyz", text.data[i - 1]);
        if (text.data[i] != 'w' || text.data[i + 1] < '0' || text.data[i + 1] > '9' || !begins)
            continue;
        size_t number = (size_t)atoi(text.data + i + 1);
        assert_true(number < WORDS_MOST);
        assert_false(seen[number]);
        seen[number] = true;
    }
}

static size_t count_words(const char *text, const char *word)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, word)); at++)
        count++;
    return count;
}

static void check_snippet(const struct snippet *snippet, struct slice flat, bool *seen)
{
    struct slice text = snippet->text;
    assert_true(utf8_valid(text));
    assert_true(utf8_length(text) <= 2 * 260);
    if (text.size >= 4 && memcmp(text.data, "… ", 4) == 0)
        text = slice_from(text, 4);
    if (text.size >= 4 && memcmp(text.data + text.size - 4, " …", 4) == 0)
        text.size -= 4;
    assert_non_null(memmem(flat.data, flat.size, text.data, text.size));
    check_apart(text, seen);
    const char *shown = marked(snippet);
    assert_true(snippet->highlight_count > 0);
    assert_int_equal(count_words(shown, "alpha") + count_words(shown, "Beta"),
                     count_words(shown, "[alpha") + count_words(shown, "[Beta"));
}

static void flatten(const struct bytes *body, struct bytes *flat)
{
    for (size_t i = 0; i < body->size; i++) {
        bool blank = strchr(" \n\t", body->data[i]) != NULL;
        if (!blank || (flat->size && flat->data[flat->size - 1] != ' '))
            bytes_put_u8(flat, blank ? ' ' : body->data[i]);
    }
}

static void test_properties(void **state)
{
    uint64_t seed = 3;
    (void)state;
    for (size_t tries = 0; tries < 60; tries++) {
        struct library library;
        struct bytes body = {0}, flat = {0};
        bool seen[WORDS_MOST] = {0};
        size_t words = 1 + random_below(&seed, WORDS_MOST - 1);
        for (size_t i = 0; i < words; i++)
            put_word(&body, &seed, i);
        bytes_append_string(&body, "alpha beta.");
        flatten(&body, &flat);
        open_body(&library, "", bytes_slice(&body));
        uint32_t most = 1 + (uint32_t)random_below(&seed, 10);
        const struct snippet *snippets = ask(&library, "=alpha =beta", most);
        size_t count = library.answer.hits[0].snippet_count;
        assert_true(count > 0 && count <= most);
        assert_non_null(strstr(marked(&snippets[0]), "alpha"));
        assert_non_null(strstr(marked(&snippets[0]), "eta"));
        for (size_t i = 0; i < count; i++)
            check_snippet(&snippets[i], bytes_slice(&flat), seen);
        ask(&library, "\"alpha beta\"", 1);
        assert_non_null(strstr(marked(library.answer.hits[0].snippets), "lpha"));
        library_close(&library);
        bytes_release(&body);
        bytes_release(&flat);
    }
}

/* Rarer words and whole phrases first, and those that stand closer. */
static void test_best_first(void **state)
{
    struct library library;
    struct bytes body = {0};
    (void)state;
    bytes_append_string(&body, "alpha one two three four five beta ");
    put_filler(&body, 100);
    bytes_append_string(&body, "alpha, beta. ");
    put_filler(&body, 100);
    bytes_append_string(&body, "alpha gamma delta ");
    put_filler(&body, 100);
    open_body(&library, "", bytes_slice(&body));
    const struct snippet *snippets = ask(&library, "alpha beta", 2);
    assert_non_null(strstr(marked(&snippets[0]), "[alpha], [beta]"));
    assert_non_null(strstr(marked(&snippets[1]), "[alpha] one"));
    snippets = ask(&library, "alpha beta \"gamma delta\"^9", 3);
    assert_non_null(strstr(marked(&snippets[0]), "[alpha] [gamma delta]"));
    library_close(&library);
    bytes_release(&body);
}

static void test_sentence_ends(void **state)
{
    static const struct {
        const char *text, *start;
    } cases[] = {
        {"It rained. Then Mr. Smith met the needle", "… Then Mr. Smith met the [needle]"},
        {"It rained. He asked J. K. Smith for the needle",
         "… He asked J. K. Smith for the [needle]"},
        {"It rained! about 3 p.m. he saw the needle", "… about 3 p.m. he saw the [needle]"},
        {"It rained.Then he saw the needle", "… Then he saw the [needle]"},
        {"“It rained.”“Then he saw the needle", "… “Then he saw the [needle]"},
        {"It rained. He ran Node.js beside the needle", "… He ran Node.js beside the [needle]"},
        {"वह आया। फिर needle", "… फिर [needle]"},
        {"وصل؟ ثم needle", "… ثم [needle]"},
        {"雨だった。それから needle", "… それから [needle]"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct library library;
        struct bytes body = {0};
        put_filler(&body, 100);
        bytes_append_string(&body, cases[i].text);
        bytes_append_string(&body, " ");
        put_filler(&body, 100);
        open_body(&library, "", bytes_slice(&body));
        const char *text = marked(ask(&library, "needle", 1));
        if (strncmp(text, cases[i].start, strlen(cases[i].start)) != 0)
            fail_msg("%s", text);
        library_close(&library);
        bytes_release(&body);
    }
}

/* A body without words is cut between what a reader sees as characters. */
static void test_clusters(void **state)
{
    struct library library;
    struct bytes body = {0};
    (void)state;
    for (size_t i = 0; i < 100; i++)
        bytes_append_string(&body, "👩‍🚀👍🏽"); /* three and two code points */
    struct article articles[] = {{.id = SLICE("a"), .title = SLICE("needle")}};
    articles[0].body = bytes_slice(&body);
    library_open(&library);
    library_build(&library, "a.vbt", articles, 1, false);
    library_search(&library, (const char *const[]){"a.vbt"}, 1);
    struct slice text = ask(&library, "needle", 1)->text;
    assert_true(text.size > 8 && memcmp(text.data + text.size - 4, " …", 4) == 0);
    text.size -= 4;
    size_t unit = strlen("👩‍🚀👍🏽");
    assert_true(text.size % unit == 0 || text.size % unit == strlen("👩‍🚀"));
    library_close(&library);
    bytes_release(&body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_short_bodies),   cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_long_phrases),   cmocka_unit_test(test_every_place),
        cmocka_unit_test(test_several),        cmocka_unit_test(test_wide_window),
        cmocka_unit_test(test_strange_bodies), cmocka_unit_test(test_properties),
        cmocka_unit_test(test_best_first),     cmocka_unit_test(test_sentence_ends),
        cmocka_unit_test(test_clusters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
