/* Names of languages, their stemmers, and words as they are written. */
#include "unit/unit.h"

#include "text/stem.h"
#include "text/written.h"

static void expect_code(const char *name, const char *code)
{
    char found[STEM_CODE_BYTES] = "none";
    assert_true(stem_language(slice_of_string(name), found));
    assert_string_equal(found, code);
}

static void test_names(void **state)
{
    (void)state;
    expect_code("en", "en");
    expect_code("EN", "en");
    expect_code("eng", "en");
    expect_code("English", "en");
    expect_code("en-GB", "en");
    expect_code("pt_BR", "pt");
    expect_code("deu", "de");
    expect_code("ger", "de");
    expect_code("nb", "no");
    expect_code("porter", "porter");
    static const char *const none[] = {
        "",   "-", "zh", "xx", "e", "englisch", "en gb", "a name that is far too long for a code",
        "-en"};
    char code[STEM_CODE_BYTES];
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_false(stem_language(slice_of_string(none[i]), code));
}

static void test_every_language_has_its_stemmer(void **state)
{
    (void)state;
    size_t count = 0;
    for (const char *code; (code = stem_language_code(count)) != NULL; count++) {
        struct stemmer *stemmer = stemmer_open(code);
        assert_non_null(stemmer);
        expect_code(code, code);
        assert_true(stemmer_stem(stemmer, SLICE("a")).data != NULL);
        stemmer_close(stemmer);
    }
    assert_true(count >= 29);
    assert_null(stemmer_open("zh"));
    stemmer_close(NULL);
}

static void expect_stem(const char *code, const char *word, const char *stem)
{
    struct stemmer *stemmer = stemmer_open(code);
    struct slice found = stemmer_stem(stemmer, slice_of_string(word));
    if (!slice_equal(found, slice_of_string(stem)))
        fail_msg("'%s' is stemmed to '%.*s'", word, (int)found.size, found.data);
    stemmer_close(stemmer);
}

/* Pairs of the Snowball project's own pages. */
static void test_stems(void **state)
{
    (void)state;
    expect_stem("en", "consistently", "consist");
    expect_stem("en", "knightly", "knight");
    expect_stem("fr", "continuait", "continu");
    expect_stem("de", "aufeinanderfolgenden", "aufeinanderfolg");
    expect_stem("ru", "важнейшими", "важн");
    expect_stem("es", "chicharrones", "chicharron");
}

static void expect_written(const char *text, const char *form)
{
    char out[WRITTEN_BYTES];
    size_t size = written_form(slice_of_string(text), out);
    if (!slice_equal(slice_of(out, size), slice_of_string(form)))
        fail_msg("'%s' is written '%.*s'", text, (int)size, out);
}

static void test_written_forms(void **state)
{
    (void)state;
    expect_written("Été", "été");
    expect_written("E\xCC\x81te\xCC\x81", "été"); /* marks of their own */
    expect_written("STRASSE", "strasse");
    expect_written("Straße", "strasse");
    expect_written("Øre", "øre");
    expect_written("ﬁn", "fin");
    expect_written("é\xC2\xADté", "été"); /* a soft hyphen */
    expect_written("كـتاب", "كتاب");      /* a tatweel */
    expect_written("Ёлка", "ёлка");
    expect_written("½", ""); /* holds a fraction slash */
    expect_written("É.U.", "");
    expect_written("\xC3", ""); /* not UTF-8 */
    expect_written("", "");
    char longest[WRITTEN_BYTES + 2] = "";
    memset(longest, 'a', WRITTEN_BYTES);
    expect_written(longest, longest);
    longest[WRITTEN_BYTES] = 'a';
    expect_written(longest, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_every_language_has_its_stemmer),
        cmocka_unit_test(test_stems),
        cmocka_unit_test(test_written_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
