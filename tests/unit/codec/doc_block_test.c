/* Blocks of articles and counts against their description in FORMAT.md, a bit at a time. */
#include "unit/unit.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "codec/doc_block.h"
#include "codec/rice.h"
#include "random.h"

enum { NONE, UNARY, APART }; /* forms of counts */

struct decoded {
    uint32_t docs[DOC_BLOCK_MOST], less_one[DOC_BLOCK_MOST];
    bool has_docs, has_counts;
};

/* From and into memory of exactly those sizes, so that a sanitizer sees a byte too many. */
static void decode_exactly(const uint8_t *in, size_t size, uint32_t base, uint32_t count,
                           struct decoded *decoded)
{
    struct doc_block_counts counts;
    size_t bytes = count * sizeof(uint32_t);
    uint64_t sum;
    uint8_t *exact = malloc(size ? size : 1);
    uint32_t *out = malloc(bytes);
    memcpy(exact, in, size);
    decoded->has_docs = doc_block_decode(exact, exact + size, base, count, out, &counts);
    decoded->has_counts = false;
    if (decoded->has_docs) {
        memcpy(decoded->docs, out, bytes);
        decoded->has_counts = doc_block_decode_counts(&counts, count, out, &sum);
        for (uint32_t i = 0; decoded->has_counts && i < count; i++) {
            assert_true(out[i] > 0);
            sum -= out[i];
            decoded->less_one[i] = out[i] - 1;
        }
        assert_true(!decoded->has_counts || sum == 0);
    }
    free(exact);
    free(out);
}

static size_t run_bits(const uint32_t *values, uint32_t count)
{
    return rice_shape(values, count).bits;
}

/* How many bytes a block takes, and the form of its counts, by the words of the format. */
static size_t slow_size(const uint32_t *gaps, const uint32_t *less_one, uint32_t count, int *form)
{
    size_t sum = 0, bits = run_bits(gaps, count);
    for (uint32_t i = 0; i < count; i++)
        sum += less_one[i];
    *form = NONE;
    if (sum == 0)
        return 1 + (bits + 7) / 8;
    size_t together = 1 + (bits + count + sum + 7) / 8;
    size_t apart = 1 + (bits + 7) / 8 + 1 + (run_bits(less_one, count) + 7) / 8;
    *form = sum < 2 * (size_t)count && together <= apart ? UNARY : APART;
    return *form == UNARY ? together : apart;
}

/* Returns the form of the counts. */
static int round_trip(const uint32_t *docs, const uint32_t *counts, uint32_t count, uint32_t base)
{
    uint8_t out[DOC_BLOCK_MOST_BYTES];
    uint32_t gaps[DOC_BLOCK_MOST], less_one[DOC_BLOCK_MOST];
    struct decoded back;
    int form;
    memset(out, 0x5A, sizeof out);
    size_t size = (size_t)(doc_block_encode(docs, counts, count, base, out) - out);
    for (uint32_t i = 0; i < count; i++) {
        gaps[i] = i ? docs[i] - docs[i - 1] - 1 : docs[0] - base;
        less_one[i] = counts[i] - 1;
    }
    assert_int_equal(size, slow_size(gaps, less_one, count, &form));
    assert_int_equal(out[0], rice_shape(gaps, count).head | form << 6);
    assert_int_equal(out[size], 0x5A);
    decode_exactly(out, size, base, count, &back);
    assert_true(back.has_docs && back.has_counts);
    assert_memory_equal(back.docs, docs, count * sizeof *docs);
    assert_memory_equal(back.less_one, less_one, count * sizeof *less_one);
    for (size_t less = 0; less < size; less++) {
        decode_exactly(out, less, base, count, &back);
        assert_false(back.has_counts);
    }
    out[size] = 0;
    decode_exactly(out, size + 1, base, count, &back);
    assert_true(back.has_docs && !back.has_counts);
    return form;
}

static void draw_counts(uint64_t *random, uint32_t *counts, uint32_t count)
{
    uint32_t few = 1 + (uint32_t)random_below(random, 6), odds = 1 + random_next(random) % 60;
    for (uint32_t i = 0; i < count; i++) {
        counts[i] = 1 + (uint32_t)random_below(random, few);
        if (odds < 20 && random_below(random, odds) == 0)
            counts[i] = 1 + (uint32_t)(random_next(random) >> (34 + random_below(random, 30)));
    }
}

/* Each number of a range with a chance of one in so many. */
static void test_densities(void **state)
{
    (void)state;
    uint64_t random = 7;
    unsigned forms[3] = {0};
    for (unsigned one_in = 1; one_in <= 20; one_in++) {
        for (int turn = 0; turn < 100; turn++) {
            uint32_t docs[DOC_BLOCK_MOST], counts[DOC_BLOCK_MOST];
            uint32_t base = (uint32_t)random_below(&random, 1 << 20), at = base;
            uint32_t count = 1 + (uint32_t)random_below(&random, DOC_BLOCK_MOST);
            for (uint32_t i = 0; i < count; i++) {
                while (random_below(&random, one_in * one_in))
                    at++;
                docs[i] = at++;
            }
            draw_counts(&random, counts, count);
            forms[round_trip(docs, counts, count, base)]++;
        }
    }
    assert_true(forms[NONE] > 100 && forms[UNARY] > 100 && forms[APART] > 100);
}

