#include "base/memory.h"

#include <string.h>

#include "unit/unit.h"

static void gives_and_takes(void **state)
{
    (void)state;
    void *nothing = memory_allocate(0);
    assert_non_null(nothing);
    memory_free(nothing);
    memory_free(NULL);
    char *zeroed = memory_allocate_zeroed(100, 3);
    for (size_t i = 0; i < 300; i++)
        assert_int_equal(zeroed[i], 0);
    zeroed[0] = 'x';
    zeroed = memory_resize(zeroed, 10000);
    assert_int_equal(zeroed[0], 'x');
    memory_free(zeroed);
    assert_null(memory_allocate_zeroed(SIZE_MAX / 2, 3));
}

/* Which of six calls fail, as bits. */
static unsigned failures(void)
{
    unsigned failed = 0;
    for (unsigned i = 0; i < 6; i++) {
        void *block = i % 3 == 0   ? memory_allocate(1)
                      : i % 3 == 1 ? memory_allocate_zeroed(1, 1)
                                   : memory_resize(NULL, 1);
        failed |= (unsigned)!block << i;
        memory_free(block);
    }
    return failed;
}

static void fails_where_asked(void **state)
{
    (void)state;
    for (size_t n = 1; n <= 6; n++) {
        memory_fail_at(n, 0);
        assert_int_equal(failures(), 1u << (n - 1));
        memory_fail_at(n, 1);
        assert_int_equal(failures(), 0x3Fu & ~0u << (n - 1));
    }
    assert_int_equal(memory_fail_at(0, 0), 6);
    assert_int_equal(failures(), 0);
    assert_int_equal(memory_fail_at(0, 0), 6);
}

static void a_failed_resize_keeps_the_block(void **state)
{
    char *block = memory_allocate(4);
    (void)state;
    memcpy(block, "abc", 4);
    memory_fail_at(1, 0);
    assert_null(memory_resize(block, 100));
    memory_fail_at(0, 0);
    assert_string_equal(block, "abc");
    memory_free(block);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_and_takes), cmocka_unit_test(fails_where_asked),
        cmocka_unit_test(a_failed_resize_keeps_the_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
