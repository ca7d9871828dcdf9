/* Runs of numbers against their description in FORMAT.md, a bit at a time. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "codec/rice.h"
#include "random.h"

static uint64_t unary_bits(const uint32_t *values, uint32_t count, unsigned width)
{
    uint64_t bits = (uint64_t)count * (width + 1);
    for (uint32_t i = 0; i < count; i++)
        bits += values[i] >> width;
    return bits;
}

/* By the words of the format: all shapes are tried. */
static uint8_t slow_head(const uint32_t *values, uint32_t count, uint64_t *bits)
{
    uint8_t head = 0x20;
    *bits = unary_bits(values, count, 0);
    for (unsigned width = 1; width <= 31; width++) {
        if (unary_bits(values, count, width) <= *bits) {
            *bits = unary_bits(values, count, width);
            head = (uint8_t)(0x20 | width);
        }
    }
    for (unsigned width = 0; width <= 31; width++) {
        bool holds = true;
        for (uint32_t i = 0; i < count; i++)
            holds = holds && values[i] >> width == 0;
        if (!holds)
            continue;
        if ((uint64_t)count * width <= *bits) {
            *bits = (uint64_t)count * width;
            head = (uint8_t)width;
        }
        break;
    }
    return head;
}

static bool bit_at(const uint8_t *in, uint64_t bit)
{
    return in[bit / 8] >> bit % 8 & 1;
}

static void check_stream(const uint8_t *in, uint8_t head, const uint32_t *values, uint32_t count)
{
    unsigned width = head & 0x1F;
    uint64_t low_at = 0, high_at = (uint64_t)count * width;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t value = 0;
        for (unsigned bit = 0; bit < width; bit++)
            value |= (uint64_t)bit_at(in, low_at++) << bit;
        for (; head & 0x20 && !bit_at(in, high_at); high_at++)
            value += (uint64_t)1 << width;
        high_at += head >> 5;
        assert_true(value == values[i]);
    }
    for (; high_at % 8; high_at++)
        assert_false(bit_at(in, high_at));
}

/* Decodes from memory of exactly that size, so that a sanitizer sees a byte too many. */
static const uint8_t *decode_exactly(const uint8_t *in, size_t size, uint32_t count,
                                     uint32_t *values, bool *whole)
{
    uint8_t *exact = malloc(size ? size : 1);
    uint32_t *out = malloc(count * sizeof *out);
    memcpy(exact, in, size);
    const uint8_t *end = rice_decode(exact, exact + size, count, out);
    *whole = end == exact + size;
    if (end)
        memcpy(values, out, count * sizeof *out);
    free(exact);
    free(out);
    return end;
}

static void round_trip(const uint32_t *values, uint32_t count)
{
    uint8_t out[RICE_MOST_BYTES + 1];
    uint32_t back[RICE_MOST];
    uint64_t bits;
    bool whole;
    memset(out, 0x5A, sizeof out);
    size_t size = (size_t)(rice_encode(values, count, out) - out);
    uint8_t head = slow_head(values, count, &bits);
    assert_int_equal(out[0], head);
    assert_int_equal(size, 1 + (bits + 7) / 8);
    assert_int_equal(out[size], 0x5A);
    check_stream(out + 1, head, values, count);
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
    uint32_t values[RICE_MOST];
    for (unsigned width = 0; width <= 32; width++) {
        for (uint32_t count = 1; count <= RICE_MOST; count += count < 20 ? 1 : 27) {
            for (uint32_t i = 0; i < count; i++)
                values[i] = width ? (uint32_t)random_next(&random) >> (32 - width) : 0;
            round_trip(values, count);
        }
    }
}

/* Numbers of two kinds, and each number half as likely as half of it. */
static void test_mixtures(void **state)
{
    (void)state;
    uint64_t random = 5;
    uint32_t values[RICE_MOST];
    for (int turn = 0; turn < 3000; turn++) {
        unsigned low = (unsigned)random_below(&random, 12),
                 high = (unsigned)random_below(&random, 33);
        uint32_t count = 1 + (uint32_t)random_below(&random, RICE_MOST),
                 odds = 1 + (uint32_t)random_below(&random, 40);
        for (uint32_t i = 0; i < count; i++) {
            unsigned width = random_below(&random, odds) ? low : high;
            if (turn % 2)
                width = (unsigned)random_below(&random, high + 1);
            values[i] = width ? (uint32_t)random_next(&random) >> (32 - width) : 0;
        }
        round_trip(values, count);
    }
}

static void test_greatest(void **state)
{
    (void)state;
    uint32_t values[RICE_MOST];
    memset(values, 0xFF, sizeof values);
    round_trip(values, RICE_MOST);
    round_trip(values, 1);
    for (uint32_t place = 0; place < RICE_MOST; place++) {
        memset(values, 0, sizeof values);
        values[place] = UINT32_MAX;
        round_trip(values, RICE_MOST);
    }
}

