#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "store/key.h"

static void test_short(void **state)
{
    (void)state;
    struct bytes key = {0};
    static const char *const fields[] = {"\x01sTide",
                                         "\x01"
                                         "aTide",
                                         "\x01gTide", "\x01lTide"};
    for (int field = 0; field < 4; field++) {
        key_write(&key, KEY_VALUE, field, SLICE("Tide"));
        assert_true(slice_equal(bytes_slice(&key), slice_of_string(fields[field])));
    }
    key_write(&key, KEY_VALUE_WORD, 1, SLICE("b"));
    assert_true(slice_equal(bytes_slice(&key), SLICE("\x02"
                                                     "ab")));
    key_write(&key, KEY_VALUE, 0, (struct slice){0});
    assert_true(slice_equal(bytes_slice(&key), SLICE("\x01s")));
    bytes_release(&key);
}

static void test_longest(void **state)
{
    (void)state;
    struct bytes key = {0};
    char text[1025];
    memset(text, 'x', sizeof text);
    key_write(&key, KEY_VALUE, 0, slice_of(text, 1024));
    assert_int_equal(key.size, KEY_MAX_BYTES);
    assert_memory_equal(key.data + 2, text, 1024);
    key_write(&key, KEY_VALUE, 0, slice_of(text, 1025));
    assert_int_equal(key.size, KEY_MAX_BYTES);
    assert_memory_equal(key.data + 2, text, 991);
    struct hash128 hash = hash_bytes_128(text, 1025);
    char digits[34];
    snprintf(digits, sizeof digits, "#%016llx%016llx", (unsigned long long)hash.high,
             (unsigned long long)hash.low);
    assert_memory_equal(key.data + 2 + 991, digits, 33);
    bytes_release(&key);
}

/* A character that does not fit in 991 bytes is left out whole. */
static void test_cut_between_characters(void **state)
{
    (void)state;
    struct bytes key = {0};
    char text[1200];
    for (size_t i = 0; i + 1 < sizeof text; i += 2)
        memcpy(text + i, "\xC3\xA9", 2);
    key_write(&key, KEY_VALUE_WORD, 3, slice_of(text, 1200));
    assert_int_equal(key.size, 2 + 990 + 33);
    assert_int_equal(key.data[2 + 990], '#');
    bytes_release(&key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_short),
        cmocka_unit_test(test_longest),
        cmocka_unit_test(test_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
