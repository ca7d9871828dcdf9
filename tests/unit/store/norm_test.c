#include "unit/unit.h"

#include "store/norm.h"

static void test_exact_below_24(void **state)
{
    (void)state;
    for (uint32_t words = 0; words <= 24; words++) {
        assert_int_equal(norm_of_length(words), words);
        assert_int_equal(norm_length((uint8_t)words), words);
    }
}

/* Eight steps a doubling: 24, 27 … 45, 48, 54 … */
static void test_steps(void **state)
{
    (void)state;
    uint64_t length = 24;
    for (int norm = 24; norm <= 242; norm++) {
        uint64_t step = 3ull << (norm - 24) / 8;
        assert_int_equal(norm_length((uint8_t)norm), length);
        assert_int_equal(norm_of_length((uint32_t)length), norm);
        assert_int_equal(norm_of_length((uint32_t)length - 1), norm - 1);
        length += step;
    }
    assert_int_equal(norm_of_length(UINT32_MAX), 242);
    assert_true(length > UINT32_MAX);
    assert_int_equal(norm_length(255), UINT32_MAX);
}

static void test_rises(void **state)
{
    (void)state;
    for (uint32_t words = 1; words < 200000; words++)
        assert_true(norm_of_length(words) >= norm_of_length(words - 1) &&
                    norm_length(norm_of_length(words)) <= words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exact_below_24),
        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_rises),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
