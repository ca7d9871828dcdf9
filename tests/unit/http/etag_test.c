#include "http/respond.h"
#include "unit/unit.h"

static void tells_apart(void **state)
{
    (void)state;
    char a[ETAG_BYTES], b[ETAG_BYTES];
    etag_make(a, "0123456789abcdef", SLICE("q=1:a"));
    etag_make(b, "0123456789abcdef", SLICE("q=1:a"));
    assert_string_equal(a, b);
    assert_memory_equal(a, "W/\"0123456789abcdef-", 20);
    assert_int_equal(a[strlen(a) - 1], '"');
    etag_make(b, "0123456789abcdef", SLICE("q=1:b"));
    assert_string_not_equal(a, b);
    etag_make(b, "0123456789abcdee", SLICE("q=1:a"));
    assert_string_not_equal(a, b);
    assert_non_null(strstr(a, VERBATIM_VERSION));
}

static void matches(void **state)
{
    (void)state;
    static const struct {
        const char *asked;
        bool wanted;
    } cases[] = {
        {"W/\"x\"", true},      {"\"x\"", true}, {"*", true},
        {"\"y\"", false},       {"", false},     {"\"y\", W/\"x\"", true},
        {"\"y\",\"x\" ", true}, {"x", false},    {"W/x", false},
        {"\"x", false},         {",,", false},   {"w/\"x\"", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (etag_matches("W/\"x\"", slice_of_string(cases[i].asked)) != cases[i].wanted)
            fail_msg("'%s' is not %d", cases[i].asked, cases[i].wanted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tells_apart), cmocka_unit_test(matches)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
