/* Every kernel against the scalar one, and that one against sums in 64 bits. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "codec/bitpack.h"
#include "codec/kernel.h"
#include "random.h"
#include "unit/codec/guarded.h"
#include "unit/codec/kernels.h"

enum { MOST = 300 };

/* Whether the numbers stay within what is allowed. */
static bool slow_ascend(const uint32_t *gaps, uint32_t count, uint64_t base, uint64_t *numbers)
{
    for (uint32_t i = 0; i < count; i++)
        numbers[i] = (i ? numbers[i - 1] + 1 : base) + gaps[i];
    return count == 0 || numbers[count - 1] <= 0x7FFFFFFF;
}

static bool check_ascend(const struct kernel *by, const uint32_t *gaps, uint32_t count,
                         uint32_t base)
{
    uint64_t numbers[MOST];
    uint32_t *values = malloc((count + 1) * sizeof *values);
    memcpy(values, gaps, count * sizeof *gaps);
    values[count] = 0xA5A5A5A5;
    bool right = slow_ascend(gaps, count, base, numbers);
    assert_int_equal(by->ascend(values, count, base, values), right);
    for (uint32_t i = 0; right && i < count; i++)
        assert_int_equal(values[i], numbers[i]);
    assert_int_equal(values[count], 0xA5A5A5A5);
    uint32_t *apart = malloc((count + 1) * sizeof *apart);
    assert_int_equal(by->ascend(gaps, count, base, apart), right);
    assert_true(!right || memcmp(apart, values, count * sizeof *apart) == 0);
    free(apart);
    free(values);
    return right;
}

static void fill(uint64_t *random, unsigned width, uint32_t *values, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        values[i] = width ? (uint32_t)random_next(random) >> (32 - width) : 0;
}

static void test_ascend(void **state)
{
    (void)state;
    uint64_t random = 11;
    uint32_t gaps[MOST], right = 0, wrong = 0;
    for (size_t k = 0; k < kernel_count(); k++) {
        for (unsigned width = 0; width <= 32; width++) {
            for (uint32_t count = 0; count <= MOST; count += 1 + count / 40) {
                fill(&random, width, gaps, count);
                uint32_t base = (uint32_t)random_next(&random) >> random_below(&random, 32);
                if (check_ascend(kernel_at(k), gaps, count, base))
                    right++;
                else
                    wrong++;
            }
        }
    }
    assert_true(right > 1000 * kernel_count() && wrong > 100 * kernel_count());
}

/* One gap, anywhere, that leads just up to what is allowed, one further, or around 2^32. */
static void test_ascend_limit(void **state)
{
    (void)state;
    static const uint32_t bases[] = {0, 1, 77, 0x7FFFFF00, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF};
    for (size_t k = 0; k < kernel_count(); k++) {
        for (uint32_t count = 1; count <= 70; count++) {
            for (uint32_t place = 0; place < count; place++) {
                for (size_t b = 0; b < sizeof bases / sizeof *bases; b++) {
                    uint32_t gaps[MOST] = {0}, base = bases[b];
                    for (uint32_t most = 0x7FFFFFFF; most < 0x80000001; most++) {
                        gaps[place] = most - base - (count - 1);
                        check_ascend(kernel_at(k), gaps, count, base);
                    }
                    gaps[place] = UINT32_MAX - base;
                    check_ascend(kernel_at(k), gaps, count, base);
                    gaps[place] = UINT32_MAX;
                    check_ascend(kernel_at(k), gaps, count, base);
                    gaps[count / 2] = 0x80000000;
                    check_ascend(kernel_at(k), gaps, count, base);
                }
            }
        }
    }
}

/* The slow way from low bits and zeros in front of ones. */
static void check_climb(const struct kernel *by, const uint8_t *page_end, unsigned width,
                        const uint32_t *low, const uint32_t *high, uint32_t count, uint32_t base)
{
    uint8_t room[1 + KERNEL_ONES_ROOM], stream[BITPACK_MOST_BYTES];
    uint32_t out[KERNEL_SHARE + 1], at = base, place = (uint32_t)(base % 8);
    size_t bytes = bitpack_bytes(count, width);
    uint8_t *in = (uint8_t *)(uintptr_t)page_end - by->margin - bytes;
    bitpack_pack(low, count, width, stream);
    memcpy(in, stream, bytes);
    room[0] = (uint8_t)(place - 1);
    for (uint32_t i = 0; high && i < count; i++, place++)
        room[1 + i] = (uint8_t)(place += high[i]);
    out[count] = 0xA5A5A5A5;
    by->climb(in, width, high ? room + 1 : NULL, count, base, out);
    for (uint32_t i = 0; i < count; i++, at++)
        assert_int_equal(out[i], at += low[i] + (high ? high[i] << width : 0));
    assert_int_equal(out[count], 0xA5A5A5A5);
    if (!high)
        return;
    by->steps(room + 1, count, out);
    for (uint32_t i = 0; i < count; i++)
        assert_int_equal(out[i], high[i] + 1);
    assert_int_equal(out[count], 0xA5A5A5A5);
}

