#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "random.h"
#include "text/article.h"
#include "text/utf8.h"

static void shows(const char *title, const char *body, const char *expected, bool expected_cut)
{
    bool cut = !expected_cut;
    struct slice shown = article_shown_title(slice_of_string(title), slice_of_string(body), &cut);
    char text[2000];
    snprintf(text, sizeof text, "%.*s", (int)shown.size, shown.data);
    assert_string_equal(text, expected);
    assert_int_equal(cut, expected_cut);
}

#define TEN "ten chars "
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static void a_title_is_shown_as_it_is(void **state)
{
    (void)state;
    shows("A title", "A body.", "A title", false);
    shows("  A title\n", "A body.", "A title", false);
    shows(HUNDRED HUNDRED "end", "", HUNDRED HUNDRED "end", false);
}

static void else_the_first_line(void **state)
{
    (void)state;
    shows("", "", "", false);
    shows(" \n ", " \r\n\t ", "", false);
    shows("", "One line", "One line", false);
    shows("", "\n\n  First line. And more. \r\nSecond line.", "First line. And more.", false);
    shows("",
          "\xEF\xBB\xBF"
          "First\xE2\x80\xA8second",
          "First", false);
    shows("", HUNDRED "twenty characters ab", HUNDRED "twenty characters ab", false);
    shows("", HUNDRED "twenty characters ab  \t \nmore", HUNDRED "twenty characters ab", false);
}

static void every_kind_of_white_space_and_line_end(void **state)
{
    static const char *const spaces[] = {
        " ",      "\t",     "\v",     "\xC2\xA0", /* no-break space */
        "\u2000", "\u200A", "\u3000", "\uFEFF",
    };
    static const char *const ends[] = {"\n", "\r", "\r\n", "\xC2\x85", "\u2028", "\u2029"};
    char body[400];
    (void)state;
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        for (size_t j = 0; j < sizeof ends / sizeof *ends; j++) {
            snprintf(body, sizeof body, "%s%s%sOne line%s%sand two", spaces[i], ends[j], spaces[i],
                     spaces[i], ends[j]);
            shows("", body, "One line", false);
            shows(body, "", slice_of_string(body).data + strcspn(body, "O"), false);
            snprintf(body, sizeof body, HUNDRED "twenty characters ab%s%s%sand two", spaces[i],
                     spaces[i], ends[j]);
            shows("", body, HUNDRED "twenty characters ab", false);
        }
    shows("", HUNDRED "twenty characters ab  and more", HUNDRED "twenty characters ab", true);
    shows("", HUNDRED "nineteen characters\u3000and more", HUNDRED "nineteen characters", true);
}

static void a_sentence_ends_with_what_closes_it(void **state)
{
    static const char *const closers[] = {"\"",     "'",      ")",      "]",
                                          "\u2019", "\u201D", "\u00BB", "\u300D"};
    static const char *const enders[] = {".", "!", "?", "\u2026"};
    char body[400], sentence[100];
    (void)state;
    for (size_t i = 0; i < sizeof closers / sizeof *closers; i++)
        for (size_t j = 0; j < sizeof enders / sizeof *enders; j++) {
            snprintf(sentence, sizeof sentence, "It ended%s%s", enders[j], closers[i]);
            snprintf(body, sizeof body, "%s " HUNDRED HUNDRED, sentence);
            shows("", body, sentence, false);
            snprintf(body, sizeof body, "It %s ended%s " HUNDRED HUNDRED, closers[i], enders[j]);
            snprintf(sentence, sizeof sentence, "It %s ended%s", closers[i], enders[j]);
            shows("", body, sentence, false);
        }
    shows("", "終わった！" HUNDRED HUNDRED, "終わった！", false);
    shows("", "終わった？" HUNDRED HUNDRED, "終わった？", false);
}

static void a_dot_behind_one_letter_ends_nothing(void **state)
{
    (void)state;
    shows("", "J. Smith (A. Jones) came. " HUNDRED HUNDRED, "J. Smith (A. Jones) came.", false);
    shows("", ". It came. " HUNDRED HUNDRED, ". It came.", false);
    shows("", "At 3.5 m/s it.came.at last. " HUNDRED HUNDRED, "At 3.5 m/s it.came.at last.", false);
}

static void of_a_long_line_the_first_sentence(void **state)
{
    (void)state;
    shows("", "It ended. " HUNDRED HUNDRED, "It ended.", false);
    shows("", "\xE2\x80\x9CIt ended!\xE2\x80\x9D he said. " HUNDRED HUNDRED,
          "\xE2\x80\x9CIt ended!\xE2\x80\x9D", false);
    shows("", "The U.S. and J. Smith met 3.5 m of ice. " HUNDRED HUNDRED,
          "The U.S. and J. Smith met 3.5 m of ice.", false);
    shows("", "終わった。" HUNDRED HUNDRED, "終わった。", false);
}

static void else_what_fits_of_it(void **state)
{
    (void)state;
    shows("", HUNDRED HUNDRED, HUNDRED "ten chars ten chars", true);
    shows("", HUNDRED "exactly twenty chars and more", HUNDRED "exactly twenty chars", true);
    shows("", HUNDRED "not quite twenty chars and more", HUNDRED "not quite twenty", true);
    char word[400];
    memset(word, 'x', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    bool cut;
    struct slice shown = article_shown_title((struct slice){0}, slice_of_string(word), &cut);
    assert_int_equal(shown.size, 120);
    assert_true(cut);
}

static void any_text_gives_a_sound_title(void **state)
{
    static const char *const parts[] = {"a", " ",     ".",  "\n",       "é", "終", "\xE2\x80\xA8",
                                        "!", "word ", "\r", "\xC2\xA0", "\""};
    uint64_t seed = 5;
    (void)state;
    for (int i = 0; i < 100000; i++) {
        char body[600] = "";
        bool cut;
        for (uint64_t n = random_below(&seed, 130); n; n--)
            strcat(body, parts[random_below(&seed, 12)]);
        struct slice shown = article_shown_title((struct slice){0}, slice_of_string(body), &cut);
        assert_true(utf8_valid(shown));
        assert_true(utf8_length(shown) <= 120);
        assert_true(shown.size == 0 ||
                    (shown.data >= body && shown.data + shown.size <= body + strlen(body)));
        assert_null(memchr(shown.size ? shown.data : "", '\n', shown.size));
        assert_true(shown.size == 0 || (shown.data[0] != ' ' && shown.data[shown.size - 1] != ' '));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_title_is_shown_as_it_is),
        cmocka_unit_test(else_the_first_line),
        cmocka_unit_test(of_a_long_line_the_first_sentence),
        cmocka_unit_test(else_what_fits_of_it),
        cmocka_unit_test(any_text_gives_a_sound_title),
        cmocka_unit_test(every_kind_of_white_space_and_line_end),
        cmocka_unit_test(a_sentence_ends_with_what_closes_it),
        cmocka_unit_test(a_dot_behind_one_letter_ends_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
