#include "base/hash.h"

#include "random.h"
#include "unit/unit.h"

/* From xxHash's own specification: XXH3 of no bytes, seed 0. */
static void agrees_with_the_specification(void **state)
{
    (void)state;
    assert_true(hash_bytes("", 0) == 0x2D06800538D394C2u);
    struct hash128 h = hash_bytes_128("", 0);
    assert_true(h.high == 0x99AA06D3014798D8u && h.low == 0x6001C324468D497Fu);
}

static void a_stream_is_the_same_as_one_call(void **state)
{
    static uint8_t data[20000];
    uint64_t random = 5;
    struct hash_stream *stream = hash_stream_open();
    (void)state;
    assert_non_null(stream);
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (uint8_t)random_next(&random);
    for (size_t size = 0; size <= sizeof data;
         size += size < 600 ? 1 : 1 + random_below(&random, 700)) {
        hash_stream_reset(stream);
        for (size_t at = 0, n; at < size; at += n) {
            n = 1 + random_below(&random, size - at);
            hash_stream_add(stream, data + at, n);
        }
        struct hash128 whole = hash_bytes_128(data, size), pieces = hash_stream_value_128(stream);
        assert_true(hash_stream_value(stream) == hash_bytes(data, size));
        assert_true(whole.low == pieces.low && whole.high == pieces.high);
    }
    hash_stream_close(stream);
    hash_stream_close(NULL);
}

static void the_key_matters_and_stays(void **state)
{
    (void)state;
    assert_true(hash_keyed("word", 4, 1) != hash_keyed("word", 4, 2));
    assert_true(hash_keyed("word", 4, 0) == hash_bytes("word", 4));
    assert_true(hash_process_key() == hash_process_key());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_specification),
        cmocka_unit_test(a_stream_is_the_same_as_one_call),
        cmocka_unit_test(the_key_matters_and_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
