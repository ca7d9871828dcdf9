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

static void gives_large_arrays(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 100, (2 << 20) - 1, 2 << 20, (5 << 20) + 1};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *block = memory_allocate_large(sizes[i]);
        assert_non_null(block);
        memset(block, 'x', sizes[i]);
        assert_int_equal(block[sizes[i] - 1], 'x');
        memory_free(block);
    }
}

static void *allocate(unsigned way)
{
    switch (way) {
    case 0:
        return memory_allocate(1);
    case 1:
        return memory_allocate_zeroed(1, 1);
    case 2:
        return memory_resize(NULL, 1);
    default:
        return memory_allocate_large(3 << 20);
    }
}

/* Which of eight calls fail, as bits. */
static unsigned failures(void)
{
    unsigned failed = 0;
    for (unsigned i = 0; i < 8; i++) {
        void *block = allocate(i % 4);
        failed |= (unsigned)!block << i;
        memory_free(block);
    }
    return failed;
}

static void fails_where_asked(void **state)
{
    (void)state;
    for (size_t n = 1; n <= 8; n++) {
        memory_fail_at(n, 0);
        assert_int_equal(failures(), 1u << (n - 1));
        memory_fail_at(n, 1);
        assert_int_equal(failures(), 0xFFu & ~0u << (n - 1));
    }
    assert_int_equal(memory_fail_at(0, 0), 8);
    assert_int_equal(failures(), 0);
    assert_int_equal(memory_fail_at(0, 0), 8);
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
        cmocka_unit_test(gives_and_takes),
        cmocka_unit_test(gives_large_arrays),
        cmocka_unit_test(fails_where_asked),
        cmocka_unit_test(a_failed_resize_keeps_the_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
