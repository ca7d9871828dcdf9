/* Folding: what a folded word folds to is itself, canonically equivalent texts have the same words,
 * and every character can stand alone. */
#include "unit/unit.h"

#include "corpora.h"
#include "random.h"
#include "scratch.h"
#include "unit/text/reading.h"

struct readings {
    struct analyzer *analyzer;
    struct reading a, b;
    size_t wrong;
};

static int open_readings(void **state)
{
    struct readings *r = calloc(1, sizeof *r);
    r->analyzer = analyzer_open();
    *state = r;
    return r->analyzer ? 0 : -1;
}

static int close_readings(void **state)
{
    struct readings *r = *state;
    analyzer_close(r->analyzer);
    reading_release(&r->a);
    reading_release(&r->b);
    free(r);
    return 0;
}

static void show(struct readings *r, struct slice text, const char *what)
{
    if (r->wrong++ > 20)
        return;
    fprintf(stderr, "%s:", what);
    for (size_t i = 0; i < text.size && i < 60; i++)
        fprintf(stderr, " %02x", (unsigned char)text.data[i]);
    reading_print("\n  words", &r->a);
    reading_print("  again", &r->b);
}

static bool one_and_the_same(const struct reading *r, struct slice word)
{
    return r->count == 1 && slice_equal(r->words[0].text, word);
}

/* Whether one character within [start, end) gives several words, as ﷺ does: then its place is not
 * its own. */
static bool shares_its_place(const struct reading *r, size_t i)
{
    return (i && r->words[i - 1].end > r->words[i].start) ||
           (i + 1 < r->count && r->words[i + 1].start < r->words[i].end);
}

/* Of every word: valid, in order, folded to itself, and found again in its place. */
static void check_text(struct readings *r, struct slice text)
{
    reading_take(&r->a, r->analyzer, text, 5);
    for (size_t i = 0; i < r->a.count; i++) {
        const struct word *w = &r->a.words[i];
        bool cut = memchr(w->text.data, '#', w->text.size) != NULL;
        if (!utf8_valid(w->text) || w->text.size == 0 || w->text.size > WORD_MAX_BYTES ||
            w->start >= w->end || w->end > text.size || (i && w->start < w[-1].start))
            show(r, text, "not a sound word");
        reading_take(&r->b, r->analyzer, w->text, 5);
        if (!cut && !one_and_the_same(&r->b, w->text))
            show(r, text, "a folded word folds to something else");
        reading_take(&r->b, r->analyzer, slice_of(text.data + w->start, w->end - w->start), 5);
        if (!shares_its_place(&r->a, i) && !one_and_the_same(&r->b, w->text))
            show(r, text, "the word is not found in its place");
    }
}

static void every_character(void **state)
{
    struct readings *r = *state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        char text[16];
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        size_t n = utf8_encode(c, text);
        check_text(r, slice_of(text, n));
        text[n] = 'a';
        n += 1 + utf8_encode(c, text + n + 1);
        check_text(r, slice_of(text, n));
    }
    assert_int_equal(r->wrong, 0);
}

/* Mostly from a few blocks at a time, where characters meet that have to do with each other. Not
 * U+00A8: where it takes up a mark from behind another one (¨ U+0323 U+0301), the other's place
 * holds both. */
static uint32_t random_character(uint64_t *seed, uint32_t block)
{
    static const uint32_t joiners[] = {'.',   ',',    '1',    'a',    ' ',    '-',   0x301,  0x306,
                                       0x323, 0x345,  0x3099, 0x200D, 0xAD,   0x338, 0x20DD, 0x438,
                                       0x130, 0xFDFA, 0xB4,   0x2488, 0x1161, 0x11A8};
    switch (random_below(seed, 4)) {
    case 0:
        return joiners[random_below(seed, sizeof joiners / sizeof *joiners)];
    case 1:
        return (uint32_t)random_below(seed, random_below(seed, 2) ? 0x110000 : 0x3200);
    default:
        return block + (uint32_t)random_below(seed, 128);
    }
}

static void random_strings(void **state)
{
    struct readings *r = *state;
    uint64_t seed = 11;
    for (int i = 0; i < 200000; i++) {
        char text[128];
        size_t n = 0;
        uint32_t block = (uint32_t)random_below(&seed, 0x1F000 / 128) * 128;
        for (uint64_t left = 1 + random_below(&seed, 16); left; left--)
            n += utf8_encode(random_character(&seed, block), text + n);
        check_text(r, slice_of(text, n));
    }
    assert_int_equal(r->wrong, 0);
}

/* The fields of a line of a file of the Unicode Character Database: hexadecimal numbers, ';'
 * between fields. */
static char *read_codes(char *at, char out[512], size_t *size)
{
    *size = 0;
    while (*at && *at != ';' && *at != '\n') {
        uint32_t c = (uint32_t)strtoul(at, &at, 16);
        *size += utf8_encode(c, out + *size);
        while (*at == ' ')
            at++;
    }
    return *at == ';' ? at + 1 : at;
}

