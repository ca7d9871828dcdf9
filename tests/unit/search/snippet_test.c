/* Snippets: what they show of a body, where they are cut, and what is marked. */
#include "base/bytes.h"
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_short_bodies),   cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_long_phrases),   cmocka_unit_test(test_every_place),
        cmocka_unit_test(test_several),        cmocka_unit_test(test_wide_window),
        cmocka_unit_test(test_strange_bodies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