/* Low bits at their greatest and any, 255 zeros at most and all in one place or scattered, bases up
 * to the greatest, where what comes out may be over what is allowed but not over 32 bits. */
static void test_climb(void **state)
{
    (void)state;
    static const uint32_t bases[] = {0, 1, 77, 0x7FFFFF00, 0x80000000};
    uint64_t random = 12;
    struct guarded page = guarded_page();
    for (size_t k = 0; k < kernel_count(); k++)
        for (uint32_t turn = 0; turn < 8000; turn++) {
            uint32_t low[KERNEL_SHARE], high[KERNEL_SHARE] = {0};
            uint32_t count =
                turn % 2 ? KERNEL_SHARE : 1 + (uint32_t)random_below(&random, KERNEL_SHARE);
            unsigned width = turn % (KERNEL_CLIMB_WIDTH + 1);
            fill(&random, width, low, count);
            for (uint32_t i = 0; turn % 3 == 0 && i < count; i++)
                low[i] = ((uint32_t)1 << width) - 1;
            for (uint32_t zeros = (uint32_t)random_below(&random, 2 * count); zeros; zeros--)
                high[turn % 5 ? random_below(&random, count) : turn % count]++;
            check_climb(kernel_at(k), page.data + page.size, width, low, turn % 7 ? high : NULL,
                        count, bases[turn % 5]);
        }
    guarded_release(&page);
}

/* Ascending numbers, `step` apart at most, with nothing but the greatest behind them. */
static void fill_ascending(uint64_t *random, uint32_t step, uint32_t count, uint32_t *numbers)
{
    uint32_t next = (uint32_t)random_below(random, 3 * step);
    for (uint32_t i = 0; i < KERNEL_SHARE; i++) {
        numbers[i] = i < count ? next : KERNEL_GREATEST;
        next += 1 + (uint32_t)random_below(random, step);
    }
}

static void check_share(const struct kernel *by, struct kernel_numbers few,
                        struct kernel_numbers many)
{
    uint8_t places[2][KERNEL_SHARE];
    uint32_t shared = by->share(few, many, places), at = 0;
    for (uint32_t i = few.from; i < few.count; i++)
        for (uint32_t j = many.from; j < many.count; j++)
            if (few.at[i] == many.at[j]) {
                assert_true(at < shared);
                assert_int_equal(places[0][at], i);
                assert_int_equal(places[1][at++], j);
            }
    assert_int_equal(at, shared);
}

static void test_share(void **state)
{
    (void)state;
    uint64_t random = 14;
    for (size_t k = 0; k < kernel_count(); k++)
        for (size_t tries = 0; tries < 4000; tries++) {
            uint32_t left[KERNEL_SHARE], right[KERNEL_SHARE];
            struct kernel_numbers few = {.at = left}, many = {.at = right};
            few.count = 1 + (uint32_t)random_below(&random, KERNEL_SHARE);
            many.count =
                tries % 3 ? 1 + (uint32_t)random_below(&random, KERNEL_SHARE) : KERNEL_SHARE;
            fill_ascending(&random, 1 + (uint32_t)(tries % 20), few.count, left);
            fill_ascending(&random, 1 + (uint32_t)(tries % 4), many.count, right);
            few.from = tries % 2 ? (uint32_t)random_below(&random, few.count) : 0;
            while (tries % 2 && many.from < many.count && right[many.from] < left[few.from])
                many.from++;
            check_share(kernel_at(k), few, many);
        }
}

/* Bit by bit; 0 where there are too few ones before the end, or they lie too far on. */
static uint32_t slow_ones(const uint8_t *in, size_t size, unsigned bit, uint32_t count,
                          uint8_t *places)
{
    uint32_t found = 0;
    for (size_t at = bit; at < 8 * size && at < bit + 3 * count - 1; at++) {
        if (!(in[at / 8] >> at % 8 & 1))
            continue;
        places[found++] = (uint8_t)at;
        if (found == count)
            return (uint32_t)at + 1;
    }
    return 0;
}

