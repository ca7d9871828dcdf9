/* Keys get numbers in the order in which they come, the same key the same number; sorted is sorted.
 */
#include <stdio.h>
#include <string.h>

#include "base/endian.h"
#include "build/term_table.h"
#include "random.h"
#include "unit/unit.h"

#include <stdlib.h>

enum { KEYS = 20000, KEY_BYTES = 40 };

/* Few letters and shared beginnings, so that prefixes of eight bytes tie. */
static struct slice make_key(uint64_t *state, char key[KEY_BYTES])
{
    size_t size = 1 + random_below(state, KEY_BYTES);
    memset(key, 'a', KEY_BYTES);
    for (size_t i = random_below(state, size); i < size; i++)
        key[i] = (char)('a' + random_below(state, 3));
    return slice_of(key, size);
}

static void same_key_same_number(void **state)
{
    (void)state;
    static uint32_t counts[KEYS];
    struct term_table v;
    char key[KEY_BYTES];
    uint64_t seed = 1;
    assert_true(term_table_init(&v, 4 << 20));
    for (int i = 0; i < KEYS; i++) {
        struct slice k = make_key(&seed, key);
        uint32_t before = v.count, number = term_table_add(&v, k);
        assert_true(number <= before);
        assert_true(slice_equal(term_table_key(&v, number), k));
        assert_int_equal(term_table_add(&v, k), number);
        counts[number] += 2;
    }
    for (uint32_t number = 0; number < v.count; number++)
        assert_int_equal(term_table_occurrences(&v, number), counts[number]);
    for (uint32_t a = 0; a + 1 < v.count && a < 200; a++)
        for (uint32_t b = a + 1; b < v.count; b++)
            assert_false(slice_equal(term_table_key(&v, a), term_table_key(&v, b)));
    term_table_release(&v);
}

static void sorted_bytewise(void **state)
{
    (void)state;
    struct term_table v;
    struct slice last = {0};
    char key[KEY_BYTES];
    uint64_t seed = 2;
    assert_true(term_table_init(&v, 4 << 20));
    for (int i = 0; i < KEYS; i++)
        term_table_add(&v, make_key(&seed, key));
    struct slice *before = calloc(v.count, sizeof *before);
    bool *seen = calloc(v.count, sizeof *seen);
    for (uint32_t i = 0; i < v.count; i++)
        before[i] = term_table_key(&v, i);
    struct term_entry *scratch = calloc(v.count, sizeof *scratch);
    term_table_sort(&v, scratch);
    for (uint32_t i = 0; i < v.count; i++) {
        const struct term_slot *slot = term_table_sorted(&v, i);
        struct slice k = slice_of(v.text + slot->text, slot->size);
        assert_true(slice_equal(k, before[v.entries[i].number]));
        assert_false(seen[v.entries[i].number]);
        seen[v.entries[i].number] = true;
        if (i)
            assert_true(slice_compare(last, k) < 0);
        last = k;
    }
    free(before);
    free(seen);
    free(scratch);
    term_table_release(&v);
}

/* Full, it says so and keeps what it has; cleared, it takes new keys. */
static void full_and_cleared(void **state)
{
    (void)state;
    struct term_table v;
    assert_true(term_table_init(&v, 1 << 16));
    uint32_t n = 0, number;
    do {
        char key[8];
        memcpy(key, &n, 4);
        memset(key + 4, 'k', 4);
        number = term_table_add(&v, slice_of(key, sizeof key));
        if (number != TERM_TABLE_NONE)
            assert_int_equal(number, n);
        n++;
    } while (number != TERM_TABLE_NONE);
    assert_int_equal(v.count, n - 1);
    assert_true(n > 100);
    struct term_probe probe;
    term_table_probe(&v, SLICE("one more"), &probe);
    assert_int_equal(term_table_count(&v, &probe), TERM_TABLE_NONE);
    term_table_clear(&v);
    assert_int_equal(term_table_add(&v, SLICE("new")), 0);
    term_table_release(&v);
}

/* Byte by byte, and whatever stands behind the key. */
static void short_keys_are_packed(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int turn = 0; turn < 2000; turn++) {
        char text[SHORT_KEY_BYTES + 1];
        uint8_t model[2 * sizeof(uint64_t)] = {0};
        struct short_key key = {0}, ahead;
        size_t size = 1 + random_below(&seed, SHORT_KEY_BYTES);
        for (size_t i = 0; i < sizeof text; i++)
            text[i] = (char)random_below(&seed, 256);
        memcpy(model, text, size);
        model[sizeof model - 1] = (uint8_t)size;
        short_key_pack(slice_of(text, size), &key.low, &key.high);
        ahead = short_key_ahead(slice_of(text, size));
        assert_true(key.low == load_le64(model) && key.high == load_le64(model + 8));
        assert_true(ahead.low == key.low && ahead.high == key.high);
    }
    struct short_key none = short_key_ahead(SLICE("a word of many bytes"));
    assert_true(none.low == 0 && none.high == 0);
}

static void short_keys_are_found(void **state)
{
    (void)state;
    struct term_table v;
    assert_true(term_table_init(&v, 1 << 16));
    for (int i = 0; i < 100; i++) {
        char text[SHORT_KEY_BYTES + 1] = "";
        snprintf(text, sizeof text, "w%d", i);
        struct slice word = slice_of_string(text);
        struct short_key key = short_key_ahead(word);
        assert_int_equal(term_table_look(&v, term_table_place(&v, key), key)->number, 0);
        assert_int_equal(term_table_add(&v, word), i);
        assert_int_equal(term_table_look(&v, term_table_place(&v, key), key)->number, i + 1);
    }
    term_table_release(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_key_same_number), cmocka_unit_test(sorted_bytewise),
        cmocka_unit_test(full_and_cleared),     cmocka_unit_test(short_keys_are_packed),
        cmocka_unit_test(short_keys_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
