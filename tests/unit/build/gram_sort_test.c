#include "build/gram_sort.h"

#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "unit/unit.h"

/* Links whose places count up, so that a sort that turns equal keys round shows. */
static void check(size_t count, unsigned bits)
{
    struct gram_link *links = malloc((count + 1) * sizeof *links);
    struct gram_link *spare = malloc((count + 1) * sizeof *spare);
    uint64_t state = count * 64 + bits, sum = 0, sorted_sum = 0;
    uint64_t limit = (uint64_t)1 << bits;
    for (size_t i = 0; i < count; i++) {
        uint64_t key = random_below(&state, limit);
        if (i % 3 == 0)
            key %= 5;
        links[i] = (struct gram_link){(uint32_t)(key % limit), (uint32_t)i, (uint32_t)i * 7};
        sum += links[i].key;
    }
    const struct gram_link *sorted = gram_sort(links, spare, count, bits);
    assert_true(sorted == links || sorted == spare);
    for (size_t i = 0; i < count; i++) {
        sorted_sum += sorted[i].key;
        assert_int_equal(sorted[i].second, sorted[i].place * 7);
        if (i == 0)
            continue;
        assert_true(sorted[i - 1].key <= sorted[i].key);
        if (sorted[i - 1].key == sorted[i].key)
            assert_true(sorted[i - 1].place < sorted[i].place);
    }
    assert_int_equal(sum, sorted_sum);
    free(links);
    free(spare);
}

static void test_sort(void **state)
{
    (void)state;
    static const size_t counts[] = {0, 1, 2, 31, 32, 33, 100, 5000};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        for (unsigned bits = 0; bits <= 32; bits++)
            check(counts[i], bits);
}

static void test_bits(void **state)
{
    (void)state;
    assert_int_equal(gram_bits(0), 0);
    assert_int_equal(gram_bits(1), 1);
    assert_int_equal(gram_bits(2), 2);
    assert_int_equal(gram_bits(255), 8);
    assert_int_equal(gram_bits(256), 9);
    assert_int_equal(gram_bits(UINT32_MAX), 32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sort), cmocka_unit_test(test_bits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
