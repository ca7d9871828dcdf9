/* Every width and count against one bit at a time, and every kernel against the scalar one. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "codec/bitpack.h"
#include "random.h"

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

static void check_kernel(const struct bitpack_kernel *kernel)
{
    uint64_t random = 3;
    uint8_t in[BITPACK_MOST_BYTES + BITPACK_MARGIN];
    for (size_t i = 0; i < sizeof in; i++)
        in[i] = (uint8_t)random_next(&random);
    for (unsigned width = 0; width <= 32; width++) {
        for (uint32_t count = 1; count <= BITPACK_MOST; count++) {
            /* No byte behind the margin is there to be read, none behind the values to be written.
             */
            size_t bytes = bitpack_bytes(count, width) + BITPACK_MARGIN;
            uint8_t *exact = malloc(bytes);
            uint32_t *out = malloc(count * sizeof *out);
            memcpy(exact, in, bytes);
            kernel->unpack(exact, width, count, out);
            for (uint32_t i = 0; i < count; i++)
                assert_int_equal(out[i], slow_value(in, width, i));
            free(exact);
            free(out);
        }
    }
}

static void test_kernels(void **state)
{
    (void)state;
    check_kernel(bitpack_kernel_of(CPU_SCALAR));
    check_kernel(bitpack_kernel());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pack),
        cmocka_unit_test(test_kernels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
