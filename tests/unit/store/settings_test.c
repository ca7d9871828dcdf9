#include "base/bytes.h"
#include "unit/unit.h"

#include "store/settings.h"

static const struct settings good = {.article_count = 7,
                                     .word_count = 5000000000,
                                     .title_word_count = 70,
                                     .length_sum = 4900000000,
                                     .k1_thousandths = 1200,
                                     .b_thousandths = 600,
                                     .title_weight_thousandths = 3000,
                                     .has_text = true,
                                     .lang = "de"};

static enum status read_back(const struct settings *given, struct settings *back)
{
    struct bytes chunk = {0};
    settings_write(given, &chunk);
    assert_int_equal(chunk.size, 64);
    enum status status = settings_read(bytes_slice(&chunk), back);
    bytes_release(&chunk);
    return status;
}

static void test_round_trip(void **state)
{
    (void)state;
    struct settings back;
    assert_int_equal(read_back(&good, &back), STATUS_OK);
    assert_int_equal(back.article_count, 7);
    assert_true(back.word_count == 5000000000 && back.length_sum == 4900000000);
    assert_int_equal(back.title_word_count, 70);
    assert_int_equal(back.k1_thousandths, 1200);
    assert_int_equal(back.b_thousandths, 600);
    assert_int_equal(back.title_weight_thousandths, 3000);
    assert_true(back.has_text);
    assert_string_equal(back.lang, "de");
}

static void test_out_of_range(void **state)
{
    (void)state;
    struct settings back, bad;
#define REFUSED(change) \
    bad = good;         \
    bad.change;         \
    assert_int_equal(read_back(&bad, &back), STATUS_CORRUPT)
    REFUSED(article_count = STORE_MAX_ARTICLES + 1u);
    REFUSED(article_count = 0);
    REFUSED(title_word_count = 5000000001);
    REFUSED(length_sum = 5000000001);
    REFUSED(k1_thousandths = 100001);
    REFUSED(b_thousandths = 1001);
    REFUSED(title_weight_thousandths = 999);
    REFUSED(title_weight_thousandths = 64001);
    REFUSED(lang[15] = 'x');
    bad = good;
    memset(bad.lang, 'x', sizeof bad.lang);
    assert_int_equal(read_back(&bad, &back), STATUS_CORRUPT);
}

static void test_other_bytes(void **state)
{
    (void)state;
    struct settings back;
    struct bytes chunk = {0};
    settings_write(&good, &chunk);
    assert_int_equal(settings_read(slice_of(chunk.data, 63), &back), STATUS_CORRUPT);
    assert_int_equal(settings_read((struct slice){0}, &back), STATUS_CORRUPT);
    chunk.data[4] = 2; /* an unknown flag */
    assert_int_equal(settings_read(bytes_slice(&chunk), &back), STATUS_CORRUPT);
    chunk.data[4] = 1;
    chunk.data[47] = 1;
    assert_int_equal(settings_read(bytes_slice(&chunk), &back), STATUS_CORRUPT);
    bytes_release(&chunk);
}

static void test_body_start(void **state)
{
    (void)state;
    assert_int_equal(settings_body_start(0), 0);
    assert_int_equal(settings_body_start(1), 1025);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_out_of_range),
        cmocka_unit_test(test_other_bytes),
        cmocka_unit_test(test_body_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
