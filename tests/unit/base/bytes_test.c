#include "base/bytes.h"

#include "base/endian.h"
#include "base/memory.h"
#include "random.h"
#include "unit/unit.h"

static void appends_like_a_plain_array(void **state)
{
    static uint8_t model[1 << 20];
    struct bytes b = {0};
    size_t size = 0;
    uint64_t random = 3;
    (void)state;
    while (size < sizeof model - 4096) {
        size_t n = random_below(&random, 4096);
        for (size_t i = 0; i < n; i++)
            model[size + i] = (uint8_t)random_next(&random);
        bytes_append(&b, model + size, n);
        size += n;
    }
    assert_int_equal(b.status, STATUS_OK);
    assert_int_equal(b.size, size);
    assert_memory_equal(b.data, model, size);
    bytes_release(&b);
    bytes_release(&b);
    assert_null(b.data);
}

static void writes_little_endian(void **state)
{
    struct bytes b = {0};
    (void)state;
    bytes_put_u8(&b, 0x01);
    bytes_put_le16(&b, 0x0203);
    bytes_put_le32(&b, 0x04050607);
    bytes_put_le64(&b, 0x08090A0B0C0D0E0F);
    const uint8_t expected[] = {1, 3, 2, 7, 6, 5, 4, 15, 14, 13, 12, 11, 10, 9, 8};
    assert_int_equal(b.size, sizeof expected);
    assert_memory_equal(b.data, expected, sizeof expected);
    assert_int_equal(load_le16(b.data + 1), 0x0203);
    assert_int_equal(load_le32(b.data + 3), 0x04050607);
    assert_int_equal(load_le64(b.data + 7), 0x08090A0B0C0D0E0F);
    bytes_release(&b);
}

static void formats_zeros_and_strings(void **state)
{
    struct bytes b = {0};
    (void)state;
    bytes_append_string(&b, "a");
    bytes_format(&b, "%d-%s", 17, "x");
    bytes_append_zeros(&b, 3);
    bytes_append_slice(&b, SLICE("end"));
    bytes_append_slice(&b, (struct slice){0});
    assert_true(slice_equal(bytes_slice(&b), SLICE("a17-x\0\0\0end")));
    for (int i = 0; i < 100; i++)
        bytes_format(&b, "%0100d", i);
    assert_int_equal(b.size, 11 + 100 * 100);
    assert_memory_equal(b.data + b.size - 2, "99", 2);
    bytes_clear(&b);
    assert_int_equal(b.size, 0);
    bytes_release(&b);
}

static void failure_is_sticky_and_keeps_what_was_there(void **state)
{
    struct bytes b = {0};
    (void)state;
    bytes_append_string(&b, "kept");
    memory_fail_at(1, 0);
    bytes_append_zeros(&b, 100000);
    memory_fail_at(0, 0);
    assert_int_equal(b.status, STATUS_NO_MEMORY);
    bytes_append_string(&b, "x");
    bytes_put_u8(&b, 'y');
    bytes_put_le32(&b, 1);
    bytes_format(&b, "%d", 1);
    assert_null(bytes_extend(&b, 1));
    assert_false(bytes_reserve(&b, 1));
    assert_true(slice_equal(bytes_slice(&b), SLICE("kept")));
    bytes_clear(&b);
    bytes_append_string(&b, "again");
    assert_true(slice_equal(bytes_slice(&b), SLICE("again")));
    bytes_release(&b);
}

static void refuses_sizes_that_overflow(void **state)
{
    struct bytes b = {0};
    (void)state;
    bytes_append_string(&b, "kept");
    assert_false(bytes_reserve(&b, SIZE_MAX));
    assert_int_equal(b.status, STATUS_NO_MEMORY);
    bytes_release(&b);
    assert_null(bytes_extend(&b, SIZE_MAX - 2));
    bytes_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(appends_like_a_plain_array),
        cmocka_unit_test(writes_little_endian),
        cmocka_unit_test(formats_zeros_and_strings),
        cmocka_unit_test(failure_is_sticky_and_keeps_what_was_there),
        cmocka_unit_test(refuses_sizes_that_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