/* High parts as large and as many as there can be: 255 above one number of 128. */
static void test_long_unary(void **state)
{
    (void)state;
    for (uint32_t place = 0; place < RICE_MOST; place++) {
        for (uint32_t high = 240; high < 260; high++) {
            uint32_t values[RICE_MOST] = {0};
            values[place] = high;
            round_trip(values, RICE_MOST);
        }
    }
}

/* The bytes that FORMAT.md gives as an example. */
static void test_known_bytes(void **state)
{
    (void)state;
    static const uint8_t bytes[] = {0x23, 0xC5, 0x9D, 0x59};
    uint32_t values[5], given[] = {5, 0, 23, 6, 9};
    uint8_t out[RICE_MOST_BYTES];
    size_t size = (size_t)(rice_encode(given, 5, out) - out);
    assert_int_equal(size, sizeof bytes);
    assert_memory_equal(out, bytes, size);
    assert_non_null(rice_decode(out, out + size, 5, values));
    assert_memory_equal(values, given, sizeof given);
}

static bool refused(const uint8_t *bytes, size_t size, uint32_t count)
{
    uint32_t values[RICE_MOST];
    bool whole;
    return decode_exactly(bytes, size, count, values, &whole) == NULL;
}

#define REFUSED(count, ...) \
    refused((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}), count)

static void test_hostile(void **state)
{
    (void)state;
    assert_false(REFUSED(2, 0x01, 0x03));
    assert_true(REFUSED(2, 0x01, 0x07)); /* a bit behind the last number */
    assert_true(REFUSED(1, 0x40));       /* what the head does not have */
    assert_true(REFUSED(1, 0x80));
    assert_false(REFUSED(1, 0x00));
    assert_true(REFUSED(1, 0x20));       /* no unary part */
    assert_true(REFUSED(1, 0x20, 0x00)); /* none that ends */
    assert_false(REFUSED(1, 0x20, 0x01));
    assert_false(REFUSED(1, 0x20, 0x02));
    assert_true(REFUSED(1, 0x20, 0x04)); /* high parts of 2 and more for a number */
    assert_true(REFUSED(1, 0x20, 0x05)); /* a bit behind the last */
    assert_false(REFUSED(2, 0x20, 0x11));
    assert_true(REFUSED(2, 0x20, 0x21));
    assert_true(REFUSED(2, 0x20, 0x00, 0x80));
    assert_false(REFUSED(1, 0x3F, 0, 0, 0, 0, 0x01)); /* bit 31 in unary */
    assert_false(REFUSED(2, 0x3F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x3F | 0x80, 0x02));
    assert_true(REFUSED(2, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0x00, 0x03)); /* over 32 bits */
}

/* One of 128 numbers with the greatest high part that 32 bits hold, and with one more. */
static void test_over_32_bits(void **state)
{
    (void)state;
    for (unsigned width = 24; width <= 31; width++) {
        for (unsigned extra = 0; extra < 2; extra++) {
            uint8_t in[RICE_MOST_BYTES + 1] = {(uint8_t)(0x20 | width)};
            uint32_t values[RICE_MOST], high = (1u << (32 - width)) - 1 + extra;
            uint8_t *unary = in + 1 + 16 * width;
            bool whole;
            if (high > 255)
                continue;
            for (uint32_t i = 0; i < RICE_MOST; i++) {
                uint32_t bit = i + (i >= 5 ? high : 0);
                unary[bit / 8] |= (uint8_t)(1 << bit % 8);
            }
            size_t size = 1 + 16 * width + (128 + high + 7) / 8;
            const uint8_t *end = decode_exactly(in, size, RICE_MOST, values, &whole);
            assert_int_equal(end != NULL, extra == 0);
        }
    }
}

static void test_random_bytes(void **state)
{
    (void)state;
    uint64_t random = 6;
    uint8_t in[600];
    uint32_t values[RICE_MOST];
    bool whole;
    uint32_t good = 0;
    for (int turn = 0; turn < 50000; turn++) {
        size_t size = (size_t)random_below(&random, turn % 2 ? 12 : sizeof in);
        for (size_t i = 0; i < size; i++)
            in[i] = (uint8_t)(random_next(&random) >> (random_below(&random, 2) ? 0 : 59));
        if (size)
            in[0] &= 0x3F;
        good += decode_exactly(in, size, 1 + (uint32_t)random_below(&random, RICE_MOST), values,
                               &whole) != NULL;
    }
    assert_true(good > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_width),  cmocka_unit_test(test_mixtures),
        cmocka_unit_test(test_greatest),     cmocka_unit_test(test_long_unary),
        cmocka_unit_test(test_known_bytes),  cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_over_32_bits), cmocka_unit_test(test_random_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
