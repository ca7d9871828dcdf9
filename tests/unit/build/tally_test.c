/* Counts of keys against a plain array, whatever the memory; and the commonest spelling of words
 * against what the rule says. */
#include "unit/unit.h"

#include <stdlib.h>

#include "build/merge.h"
#include "build/tally.h"
#include "random.h"
#include "scratch_fixture.h"

enum { KEYS = 30000, ADDED = 200000 };

static uint64_t expected[KEYS], found[KEYS];

static enum status take(void *context, struct run_reader *const *readers, size_t count)
{
    char number[16];
    struct slice key = run_reader_key(readers[0]);
    uint64_t sum;
    (void)context;
    enum status status = tally_count(readers, count, &sum);
    assert_true(key.size > 4 && key.size < 4 + sizeof number);
    memcpy(number, key.data + 4, key.size - 4);
    number[key.size - 4] = '\0';
    found[atoi(number)] += sum;
    return status;
}

static void add_all(struct tally **tallies, size_t count)
{
    uint64_t random = 77;
    for (size_t i = 0; i < ADDED; i++) {
        char key[24];
        uint32_t number = (uint32_t)(random_below(&random, KEYS));
        number = number % 3 ? number : number % 100;
        int size = snprintf(key, sizeof key, "key %u", (unsigned)number);
        tally_add(tallies[i % count], slice_of(key, (size_t)size));
        expected[number]++;
    }
}

static void check(size_t count, size_t memory)
{
    struct error error = {0};
    struct tally *tallies[4];
    struct bytes runs = {0};
    struct merge_sink sink = {NULL, take};
    const char *beside = scratch_path(&scratch, "x");
    memset(expected, 0, sizeof expected);
    memset(found, 0, sizeof found);
    for (size_t i = 0; i < count; i++) {
        tallies[i] = tally_open(memory, spool_open(beside, NULL, &error), &error);
        assert_non_null(tallies[i]);
    }
    add_all(tallies, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(tally_finish(tallies[i], &error), STATUS_OK);
        bytes_append_slice(&runs, bytes_slice(tally_runs(tallies[i])));
    }
    assert_int_equal(merge_runs(&runs, 1 << 20, beside, &sink, NULL, &error), STATUS_OK);
    assert_memory_equal(found, expected, sizeof found);
    for (size_t i = 0; i < count; i++)
        tally_close(tallies[i]);
    bytes_release(&runs);
}

static void test_one_that_spills(void **state)
{
    (void)state;
    check(1, TALLY_LEAST_BYTES);
}

static void test_several(void **state)
{
    (void)state;
    check(3, TALLY_LEAST_BYTES);
    check(4, 16 << 20);
}

static void test_no_spool(void **state)
{
    (void)state;
    struct error error = {0};
    assert_null(tally_open(TALLY_LEAST_BYTES, NULL, &error));
    tally_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_that_spills),
        cmocka_unit_test(test_several),
        cmocka_unit_test(test_no_spool),
    };
    return cmocka_run_group_tests(tests, open_scratch, close_scratch);
}