/* Counts in unary that take as many bits as they may, behind gaps that end at any bit of a byte. */
static void test_long_counts(void **state)
{
    (void)state;
    for (uint32_t count = 100; count <= DOC_BLOCK_MOST; count++) {
        for (uint32_t greatest = 2; greatest < 300; greatest += greatest < 225 ? 13 : 1) {
            uint32_t docs[DOC_BLOCK_MOST], counts[DOC_BLOCK_MOST];
            for (uint32_t i = 0; i < count; i++) {
                docs[i] = i * 3;
                counts[i] = 1;
            }
            counts[greatest % count] = greatest;
            round_trip(docs, counts, count, 0);
        }
    }
}

static void test_greatest(void **state)
{
    (void)state;
    uint32_t docs[DOC_BLOCK_MOST], counts[DOC_BLOCK_MOST];
    for (uint32_t i = 0; i < DOC_BLOCK_MOST; i++) {
        docs[i] = DOC_BLOCK_GREATEST - 2 * (DOC_BLOCK_MOST - 1 - i);
        counts[i] = UINT32_MAX - i % 2;
    }
    round_trip(docs, counts, DOC_BLOCK_MOST, 0);
    round_trip(docs, counts, DOC_BLOCK_MOST, docs[0]);
    round_trip((const uint32_t[]){DOC_BLOCK_GREATEST}, counts, 1, 0);
}

/* The bytes that FORMAT.md gives as examples. */
static void test_known_bytes(void **state)
{
    (void)state;
    static const uint8_t bytes[] = {0x43, 0x4C, 0x01};
    uint8_t out[DOC_BLOCK_MOST_BYTES];
    const uint32_t docs[] = {4, 6}, counts[] = {1, 2};
    size_t size = (size_t)(doc_block_encode(docs, counts, 2, 0, out) - out);
    assert_int_equal(size, sizeof bytes);
    assert_memory_equal(out, bytes, size);
}

static bool refused(const uint8_t *bytes, size_t size, uint32_t base, uint32_t count)
{
    struct decoded decoded;
    decode_exactly(bytes, size, base, count, &decoded);
    return !decoded.has_docs || !decoded.has_counts;
}

#define REFUSED(base, count, ...) \
    refused((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}), base, count)

static void test_hostile(void **state)
{
    (void)state;
    assert_false(REFUSED(0, 2, 0x00));
    assert_true(REFUSED(0, 2, 0x00, 0x00));  /* a byte behind */
    assert_false(REFUSED(0, 2, 0x20, 0x09)); /* 0, 3 */
    assert_true(REFUSED(0, 2, 0x20, 0x19));  /* a bit behind */
    assert_true(REFUSED(0, 2, 0xC0));        /* no such form */
    assert_false(REFUSED(0, 2, 0x40, 0x03)); /* once each */
    assert_false(REFUSED(0, 2, 0x40, 0x06));
    assert_true(REFUSED(0, 2, 0x40, 0x07)); /* a bit behind */
    assert_true(REFUSED(0, 2, 0x40, 0x01)); /* one of two */
    assert_false(REFUSED(0, 2, 0x40, 0x11));
    assert_true(REFUSED(0, 2, 0x40, 0x21)); /* 4 above two counts */
    assert_false(REFUSED(0, 2, 0x60, 0x0F));
    assert_false(REFUSED(0, 2, 0x80, 0x01, 0x03));
    assert_true(REFUSED(0, 2, 0x80, 0x01));
    assert_true(REFUSED(0, 2, 0x80));
    assert_true(REFUSED(0, 2, 0x80, 0x41, 0x03));       /* a form within */
    assert_true(REFUSED(0, 2, 0xA0, 0x07, 0x01, 0x03)); /* a bit between */
    assert_false(REFUSED(DOC_BLOCK_GREATEST, 1, 0x00));
    assert_true(REFUSED(DOC_BLOCK_GREATEST, 2, 0x00)); /* over the greatest */
    assert_true(REFUSED(0, 2, 0x3F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x3F | 0xC0));
}

static void test_random_bytes(void **state)
{
    (void)state;
    uint64_t random = 8;
    uint8_t in[300];
    uint32_t good = 0;
    for (int turn = 0; turn < 50000; turn++) {
        uint32_t count = 1 + (uint32_t)random_below(&random, turn % 3 ? DOC_BLOCK_MOST : 4);
        uint32_t base = (uint32_t)random_next(&random) >> (1 + random_below(&random, 31));
        size_t size = (size_t)random_below(&random, turn % 3 ? sizeof in : 6);
        struct decoded decoded;
        for (size_t i = 0; i < size; i++)
            in[i] = (uint8_t)random_next(&random);
        decode_exactly(in, size, base, count, &decoded);
        good += decoded.has_docs && decoded.has_counts;
        if (!decoded.has_docs)
            continue;
        assert_true(decoded.docs[0] >= base && decoded.docs[count - 1] <= DOC_BLOCK_GREATEST);
        for (uint32_t i = 1; i < count; i++)
            assert_true(decoded.docs[i] > decoded.docs[i - 1]);
    }
    assert_true(good > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_densities), cmocka_unit_test(test_long_counts),
        cmocka_unit_test(test_greatest),  cmocka_unit_test(test_known_bytes),
        cmocka_unit_test(test_hostile),   cmocka_unit_test(test_random_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
