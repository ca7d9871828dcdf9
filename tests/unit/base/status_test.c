#include "base/status.h"

#include <limits.h>

#include "unit/unit.h"

static void every_status_has_its_own_name(void **state)
{
    (void)state;
    assert_string_equal(status_name(STATUS_OK), "ok");
    assert_string_equal(status_name(STATUS_CORRUPT), "corrupt");
    assert_string_equal(status_name(STATUS_IO), "input/output error");
    assert_string_equal(status_name(STATUS_BUSY), "busy");
    assert_string_equal(status_name((enum status)1), "unknown");
    assert_string_equal(status_name((enum status)(STATUS_BUSY - 1)), "unknown");
    assert_string_equal(status_name((enum status)INT_MIN), "unknown");
    for (int a = STATUS_BUSY; a <= STATUS_OK; a++)
        for (int b = STATUS_BUSY; b < a; b++)
            assert_string_not_equal(status_name((enum status)a), status_name((enum status)b));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_status_has_its_own_name)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
