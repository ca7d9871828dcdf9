/* Every width and count against one bit at a time, by every kernel that this processor has. */
#include "unit/unit.h"

#include <string.h>

#include "codec/bitpack.h"
#include "random.h"
#include "unit/codec/guarded.h"
#include "unit/codec/kernels.h"

static uint32_t slow_value(const uint8_t *in, unsigned width, uint32_t i)
{
    uint32_t value = 0;
    for (unsigned bit = 0; bit < width; bit++) {
        size_t at = (size_t)i * width + bit;
        value |= (uint32_t)(in[at / 8] >> at % 8 & 1) << bit;
    }
    return value;
}

static void fill(uint64_t *random, unsigned width, uint32_t *values)
{
    for (uint32_t i = 0; i < BITPACK_MOST; i++)
        values[i] = width ? (uint32_t)random_next(random) >> (32 - width) : 0;
}

static void test_pack(void **state)
{
    (void)state;
    uint64_t random = 2;
    uint32_t values[BITPACK_MOST];
    for (unsigned width = 0; width <= 32; width++) {
        for (uint32_t count = 1; count <= BITPACK_MOST; count++) {
            uint8_t out[BITPACK_MOST_BYTES + 1];
            size_t bytes = bitpack_bytes(count, width);
            fill(&random, width, values);
            memset(out, 0xA5, sizeof out);
            bitpack_pack(values, count, width, out);
            for (uint32_t i = 0; i < count; i++)
                assert_int_equal(slow_value(out, width, i), values[i]);
            assert_int_equal(out[bytes], 0xA5); /* nothing behind */
            if (count * width % 8)
                assert_int_equal(out[bytes - 1] >> count * width % 8, 0);
        }
    }
}

/* The stream ends where no page follows, or with some bytes behind it that matter to nobody;
 * nothing behind the values is written. */
static void check_unpack(const struct kernel *by, uint8_t *page_end, size_t behind, unsigned width,
                         uint32_t count)
{
    size_t bytes = bitpack_bytes(count, width);
    uint32_t out[BITPACK_MOST + 1];
    uint8_t *in = page_end - behind - bytes;
    out[count] = 0xA5A5A5A5;
    bitpack_unpack(by, in, page_end, width, count, out);
    for (uint32_t i = 0; i < count; i++)
        assert_int_equal(out[i], slow_value(in, width, i));
    assert_int_equal(out[count], 0xA5A5A5A5);
}

static void test_kernels(void **state)
{
    (void)state;
    uint64_t random = 3;
    struct guarded page = guarded_page();
    for (size_t i = 0; i < page.size; i++)
        page.data[i] = (uint8_t)random_next(&random);
    for (size_t k = 0; k < kernel_count(); k++)
        for (unsigned width = 0; width <= 32; width++)
            for (uint32_t count = 1; count <= BITPACK_MOST; count++)
                for (size_t behind = 0; behind <= 40; behind += behind < 8 ? 1 : 8)
                    check_unpack(kernel_at(k), page.data + page.size, behind, width, count);
    guarded_release(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pack),
        cmocka_unit_test(test_kernels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
