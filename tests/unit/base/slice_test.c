#include "base/slice.h"

#include <limits.h>

#include "base/ascii.h"
#include "unit/unit.h"

static void compares_bytewise(void **state)
{
    /* In their order. */
    const struct slice ordered[] = {
        {0},         SLICE("\0"), SLICE("\0\0"), SLICE("a"),    SLICE("a\0"),
        SLICE("aa"), SLICE("b"),  SLICE("\x80"), SLICE("\xFF"),
    };
    size_t count = sizeof ordered / sizeof *ordered;
    (void)state;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++) {
            int order = slice_compare(ordered[i], ordered[k]);
            assert_int_equal((order > 0) - (order < 0), (i > k) - (i < k));
            assert_int_equal(slice_equal(ordered[i], ordered[k]), i == k);
        }
}

static void begins_and_goes_on(void **state)
{
    (void)state;
    assert_true(slice_starts_with(SLICE("abc"), SLICE("ab")));
    assert_true(slice_starts_with(SLICE("abc"), (struct slice){0}));
    assert_false(slice_starts_with(SLICE("ab"), SLICE("abc")));
    assert_false(slice_starts_with(SLICE("abc"), SLICE("b")));
    assert_true(slice_equal(slice_from(SLICE("abc"), 1), SLICE("bc")));
    assert_int_equal(slice_from((struct slice){0}, 0).size, 0);
    assert_int_equal(slice_of_string(NULL).size, 0);
    assert_int_equal(slice_of_string("abc").size, 3);
    assert_int_equal(SLICE("a\0b").size, 3);
}

static void finds_the_first(void **state)
{
    (void)state;
    assert_int_equal(slice_find(SLICE("abab"), 'b'), 1);
    assert_int_equal(slice_find(SLICE("abab"), 'c'), 4);
    assert_int_equal(slice_find((struct slice){0}, 'a'), 0);
    assert_true(slice_has(SLICE("a\0"), '\0'));
    assert_false(slice_has(slice_from(SLICE("ab"), 1), 'a'));
    assert_false(slice_has((struct slice){0}, '\0'));
}

static void knows_ascii(void **state)
{
    static const struct slice letters =
        SLICE("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    (void)state;
    for (int c = CHAR_MIN; c <= CHAR_MAX; c++) {
        bool letter = slice_has(letters, (char)c), digit = slice_has(SLICE("0123456789"), (char)c);
        assert_int_equal(ascii_is_letter((char)c), letter);
        assert_int_equal(ascii_is_digit((char)c), digit);
        assert_int_equal(ascii_is_alphanumeric((char)c), letter || digit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_bytewise), cmocka_unit_test(begins_and_goes_on),
        cmocka_unit_test(finds_the_first), cmocka_unit_test(knows_ascii)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