/* Spacing clones of marks stand for themselves here: a space with a mark is not one. */
static bool holds_spaced_mark(struct slice s)
{
    return memchr(s.data, ' ', s.size) != NULL;
}

static void check_normalization_line(struct readings *r, char *line)
{
    char columns[5][512];
    size_t sizes[5];
    char *at = line;
    for (int i = 0; i < 5; i++)
        at = read_codes(at, columns[i], &sizes[i]);
    reading_take(&r->a, r->analyzer, slice_of(columns[0], sizes[0]), 9);
    for (int i = 1; i < 5; i++) {
        struct slice other = slice_of(columns[i], sizes[i]);
        reading_take(&r->b, r->analyzer, other, 9);
        if (!reading_same_words(&r->a, &r->b) && !(i >= 3 && holds_spaced_mark(other)))
            show(r, slice_of(line, strcspn(line, "\n")), "equivalent texts have other words");
    }
}

static size_t each_line(const char *name, struct readings *r, void check(struct readings *, char *))
{
    char path[PATH_MAX], *at;
    size_t count = 0;
    if (!corpora_find(path, name))
        return 0;
    char *text = scratch_get(path, NULL);
    for (at = text; at && *at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL)
        if (strchr("0123456789ABCDEF", *at)) {
            check(r, at);
            count++;
        }
    free(text);
    return count;
}

static void normalization_test(void **state)
{
    struct readings *r = *state;
    size_t lines =
        each_line("robustness/unicode15/NormalizationTest.txt", r, check_normalization_line);
    if (!lines)
        skip();
    assert_true(lines > 18000);
    assert_int_equal(r->wrong, 0);
}

/* CODE; STATUS; MAPPING; of which C and F make full case folding. */
static void check_case_line(struct readings *r, char *line)
{
    char from[512], to[512], *status = strchr(line, ';') + 2;
    size_t from_size, to_size;
    if (*status != 'C' && *status != 'F')
        return;
    read_codes(line, from, &from_size);
    read_codes(status + 3, to, &to_size);
    reading_take(&r->a, r->analyzer, slice_of(from, from_size), 9);
    reading_take(&r->b, r->analyzer, slice_of(to, to_size), 9);
    if (!reading_same_words(&r->a, &r->b))
        show(r, slice_of(line, strcspn(line, "\n")),
             "a letter and its case folding are other words");
}

static void case_folding(void **state)
{
    struct readings *r = *state;
    size_t lines = each_line("robustness/unicode15/CaseFolding.txt", r, check_case_line);
    if (!lines)
        skip();
    assert_true(lines > 1400);
    assert_int_equal(r->wrong, 0);
}

/* One word, and what canonical ordering, blocking and composition make of its marks. */
static void marks_by_hand(void **state)
{
    static const char *const cases[][2] = {
        {"и\u0306", "й"},
        {"и\u0323\u0306", "й"}, /* a mark below does not block */
        {"и\u0306\u0301", "й"},
        {"и\u0301\u0306", "и"}, /* one above does */
        {"и\u20DD\u0306", "и"}, /* and so does an enclosing one */
        {"е\u0308\u0306", "е"},
        {"か\u3099", "が"},
        {"か\u3099\u309A", "が\u309A"},
        {"か\u309A\u3099", "か\u309A\u3099"},
        {"か\u0323\u3099", "が\u0323"}, /* class 8 goes before 220 */
        {"か\u200D\u3099", "が"},
        {"न\u093C", "\u0929"},
        {"क\u093C", "क\u093C"}, /* U+0958 is excluded from composition */
        {"α\u0345\u0301", "αι"},
        {"か\u0345\u3099", "が ι"},
        {"가\u11A8", "각"},
        {"가\u302E\u11A8", "가\u302E\u11A8"},
        {"e\u0903\u0301", "e"},
    };
    struct readings *r = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading_take(&r->a, r->analyzer, slice_of_string(cases[i][0]), 9);
        assert_string_equal(reading_joined(&r->a), cases[i][1]);
    }
}

static void many_marks_are_in_order(void **state)
{
    struct readings *r = *state;
    char text[1000] = "東", expected[1000] = "東";
    for (int i = 0; i < 40; i++)
        strcat(text, "\u0301\u0323\u3099");
    for (int i = 0; i < 120; i++)
        strcat(expected, i < 40 ? "\u3099" : i < 80 ? "\u0323" : "\u0301");
    reading_take(&r->a, r->analyzer, slice_of_string(text), 9);
    assert_string_equal(reading_joined(&r->a), expected);
}

