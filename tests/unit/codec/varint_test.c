#include "unit/unit.h"

#include "codec/reader.h"
#include "codec/varint_put.h"
#include "random.h"

/* Both ways to read say the same, however many bytes there are. */
static void compare(const uint8_t *at, size_t size)
{
    uint64_t slow = 1, fast = 1;
    const uint8_t *behind = varint_read(at, at + size, &slow);
    assert_ptr_equal(varint_read_fast(at, at + size, &fast), behind);
    assert_true(slow == fast);
}

static void put(struct bytes *out, uint64_t value)
{
    uint64_t back;
    bytes_clear(out);
    varint_put(out, value);
    size_t size = 1;
    for (uint64_t left = value; left >= 128; left /= 128)
        size++;
    assert_int_equal(out->size, size);
    assert_ptr_equal(varint_read(out->data, out->data + out->size, &back), out->data + out->size);
    assert_true(back == value);
    uint8_t room[2 * VARINT_MOST_BYTES];
    memset(room, 0xFF, sizeof room);
    memcpy(room, out->data, out->size);
    for (size_t more = 0; more <= VARINT_MOST_BYTES; more++)
        compare(room, out->size + more);
    /* Not one byte less. */
    assert_null(varint_read(out->data, out->data + out->size - 1, &back));
}

static void test_every_length(void **state)
{
    (void)state;
    struct bytes out = {0};
    uint64_t random = 1;
    put(&out, 0);
    put(&out, UINT64_MAX);
    for (int bits = 0; bits < 64; bits++) {
        put(&out, (uint64_t)1 << bits);
        put(&out, ((uint64_t)1 << bits) - 1);
        for (int i = 0; i < 100; i++)
            put(&out, random_next(&random) >> bits);
    }
    bytes_release(&out);
}

static void test_known_bytes(void **state)
{
    (void)state;
    static const uint8_t bytes[] = {0xAC, 0x02}; /* 300 */
    uint64_t value;
    assert_ptr_equal(varint_read(bytes, bytes + 2, &value), bytes + 2);
    assert_int_equal(value, 300);
}

static bool reads(const char *bytes, size_t size)
{
    const uint8_t *at = (const uint8_t *)bytes;
    uint64_t value;
    return varint_read(at, at + size, &value) != NULL;
}

static void test_hostile(void **state)
{
    (void)state;
    assert_false(reads("", 0));
    assert_false(reads("\x80", 1));
    assert_false(reads("\x80\x00", 2)); /* not the shortest */
    assert_false(reads("\xFF\xFF\x00", 3));
    assert_true(reads("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01", 10));      /* 2^64 - 1 */
    assert_false(reads("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02", 10));     /* 65 bits */
    assert_false(reads("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x81\x00", 11)); /* eleven bytes */
}

/* Bytes that are mostly tops, or zeros: numbers of every length, whole, cut short, too long. */
static void test_any_bytes(void **state)
{
    (void)state;
    uint8_t bytes[2 * VARINT_MOST_BYTES];
    uint64_t random = 7;
    for (int turn = 0; turn < 200000; turn++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            uint8_t byte = (uint8_t)random_below(&random, 256);
            uint8_t last = turn % 3 ? byte & 0x7F : 0;
            bytes[i] = random_below(&random, 8) ? byte | 0x80 : last;
        }
        compare(bytes, random_below(&random, sizeof bytes + 1));
    }
}

static void test_reader_is_sticky(void **state)
{
    (void)state;
    struct reader reader = reader_of(SLICE("\x03"
                                           "abc"
                                           "\x05"
                                           "xy"));
    assert_true(slice_equal(reader_string(&reader), SLICE("abc")));
    assert_true(reader.ok);
    assert_int_equal(reader_string(&reader).size, 0);
    assert_false(reader.ok);
    assert_int_equal(reader_varint(&reader), 0);
    assert_int_equal(reader_le64(&reader), 0);
    assert_false(reader_done(&reader));
    reader = reader_of((struct slice){0});
    assert_true(reader_done(&reader));
    assert_int_equal(reader_varint(&reader), 0);
    assert_false(reader.ok);
    reader = reader_of(SLICE("\x80\x80\x80\x80\x10"));
    assert_int_equal(reader_varint32(&reader), 0);
    assert_false(reader.ok);
    reader =
        reader_of(SLICE("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01")); /* a size that would wrap */
    assert_int_equal(reader_string(&reader).size, 0);
    assert_false(reader.ok);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_length),     cmocka_unit_test(test_known_bytes),
        cmocka_unit_test(test_hostile),          cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_reader_is_sticky),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
