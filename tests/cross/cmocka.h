/* As much of cmocka as the tests here use, for machines that it is not installed for: the first
 * failure ends the program. */
#ifndef VERBATIM_TESTS_CROSS_CMOCKA_H
#define VERBATIM_TESTS_CROSS_CMOCKA_H

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct CMUnitTest {
    const char *name;
    void (*run)(void **state);
};

#define cmocka_unit_test(test) \
    {                          \
#test, test            \
    }
#define cmocka_run_group_tests(tests, before, after) \
    cross_run(tests, sizeof(tests) / sizeof(tests)[0], before, after)
#define cmocka_run_group_tests_name(name, tests, before, after) \
    cmocka_run_group_tests(tests, before, after)

static inline int cross_run(const struct CMUnitTest *tests, size_t count, int (*before)(void **),
                            int (*after)(void **))
{
    void *state = NULL;
    if (before && before(&state) != 0)
        return 1;
    for (size_t i = 0; i < count; i++)
        tests[i].run(&state);
    return after ? after(&state) != 0 : 0;
}

static inline void cross_demand(int good, const char *what, const char *file, int line)
{
    if (good)
        return;
    fprintf(stderr, "%s:%d: %s\n", file, line, what);
    exit(1);
}

#define CROSS_DEMAND(good) cross_demand(good, #good, __FILE__, __LINE__)
#define assert_true(value) CROSS_DEMAND(!!(value))
#define assert_false(value) CROSS_DEMAND(!(value))
#define assert_null(value) CROSS_DEMAND((value) == NULL)
#define assert_non_null(value) CROSS_DEMAND((value) != NULL)
#define assert_int_equal(a, b) CROSS_DEMAND((unsigned long long)(a) == (unsigned long long)(b))
#define assert_int_not_equal(a, b) CROSS_DEMAND((unsigned long long)(a) != (unsigned long long)(b))
#define assert_ptr_equal(a, b) CROSS_DEMAND((const void *)(a) == (const void *)(b))
#define assert_ptr_not_equal(a, b) CROSS_DEMAND((const void *)(a) != (const void *)(b))
#define assert_string_equal(a, b) CROSS_DEMAND(strcmp(a, b) == 0)
#define assert_string_not_equal(a, b) CROSS_DEMAND(strcmp(a, b) != 0)
#define assert_memory_equal(a, b, size) CROSS_DEMAND(memcmp(a, b, size) == 0)
#define assert_in_range(a, low, high) CROSS_DEMAND((a) >= (low) && (a) <= (high))
#define fail_msg(...) (fprintf(stderr, __VA_ARGS__), exit(1))
#define fail() CROSS_DEMAND(!"fail")

#endif
