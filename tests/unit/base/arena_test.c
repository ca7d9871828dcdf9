#include "base/arena.h"

#include <stdalign.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "random.h"
#include "unit/unit.h"

static void gives_zeroed_aligned_memory(void **state)
{
    struct arena arena;
    uint64_t random = 1;
    (void)state;
    arena_init(&arena, 0);
    for (int i = 0; i < 2000; i++) {
        size_t size = random_below(&random, i % 50 ? 300 : 40000) + 1;
        unsigned char *at = arena_allocate(&arena, size, 1);
        assert_non_null(at);
        assert_int_equal((uintptr_t)at % alignof(max_align_t), 0);
        for (size_t k = 0; k < size; k++)
            assert_int_equal(at[k], 0);
        memset(at, 0xFF, size);
    }
    assert_int_equal(arena.status, STATUS_OK);
    arena_release(&arena);
    arena_release(&arena);
}

static void pieces_do_not_overlap(void **state)
{
    enum { PIECES = 500 };
    struct arena arena = {0};
    unsigned char *pieces[PIECES];
    size_t sizes[PIECES];
    uint64_t random = 2;
    (void)state;
    for (size_t i = 0; i < PIECES; i++) {
        sizes[i] = random_below(&random, 6000);
        pieces[i] = arena_allocate(&arena, sizes[i], 1);
        memset(pieces[i], (int)(i & 0xFF), sizes[i]);
    }
    for (size_t i = 0; i < PIECES; i++)
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(pieces[i][k], i & 0xFF);
    arena_release(&arena);
}

static void never_gives_more_than_the_cap(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena, 1000);
    size_t given = 0;
    while (arena_allocate(&arena, 1, 10))
        given += 10;
    assert_true(given > 0 && given <= 1000);
    assert_true(arena.used <= 1000);
    assert_int_equal(arena.status, STATUS_NO_MEMORY);
    assert_null(arena_allocate(&arena, 1, 1));
    arena_release(&arena);
}

static void takes_exactly_the_cap(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena, 1024);
    assert_non_null(arena_allocate(&arena, 1024, 1));
    assert_null(arena_allocate(&arena, 1, 1));
    arena_release(&arena);
    arena_init(&arena, 1024);
    assert_null(arena_allocate(&arena, 1025, 1));
    arena_release(&arena);
}

static void is_empty_again_when_cleared(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena, 100000);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 8; i++) {
            unsigned char *at = arena_allocate(&arena, 1, i % 4 ? 1000 : 20000);
            assert_non_null(at);
            for (size_t k = 0; k < 1000; k++)
                assert_int_equal(at[k], 0);
            memset(at, 0xFF, 1000);
        }
        assert_null(arena_allocate(&arena, 1, 60000));
        assert_int_equal(arena.status, STATUS_NO_MEMORY);
        arena_clear(&arena);
        assert_int_equal(arena.status, STATUS_OK);
        assert_int_equal(arena.used, 0);
    }
    arena_clear(&arena);
    arena_release(&arena);
    arena_clear(&arena);
}

static void refuses_sizes_that_overflow(void **state)
{
    struct arena arena = {0};
    (void)state;
    assert_null(arena_allocate(&arena, SIZE_MAX / 2, 3));
    assert_int_equal(arena.status, STATUS_NO_MEMORY);
    arena_release(&arena);
    assert_null(arena_allocate(&arena, SIZE_MAX, 1));
    arena_release(&arena);
    assert_null(arena_regrow(&arena, "ab", 2, SIZE_MAX / 2, 4));
    arena_release(&arena);
}

static void failure_is_sticky(void **state)
{
    struct arena arena = {0};
    (void)state;
    memory_fail_at(1, 0);
    assert_null(arena_allocate(&arena, 1, 8));
    memory_fail_at(0, 0);
    assert_null(arena_allocate(&arena, 1, 8));
    assert_int_equal(arena.status, STATUS_NO_MEMORY);
    arena_release(&arena);
    assert_non_null(arena_allocate(&arena, 1, 8));
    arena_release(&arena);
}

static void copies_and_grows(void **state)
{
    struct arena arena = {0};
    (void)state;
    struct slice copy = arena_copy(&arena, SLICE("abc"));
    assert_int_equal(copy.size, 3);
    assert_string_equal(copy.data, "abc");
    assert_non_null(arena_copy(&arena, (struct slice){0}).data);
    uint32_t numbers[] = {1, 2, 3};
    uint32_t *grown = arena_regrow(&arena, numbers, 3, 100, sizeof *grown);
    assert_memory_equal(grown, numbers, sizeof numbers);
    assert_int_equal(grown[3], 0);
    assert_int_equal(grown[99], 0);
    arena_release(&arena);
}

static void takes_over_bytes(void **state)
{
    struct arena arena = {0};
    struct bytes b = {0};
    (void)state;
    bytes_append_string(&b, "abc");
    assert_string_equal(arena_copy_bytes(&arena, &b).data, "abc");
    assert_null(b.data);
    bytes_reserve(&b, SIZE_MAX); /* more than there is */
    assert_null(arena_copy_bytes(&arena, &b).data);
    assert_int_equal(arena.status, STATUS_NO_MEMORY);
    assert_int_equal(b.status, STATUS_OK);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_zeroed_aligned_memory),
        cmocka_unit_test(pieces_do_not_overlap),
        cmocka_unit_test(never_gives_more_than_the_cap),
        cmocka_unit_test(takes_exactly_the_cap),
        cmocka_unit_test(is_empty_again_when_cleared),
        cmocka_unit_test(refuses_sizes_that_overflow),
        cmocka_unit_test(failure_is_sticky),
        cmocka_unit_test(copies_and_grows),
        cmocka_unit_test(takes_over_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
