/* Wherever memory ends, the analyzer is not opened or gives the words all the same. */
#include "unit/unit.h"

#include "base/memory.h"
#include "unit/text/reading.h"

static const char text[] = "U.S. naïve ÜBER 東京 ﷺ и\xCC\x86 3,000.5 \xF0\x9D\x94\x84 Łódź हिन्दी";

static void check_with_failure(size_t n, int persistent)
{
    struct reading whole = {0};
    memory_fail_at(0, 0);
    struct analyzer *a = analyzer_open();
    reading_take(&whole, a, slice_of_string(text), 256);
    analyzer_close(a);
    memory_fail_at(n, persistent);
    a = analyzer_open();
    if (a) {
        struct word words[256];
        analyzer_begin(a, slice_of_string(text));
        size_t count = analyzer_read(a, words, 256);
        assert_int_equal(count, whole.count);
        for (size_t i = 0; i < count; i++)
            assert_true(slice_equal(words[i].text, whole.words[i].text));
    }
    analyzer_close(a);
    memory_fail_at(0, 0);
    reading_release(&whole);
}

/* First of all tests: the traits of characters are not yet known to the process. */
static void before_traits_are_known(void **state)
{
    (void)state;
    memory_fail_at(2, 1);
    struct analyzer *a = analyzer_open();
    struct word words[256];
    assert_non_null(a);
    analyzer_begin(a, slice_of_string(text));
    size_t count = analyzer_read(a, words, 256);
    assert_true(count > 10);
    assert_true(slice_equal(words[0].text, SLICE("us")));
    assert_true(slice_equal(words[1].text, SLICE("naive")));
    assert_true(slice_equal(words[2].text, SLICE("uber")));
    assert_true(slice_equal(words[3].text, SLICE("東")));
    analyzer_close(a);
    memory_fail_at(0, 0);
}

static void every_allocation_fails(void **state)
{
    (void)state;
    for (size_t n = 1; n < 20; n++) {
        check_with_failure(n, 0);
        check_with_failure(n, 1);
    }
}

static void opening_fails(void **state)
{
    (void)state;
    memory_fail_at(1, 1);
    assert_null(analyzer_open());
    memory_fail_at(0, 0);
}

static void folding_a_value_fails(void **state)
{
    struct analyzer *a = analyzer_open();
    struct bytes out = {0};
    (void)state;
    memory_fail_at(1, 1);
    analyzer_fold_value(a, slice_of_string(text), &out);
    assert_int_equal(out.status, STATUS_NO_MEMORY);
    memory_fail_at(0, 0);
    bytes_release(&out);
    analyzer_close(a);
    analyzer_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(before_traits_are_known),
        cmocka_unit_test(every_allocation_fails),
        cmocka_unit_test(opening_fails),
        cmocka_unit_test(folding_a_value_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