/* The last word of a text: its place and its joint. */
static void places_by_hand(void **state)
{
    static const struct {
        const char *text, *word;
        size_t start, end;
        enum word_joint joint;
    } cases[] = {
        {" (Word)", "word", 2, 6, JOINT_NONE},
        {"the U.S. ", "us", 4, 8, JOINT_NONE},
        {"the U.S", "us", 4, 7, JOINT_NONE},
        {"the U.S...", "us", 4, 7, JOINT_NONE},
        {"U.S.-led", "led", 5, 8, JOINT_HYPHEN},
        {"U.S.The", "the", 4, 7, JOINT_OTHER},
        {"U.S.’s", "s", 7, 8, JOINT_APOSTROPHE},
        {"plan b.", "b", 5, 6, JOINT_NONE},
        {"1,234,567.89.", "1234567.89", 0, 12, JOINT_NONE},
        {"1,23", "23", 2, 4, JOINT_OTHER},
        {"air-strike", "strike", 4, 10, JOINT_HYPHEN},
        {"air\u2010strike", "strike", 6, 12, JOINT_HYPHEN},
        {"air\u2013strike", "strike", 6, 12, JOINT_HYPHEN},
        {"air\u2014strike", "strike", 6, 12, JOINT_OTHER},
        {"air--strike", "strike", 5, 11, JOINT_OTHER},
        {"air-\nstrike", "strike", 5, 11, JOINT_NONE},
        {"air- strike", "strike", 5, 11, JOINT_NONE},
        {"don't", "t", 4, 5, JOINT_APOSTROPHE},
        {"don\u02BCt", "t", 5, 6, JOINT_APOSTROPHE},
        {"and/or", "or", 4, 6, JOINT_OTHER},
        {"and\u00A0or", "or", 5, 7, JOINT_NONE},
        {"東京", "京", 3, 6, JOINT_SCRIPT},
        {"東・京", "京", 6, 9, JOINT_OTHER},
        {"a東", "東", 1, 4, JOINT_SCRIPT},
        {"東a", "a", 3, 4, JOINT_SCRIPT},
        {"x e\u0301!", "e", 2, 5, JOINT_NONE},
        {"x\u00AD \u00ADa\u00ADb\u00AD", "ab", 6, 10, JOINT_NONE},
        {"\xFF"
         "a",
         "a", 1, 2, JOINT_NONE},
        {"b\xFF"
         "a",
         "a", 2, 3, JOINT_OTHER},
        {"½", "2", 0, 2, JOINT_OTHER},
    };
    struct readings *r = *state;
    for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++) {
        size_t n = i / 2;
        analyzer_use_general_path(r->analyzer, i % 2);
        reading_take(&r->a, r->analyzer, slice_of_string(cases[n].text), 9);
        assert_true(r->a.count > 0);
        const struct word *last = &r->a.words[r->a.count - 1];
        assert_true(slice_equal(last->text, slice_of_string(cases[n].word)));
        assert_int_equal(last->start, cases[n].start);
        assert_int_equal(last->end, cases[n].end);
        assert_int_equal(last->joint, cases[n].joint);
    }
    reading_take(&r->a, r->analyzer, SLICE("U.S.The"), 9);
    assert_int_equal(r->a.words[0].end, 4); /* its last dot is its own, whatever follows */
}

static void check_value(struct analyzer *a, const char *value, const char *expected)
{
    struct bytes out = {0};
    bytes_append_string(&out, "=");
    analyzer_fold_value(a, slice_of_string(value), &out);
    bytes_put_u8(&out, 0);
    assert_string_equal((char *)out.data + 1, expected);
    bytes_clear(&out);
    analyzer_fold_value(a, slice_of_string(expected), &out);
    bytes_put_u8(&out, 0);
    assert_string_equal((char *)out.data, expected);
    bytes_release(&out);
}

static void whole_values(void **state)
{
    struct readings *r = *state;
    check_value(r->analyzer, "", "");
    check_value(r->analyzer, " \t\xC2\xA0\xE2\x80\x83 ", "");
    check_value(r->analyzer, "  Agence\t\nFrance-Presse ", "agence france-presse");
    check_value(r->analyzer, "Le Monde d’\xC3\x89tat, U.S.", "le monde d’etat, u.s.");
    check_value(r->analyzer, "ЙОЖ  Стра\xCC\x81на", "йож страна");
    check_value(r->analyzer, "soft\xC2\xADhyphen #1 \xF0\x9F\x91\x8D",
                "softhyphen #1 \xF0\x9F\x91\x8D");
    check_value(r->analyzer,
                "a\xFF"
                "b",
                "a\xEF\xBF\xBD"
                "b");
    check_value(r->analyzer, "東京 ｶﾞ", "東京 ガ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_character, open_readings, close_readings),
        cmocka_unit_test_setup_teardown(random_strings, open_readings, close_readings),
        cmocka_unit_test_setup_teardown(normalization_test, open_readings, close_readings),
        cmocka_unit_test_setup_teardown(case_folding, open_readings, close_readings),
        cmocka_unit_test_setup_teardown(marks_by_hand, open_readings, close_readings),
        cmocka_unit_test_setup_teardown(many_marks_are_in_order, open_readings, close_readings),
        cmocka_unit_test_setup_teardown(places_by_hand, open_readings, close_readings),
        cmocka_unit_test_setup_teardown(whole_values, open_readings, close_readings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
