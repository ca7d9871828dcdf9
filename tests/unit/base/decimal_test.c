#include "base/decimal.h"

#include <inttypes.h>
#include <stdio.h>

#include "unit/unit.h"

static void expect(const char *text, uint64_t most, bool good, uint64_t expected)
{
    uint64_t number = 77;
    if (decimal_parse(slice_of_string(text), most, &number) != good ||
        number != (good ? expected : 77))
        fail_msg("'%s', at most %" PRIu64 ", gives %" PRIu64, text, most, number);
}

static void reads_digits_alone(void **state)
{
    static const char *const refused[] = {"",   " ",   "-1",  "+1",  "1 ",
                                          " 1", "1.0", "0x1", "1e3", "٣"};
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        expect(refused[i], UINT64_MAX, false, 0);
    expect("0", 0, true, 0);
    expect("007", 7, true, 7);
    expect("18446744073709551615", UINT64_MAX, true, UINT64_MAX);
    expect("18446744073709551616", UINT64_MAX, false, 0);
    expect("99999999999999999999", UINT64_MAX, false, 0);
}

static void refuses_more_than_the_most(void **state)
{
    char text[24];
    (void)state;
    for (uint64_t most = 0; most < 120; most++)
        for (uint64_t number = 0; number < 130; number++) {
            snprintf(text, sizeof text, "%" PRIu64, number);
            expect(text, most, number <= most, number);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_digits_alone),
        cmocka_unit_test(refuses_more_than_the_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
