#include "unit/unit.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "codec/doc_block.h"
#include "random.h"

static const uint8_t *decode_exactly(const uint8_t *in, size_t size, uint32_t base, uint32_t count,
                                     uint32_t *docs, bool *whole)
{
    uint8_t *exact = malloc(size ? size : 1);
    uint32_t *out = malloc(count * sizeof *out);
    memcpy(exact, in, size);
    const uint8_t *end = doc_block_decode(exact, exact + size, base, count, out);
    *whole = end == exact + size;
    if (end)
        memcpy(docs, out, count * sizeof *out);
    free(exact);
    free(out);
    return end;
}

/* Returns whether it became a bitset. */
static bool round_trip(const uint32_t *docs, uint32_t count, uint32_t base)
{
    uint8_t out[DOC_BLOCK_MOST_BYTES], gaps_out[PFOR_MOST_BYTES];
    uint32_t back[DOC_BLOCK_MOST], gaps[DOC_BLOCK_MOST];
    bool whole;
    size_t size = (size_t)(doc_block_encode(docs, count, base, out) - out);
    for (uint32_t i = 0; i < count; i++)
        gaps[i] = i ? docs[i] - docs[i - 1] - 1 : docs[0] - base;
    size_t packed = (size_t)(pfor_encode(gaps, count, gaps_out) - gaps_out);
    uint64_t bitset = 2 + ((uint64_t)docs[count - 1] - base) / 8 + 1;
    assert_int_equal(size, bitset < packed && bitset - 2 <= 255 ? bitset : packed);
    assert_int_equal(out[0] == 0x40, size < packed);
    assert_non_null(decode_exactly(out, size, base, count, back, &whole));
    assert_true(whole);
    assert_memory_equal(back, docs, count * sizeof *docs);
    for (size_t less = 0; less < size; less++)
        assert_null(decode_exactly(out, less, base, count, back, &whole));
    return out[0] == 0x40;
}

/* Each number of a range with a chance of one in so many. */
static void test_densities(void **state)
{
    (void)state;
    uint64_t random = 7;
    unsigned bitsets = 0, packed = 0;
    for (unsigned one_in = 1; one_in <= 20; one_in++) {
        for (int turn = 0; turn < 100; turn++) {
            uint32_t docs[DOC_BLOCK_MOST], base = (uint32_t)random_below(&random, 1 << 20),
                                           at = base;
            uint32_t count = 1 + (uint32_t)random_below(&random, DOC_BLOCK_MOST);
            for (uint32_t i = 0; i < count; i++) {
                while (random_below(&random, one_in))
                    at++;
                docs[i] = at++;
            }
            bool dense = round_trip(docs, count, base);
            bitsets += dense;
            packed += !dense;
        }
    }
    assert_true(bitsets > 100 && packed > 100); /* both forms were tried */
}

static void test_greatest(void **state)
{
    (void)state;
    uint32_t docs[DOC_BLOCK_MOST];
    for (uint32_t i = 0; i < DOC_BLOCK_MOST; i++)
        docs[i] = DOC_BLOCK_GREATEST - 2 * (DOC_BLOCK_MOST - 1 - i);
    round_trip(docs, DOC_BLOCK_MOST, 0);
    round_trip(docs, DOC_BLOCK_MOST, docs[0]);
    round_trip((const uint32_t[]){DOC_BLOCK_GREATEST}, 1, 0);
}

static bool refused(const uint8_t *bytes, size_t size, uint32_t base, uint32_t count)
{
    uint32_t docs[DOC_BLOCK_MOST];
    bool whole;
    return decode_exactly(bytes, size, base, count, docs, &whole) == NULL;
}

#define REFUSED(base, count, ...) \
    refused((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}), base, count)

static void test_hostile(void **state)
{
    (void)state;
    assert_false(REFUSED(0, 2, 0x40, 0x01, 0x81));
    assert_true(REFUSED(0, 3, 0x40, 0x01, 0x81)); /* another number of bits */
    assert_true(REFUSED(0, 1, 0x40, 0x01, 0x81));
    assert_true(REFUSED(0, 1, 0x40, 0x02, 0x01, 0x00)); /* a last byte without a bit */
    assert_true(REFUSED(0, 1, 0x40, 0x00));
    assert_true(REFUSED(0, 1, 0x40));
    assert_false(REFUSED(DOC_BLOCK_GREATEST - 7, 1, 0x40, 0x01, 0x80));
    assert_true(REFUSED(DOC_BLOCK_GREATEST - 6, 1, 0x40, 0x01, 0x80)); /* over the greatest */
    assert_false(REFUSED(DOC_BLOCK_GREATEST, 1, 0x00));
    assert_true(REFUSED(DOC_BLOCK_GREATEST, 2, 0x00));
    assert_true(REFUSED(0, 2, 0x20, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                        0xFF)); /* a sum past 32 bits */
}

static void test_random_bytes(void **state)
{
    (void)state;
    uint64_t random = 8;
    uint8_t in[300];
    for (int turn = 0; turn < 50000; turn++) {
        uint32_t docs[DOC_BLOCK_MOST], count = 1 + (uint32_t)random_below(&random, DOC_BLOCK_MOST);
        uint32_t base = (uint32_t)random_next(&random) >> (1 + random_below(&random, 31));
        size_t size = (size_t)random_below(&random, sizeof in);
        bool whole;
        for (size_t i = 0; i < size; i++)
            in[i] = (uint8_t)random_next(&random);
        if (size > 1 && turn % 2) {
            in[0] = 0x40;
            in[1] = (uint8_t)random_below(&random, size);
        }
        if (!decode_exactly(in, size, base, count, docs, &whole))
            continue;
        assert_true(docs[0] >= base && docs[count - 1] <= DOC_BLOCK_GREATEST);
        for (uint32_t i = 1; i < count; i++)
            assert_true(docs[i] > docs[i - 1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_densities),
        cmocka_unit_test(test_greatest),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_random_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
