#include "unit/unit.h"

#include "random.h"
#include "store/impact.h"
#include "store/norm.h"

static void check_rounding(double impact)
{
    uint32_t up = impact_ceiling(impact), down = impact_floor(impact);
    assert_true(up / 65535.0 >= impact && (up == 0 || (up - 1) / 65535.0 < impact));
    assert_true(down / 65535.0 <= impact && (down == 65535 || (down + 1) / 65535.0 > impact));
}

static void test_rounding(void **state)
{
    (void)state;
    uint64_t random = 61;
    for (uint32_t q = 0; q <= 65535; q++) {
        double exact = q / 65535.0, unit = 1 / 9007199254740992.0;
        check_rounding(exact);
        if (q < 65535)
            check_rounding(exact * (1 + unit * 2));
        check_rounding(exact * (1 - unit));
    }
    for (int i = 0; i < 1000000; i++)
        check_rounding((double)(random_next(&random) >> 11) / 9007199254740992.0);
}

static void test_out_of_range(void **state)
{
    (void)state;
    assert_int_equal(impact_ceiling(1), 65535);
    assert_int_equal(impact_floor(1), 65535);
    assert_int_equal(impact_ceiling(0.0 / 0.0), 65535);
    assert_int_equal(impact_ceiling(2), 65535);
}

/* The formula, written out for one article: 100 words where the average is 80. */
static void test_formula(void **state)
{
    (void)state;
    struct impact_model model;
    struct settings settings = {.article_count = 3,
                                .length_sum = 240,
                                .k1_thousandths = 1200,
                                .b_thousandths = 600,
                                .title_weight_thousandths = 3000};
    impact_model_init(&model, &settings);
    uint8_t norm = norm_of_length(96);
    assert_int_equal(norm_length(norm), 96);
    double saturation = 1.2 * (0.4 + 0.6 * 96 / 80), weighted = 5 + 2 * 2;
    double difference = impact_of(&model, 5, 2, norm) - weighted / (weighted + saturation);
    assert_true(difference < 1e-12 && difference > -1e-12);
}

static void test_empty_index(void **state)
{
    (void)state;
    struct impact_model model;
    struct settings settings = {
        .k1_thousandths = 1200, .b_thousandths = 600, .title_weight_thousandths = 1000};
    impact_model_init(&model, &settings);
    assert_true(impact_of(&model, 1, 0, 0) > 0 && impact_of(&model, 1, 0, 0) < 1);
}

static void test_rises_and_falls(void **state)
{
    (void)state;
    struct impact_model model;
    struct settings settings = {.article_count = 10,
                                .length_sum = 1000,
                                .k1_thousandths = 1200,
                                .b_thousandths = 600,
                                .title_weight_thousandths = 3000};
    impact_model_init(&model, &settings);
    for (uint32_t tf = 2; tf < 1000; tf++)
        assert_true(impact_of(&model, tf, 0, 50) > impact_of(&model, tf - 1, 0, 50));
    for (int norm = 1; norm < 256; norm++)
        assert_true(impact_of(&model, 3, 1, (uint8_t)norm) <=
                    impact_of(&model, 3, 1, (uint8_t)(norm - 1)));
}

/* What is looked up is what would be worked out, and a greater impact has no smaller code. */
static void test_table(void **state)
{
    (void)state;
    struct settings settings = {.article_count = 10,
                                .length_sum = 800,
                                .k1_thousandths = 1200,
                                .b_thousandths = 600,
                                .title_weight_thousandths = 3000};
    struct impact_model plain, model;
    struct impact_table table;
    impact_model_init(&plain, &settings);
    impact_model_init(&model, &settings);
    impact_table_init(&table, &model);
    for (uint32_t tf = 1; tf <= IMPACT_TABLE_TFS + 2; tf++)
        for (uint32_t i = 0; i < 512; i++) {
            uint32_t title_tf = i / 256;
            double impact = impact_of(&plain, tf, title_tf, (uint8_t)i);
            uint32_t code = impact_code_by_table(&model, tf, title_tf, (uint8_t)i);
            assert_true(impact_by_table(&model, tf, title_tf, (uint8_t)i) == impact);
            assert_int_equal(code >> 16, impact_ceiling(impact));
            assert_int_equal(code & 0xFFFF, impact_floor(impact));
            assert_true(code >= impact_code(impact * 0.999) && code <= impact_code(impact * 1.001));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rounding),        cmocka_unit_test(test_out_of_range),
        cmocka_unit_test(test_formula),         cmocka_unit_test(test_empty_index),
        cmocka_unit_test(test_rises_and_falls), cmocka_unit_test(test_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
