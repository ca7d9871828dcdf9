#include "base/usage.h"

#include <getopt.h>
#include <stdio.h>

#include "unit/unit.h"

enum { OPTION_LIMIT = 256, OPTION_LIST };

static const struct option options[] = {
    {"quiet", no_argument, NULL, 'q'},
    {"limit", required_argument, NULL, OPTION_LIMIT},
    {"list", no_argument, NULL, OPTION_LIST},
    {NULL, 0, NULL, 0},
};

static void test_what_is_wrong_is_named(void **state)
{
    static const struct {
        const char *argument;
        enum status status;
        const char *text;
    } wrong[] = {
        {"--colour", STATUS_INVALID, "unknown or ambiguous option '--colour'"},
        {"--colour=red", STATUS_INVALID, "unknown or ambiguous option '--colour=red'"},
        {"--li", STATUS_INVALID, "unknown or ambiguous option '--li'"},
        {"--limit", STATUS_INVALID, "option '--limit' needs a value"},
        {"--quiet=1", STATUS_INVALID, "option '--quiet=1' takes no value"},
        {"--list=1", STATUS_INVALID, "option '--list=1' takes no value"},
        {"-x", STATUS_NOT_FOUND, "unknown option '-x'"},
    };
    (void)state;
    opterr = 0;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char program[] = "program", argument[32];
        char *arguments[] = {program, argument, NULL};
        struct error error = {0};
        snprintf(argument, sizeof argument, "%s", wrong[i].argument);
        optind = 0; /* from the beginning again */
        int code = getopt_long(2, arguments, ":q", options, NULL);
        assert_int_equal(usage_refuse_option(code, arguments[optind - 1], "q", &error),
                         wrong[i].status);
        assert_string_equal(error.text, wrong[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_is_wrong_is_named)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
