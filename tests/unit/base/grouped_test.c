#include <string.h>

#include "unit/unit.h"

#include "base/grouped.h"

static void check(uint64_t number, const char *expected)
{
    char out[GROUPED_BYTES];
    memset(out, 'x', sizeof out);
    assert_string_equal(number_grouped(number, out), expected);
}

static void test_numbers(void **state)
{
    (void)state;
    check(0, "0");
    check(7, "7");
    check(999, "999");
    check(1000, "1,000");
    check(30539, "30,539");
    check(278219, "278,219");
    check(1000000, "1,000,000");
    check(UINT64_MAX, "18,446,744,073,709,551,615");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_numbers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