static bool check_ones(const struct kernel *by, const uint8_t *in, const uint8_t *end, unsigned bit,
                       uint32_t count)
{
    uint8_t expected[128], places[KERNEL_ONES_ROOM + 1];
    places[KERNEL_ONES_ROOM] = 0xA5;
    uint32_t behind = slow_ones(in, (size_t)(end - in), bit, count, expected);
    assert_int_equal(by->ones(in, end, bit, count, places), behind);
    assert_int_equal(places[KERNEL_ONES_ROOM], 0xA5);
    if (behind)
        assert_memory_equal(places, expected, count);
    return behind > 0;
}

/* At the end of a page that none follows, with more and less of ones. */
static void test_ones(void **state)
{
    (void)state;
    uint64_t random = 13;
    struct guarded page = guarded_page();
    uint32_t good = 0, turns = 20000;
    for (size_t k = 0; k < kernel_count(); k++) {
        for (uint32_t turn = 0; turn < turns; turn++) {
            size_t size = (size_t)random_below(&random, 70);
            uint64_t odds = 1 + random_below(&random, 5);
            uint8_t *in = page.data + page.size - size;
            memset(in, 0, size);
            for (size_t at = 0; at < 8 * size; at++)
                if (random_below(&random, odds) == 0)
                    in[at / 8] |= (uint8_t)(1 << at % 8);
            good += check_ones(kernel_at(k), in, in + size, (unsigned)random_below(&random, 8),
                               1 + (uint32_t)random_below(&random, 128));
        }
    }
    assert_in_range(good, turns * kernel_count() / 10, turns * kernel_count() * 9 / 10);
    guarded_release(&page);
}

static void test_sum_high(void **state)
{
    (void)state;
    uint64_t random = 14;
    uint32_t values[MOST];
    for (size_t k = 0; k < kernel_count(); k++) {
        for (unsigned width = 0; width <= 31; width++) {
            for (uint32_t count = 0; count <= MOST; count += 1 + count / 40) {
                uint64_t sum = 0;
                fill(&random, 32, values, count);
                for (uint32_t i = 0; i < count; i++)
                    sum += values[i] >> width;
                assert_true(kernel_at(k)->sum_high(values, count, width) == sum);
            }
        }
    }
}

/* Low bits from a stream, high parts by ones that stand so far apart, both through bitpack. */
static void test_high_parts(void **state)
{
    (void)state;
    uint64_t random = 15;
    for (size_t k = 0; k < kernel_count(); k++) {
        for (int turn = 0; turn < 5000; turn++) {
            uint32_t count = 1 + (uint32_t)random_below(&random, BITPACK_MOST);
            unsigned width = (unsigned)random_below(&random, 24), place = 0;
            uint32_t low[BITPACK_MOST], high[BITPACK_MOST], out[BITPACK_MOST + 1];
            uint8_t ones[1 + KERNEL_ONES_ROOM], stream[BITPACK_MOST_BYTES];
            fill(&random, width, low, count);
            ones[0] = (uint8_t)(place - 1);
            for (uint32_t i = 0; i < count; i++, place++) {
                high[i] = (uint32_t)random_below(&random, turn % 2 ? 3 : 256);
                ones[1 + i] = (uint8_t)(place += high[i]);
            }
            out[count] = 0xA5A5A5A5;
            bitpack_pack(low, count, width, stream);
            bitpack_unpack_high(kernel_at(k), stream, stream + bitpack_bytes(count, width), width,
                                ones + 1, count, out);
            for (uint32_t i = 0; i < count; i++)
                assert_int_equal(out[i], high[i] << width | low[i]);
            assert_int_equal(out[count], 0xA5A5A5A5);
        }
    }
}

/* What is chosen is what this processor has, and the scalar one where there is no other. */
static void test_choice(void **state)
{
    (void)state;
    assert_ptr_equal(kernel(), kernel_of(cpu_level()));
    assert_ptr_equal(kernel_of(CPU_SCALAR), &kernel_scalar);
    for (size_t k = 1; k < kernel_count(); k++)
        assert_ptr_not_equal(kernel_at(k), kernel_at(k - 1));
    for (size_t k = 0; k < kernel_count(); k++)
        assert_true(kernel_at(k)->margin <= KERNEL_MOST_MARGIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ascend),     cmocka_unit_test(test_ascend_limit),
        cmocka_unit_test(test_climb),      cmocka_unit_test(test_share),
        cmocka_unit_test(test_ones),       cmocka_unit_test(test_sum_high),
        cmocka_unit_test(test_high_parts), cmocka_unit_test(test_choice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
