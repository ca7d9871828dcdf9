#include "unit/unit.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "codec/pfor.h"
#include "codec/varint.h"
#include "random.h"

/* How many bytes the numbers take at a width, by the words of the format alone. */
static size_t slow_size(const uint32_t *values, uint32_t count, unsigned width)
{
    size_t exceptions = 0, size = 1 + ((size_t)count * width + 7) / 8;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t high = (uint64_t)values[i] >> width;
        if (high) {
            exceptions++;
            size += 1 + varint_size(high);
        }
    }
    return size + (exceptions ? 1 : 0);
}

static unsigned slow_width(const uint32_t *values, uint32_t count)
{
    unsigned best = 0;
    for (unsigned width = 1; width <= 32; width++)
        if (slow_size(values, count, width) < slow_size(values, count, best))
            best = width;
    return best;
}

/* Decodes from memory of exactly that size, so that a sanitizer sees a byte too many. */
static const uint8_t *decode_exactly(const uint8_t *in, size_t size, uint32_t count,
                                     uint32_t *values, bool *whole)
{
    uint8_t *exact = malloc(size ? size : 1);
    uint32_t *out = malloc(count * sizeof *out);
    memcpy(exact, in, size);
    const uint8_t *end = pfor_decode(exact, exact + size, count, out);
    *whole = end == exact + size;
    if (end)
        memcpy(values, out, count * sizeof *out);
    free(exact);
    free(out);
    return end;
}

static void round_trip(const uint32_t *values, uint32_t count)
{
    uint8_t out[PFOR_MOST_BYTES + 1];
    uint32_t back[PFOR_MOST];
    bool whole;
    memset(out, 0x5A, sizeof out);
    size_t size = (size_t)(pfor_encode(values, count, out) - out);
    unsigned width = slow_width(values, count);
    assert_int_equal(out[0] & 0x7F, width);
    assert_int_equal(size, slow_size(values, count, width));
    assert_int_equal(out[PFOR_MOST_BYTES], 0x5A);
    assert_non_null(decode_exactly(out, size, count, back, &whole));
    assert_true(whole);
    assert_memory_equal(back, values, count * sizeof *values);
    for (size_t less = 0; less < size; less++)
        assert_null(decode_exactly(out, less, count, back, &whole));
}

static void test_every_width(void **state)
{
    (void)state;
    uint64_t random = 4;
    uint32_t values[PFOR_MOST];
    for (unsigned width = 0; width <= 32; width++) {
        for (uint32_t count = 1; count <= PFOR_MOST; count += count < 20 ? 1 : 27) {
            for (uint32_t i = 0; i < count; i++)
                values[i] = width ? (uint32_t)random_next(&random) >> (32 - width) : 0;
            round_trip(values, count);
        }
    }
}

static void test_exceptions(void **state)
{
    (void)state;
    uint64_t random = 5;
    uint32_t values[PFOR_MOST];
    for (int turn = 0; turn < 3000; turn++) {
        unsigned low = (unsigned)random_below(&random, 12),
                 high = (unsigned)random_below(&random, 33);
        uint32_t count = 1 + (uint32_t)random_below(&random, PFOR_MOST),
                 odds = 1 + (uint32_t)random_below(&random, 40);
        for (uint32_t i = 0; i < count; i++) {
            unsigned width = random_below(&random, odds) ? low : high;
            values[i] = width ? (uint32_t)random_next(&random) >> (32 - width) : 0;
        }
        round_trip(values, count);
    }
}

static void test_greatest(void **state)
{
    (void)state;
    uint32_t values[PFOR_MOST];
    memset(values, 0xFF, sizeof values);
    round_trip(values, PFOR_MOST);
    memset(values, 0, sizeof values);
    values[127] = UINT32_MAX;
    round_trip(values, PFOR_MOST);
}

/* The bytes that FORMAT.md gives as an example. */
static void test_known_bytes(void **state)
{
    (void)state;
    static const uint8_t bytes[] = {0x83, 0x05, 0x07, 0x01, 0x02, 0x70};
    uint32_t values[4], given[] = {5, 0, 900, 3};
    uint8_t out[PFOR_MOST_BYTES];
    size_t size = (size_t)(pfor_encode(given, 4, out) - out);
    assert_int_equal(size, sizeof bytes);
    assert_memory_equal(out, bytes, size);
    assert_non_null(pfor_decode(out, out + size, 4, values));
    assert_memory_equal(values, given, sizeof given);
}

static bool refused(const uint8_t *bytes, size_t size, uint32_t count)
{
    uint32_t values[PFOR_MOST];
    bool whole;
    return decode_exactly(bytes, size, count, values, &whole) == NULL;
}

#define REFUSED(count, ...) \
    refused((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}), count)

static void test_hostile(void **state)
{
    (void)state;
    assert_false(REFUSED(2, 0x01, 0x03));
    assert_true(REFUSED(2, 0x01, 0x07));          /* a bit behind the last number */
    assert_true(REFUSED(1, 0x21, 0, 0, 0, 0, 0)); /* 33 bits */
    assert_true(REFUSED(1, 0x40, 0));
    assert_true(REFUSED(2, 0x80));                         /* no exceptions there */
    assert_true(REFUSED(2, 0x80, 0x00));                   /* none at all */
    assert_true(REFUSED(2, 0x80, 0x03, 0, 1, 2, 1, 1, 1)); /* more than numbers */
    assert_true(REFUSED(2, 0x80, 0x01, 0x02, 0x01));       /* out of place */
    assert_true(REFUSED(2, 0x80, 0x02, 0x01, 0x00, 1, 1)); /* out of order */
    assert_true(REFUSED(2, 0x80, 0x02, 0x01, 0x01, 1, 1)); /* one twice */
    assert_true(REFUSED(2, 0x80, 0x01, 0x00, 0x00));       /* of nothing */
    assert_true(REFUSED(2, 0x80, 0x01, 0x00, 0x80, 0x00)); /* not the shortest */
    assert_false(REFUSED(1, 0x81, 0x01, 0x01, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0x07));
    assert_true(
        REFUSED(1, 0x81, 0x01, 0x01, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F)); /* over 32 bits */
    assert_true(REFUSED(1, 0xA0, 1, 2, 3, 4, 0x01, 0x00, 0x01));           /* width 32 has none */
}

static void test_random_bytes(void **state)
{
    (void)state;
    uint64_t random = 6;
    uint8_t in[600];
    uint32_t values[PFOR_MOST];
    bool whole;
    for (int turn = 0; turn < 50000; turn++) {
        size_t size = (size_t)random_below(&random, turn % 2 ? 12 : sizeof in);
        for (size_t i = 0; i < size; i++)
            in[i] = (uint8_t)(random_next(&random) >> (random_below(&random, 2) ? 0 : 59));
        if (size && turn % 3 == 0)
            in[0] = (uint8_t)((random_below(&random, 2) << 7) | random_below(&random, 34));
        decode_exactly(in, size, 1 + (uint32_t)random_below(&random, PFOR_MOST), values, &whole);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_width), cmocka_unit_test(test_exceptions),
        cmocka_unit_test(test_greatest),    cmocka_unit_test(test_known_bytes),
        cmocka_unit_test(test_hostile),     cmocka_unit_test(test_random_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
