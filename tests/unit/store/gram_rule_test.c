/* The rule of grams against arithmetic of any length, at its edges and where 64 bits do not do. */
#include "unit/unit.h"

#include <string.h>

#include "random.h"
#include "store/gram_rule.h"

/* Numbers of 128 bits as four digits of 32: by hand, as nobody would do it twice. */
struct wide {
    uint64_t digits[4];
};

static struct wide wide_of(uint64_t value)
{
    return (struct wide){{value & UINT32_MAX, value >> 32, 0, 0}};
}

static struct wide add(struct wide a, struct wide b)
{
    struct wide sum = {{0}};
    for (uint64_t i = 0, carry = 0; i < 4; i++) {
        carry += a.digits[i] + b.digits[i];
        sum.digits[i] = carry & UINT32_MAX;
        carry >>= 32;
    }
    return sum;
}

static struct wide multiply(struct wide a, struct wide b)
{
    struct wide product = {{0}};
    for (int i = 0; i < 4; i++)
        for (int k = 0; i + k < 4; k++) {
            struct wide part = {{0}};
            uint64_t digit = a.digits[i] * b.digits[k];
            part.digits[i + k] = digit & UINT32_MAX;
            if (i + k < 3)
                part.digits[i + k + 1] = digit >> 32;
            else
                assert_int_equal(digit >> 32, 0);
            product = add(product, part);
        }
    return product;
}

static bool not_less(struct wide a, struct wide b)
{
    for (int i = 3; i >= 0; i--)
        if (a.digits[i] != b.digits[i])
            return a.digits[i] > b.digits[i];
    return true;
}

static bool model_pair(const struct gram_rule *rule, uint32_t articles, uint32_t left,
                       uint32_t right)
{
    uint32_t less = left < right ? left : right, more = left < right ? right : left;
    struct wide each = add(multiply(wide_of(rule->look_up), wide_of(articles)),
                           multiply(wide_of(rule->candidate), wide_of(more)));
    return not_less(multiply(wide_of(less), each),
                    multiply(wide_of(rule->bound), wide_of(articles)));
}

static struct gram_rule draw_rule(uint64_t *random)
{
    struct gram_rule rule = gram_rule_default();
    if (random_below(random, 2))
        return rule;
    rule.bound = random_below(random, GRAM_RULE_MOST + 1);
    rule.look_up = random_below(random, GRAM_RULE_MOST + 1) >> random_below(random, 32);
    rule.candidate = random_below(random, GRAM_RULE_MOST + 1) >> random_below(random, 32);
    return rule;
}

static void test_pair(void **state)
{
    (void)state;
    uint64_t random = 61;
    unsigned passed = 0;
    for (int i = 0; i < 200000; i++) {
        struct gram_rule rule = draw_rule(&random);
        uint32_t articles = 1 + (uint32_t)random_below(&random, INT32_MAX) %
                                    ((uint32_t)1 << random_below(&random, 31));
        uint32_t left = 1 + (uint32_t)random_below(&random, articles);
        uint32_t right = 1 + (uint32_t)random_below(&random, articles);
        bool expected = model_pair(&rule, articles, left, right);
        assert_int_equal(gram_rule_pair(&rule, articles, left, right), expected);
        assert_int_equal(gram_rule_pair(&rule, articles, right, left), expected);
        if (expected && left < articles)
            assert_true(gram_rule_pair(&rule, articles, left + 1, right));
        if (expected)
            assert_true(gram_rule_word(&rule, articles, left) &&
                        gram_rule_word(&rule, articles, right));
        passed += expected;
    }
    assert_true(passed > 1000 && passed < 199000);
}

static const struct gram_rule plain_rule = {8, 1500, 100000, 12, 90, 2, 0};

/* 1,000 articles; looking up costs 12, a candidate 90, the bound is 100,000: with a word of 1,000
 * articles 102 each, so that 981 are enough (100,062) and 980 are not (99,960). */
static void test_edges(void **state)
{
    (void)state;
    struct gram_rule rule = plain_rule;
    assert_true(gram_rule_pair(&rule, 1000, 981, 1000));
    assert_false(gram_rule_pair(&rule, 1000, 980, 1000));
    assert_true(gram_rule_word(&rule, 1000, 981));
    assert_false(gram_rule_word(&rule, 1000, 980));
    assert_true(gram_rule_pair(&rule, INT32_MAX, INT32_MAX, INT32_MAX));
    rule.bound = 1;
    assert_true(gram_rule_pair(&rule, INT32_MAX, 1, 1));
    rule.bound = rule.look_up + 1;
    assert_false(gram_rule_pair(&rule, INT32_MAX, 1, 1));
}

static void test_longer(void **state)
{
    (void)state;
    struct gram_rule rule = plain_rule;
    assert_true(gram_rule_longer(&rule, 1500, 1500));
    assert_false(gram_rule_longer(&rule, 1499, 9999));
    assert_false(gram_rule_longer(&rule, 9999, 1499));
}

static void test_leader(void **state)
{
    (void)state;
    assert_int_equal(gram_rule_leader((uint32_t[]){5, 5}, 2), 0);
    assert_int_equal(gram_rule_leader((uint32_t[]){5, 4}, 2), 1);
    assert_int_equal(gram_rule_leader((uint32_t[]){7, 4, 4, 9}, 4), 1);
}

static void test_ranked(void **state)
{
    (void)state;
    struct gram_rule rule = plain_rule;
    rule.ranked_words = 3;
    rule.dense = 8;
    assert_true(gram_rule_ranked(&rule, 801, 3, 100));
    assert_false(gram_rule_ranked(&rule, 800, 3, 100));
    assert_false(gram_rule_ranked(&rule, 801, 4, 100));
    rule.dense = 4; /* 2^32, in numbers of 32 bits nothing */
    assert_false(gram_rule_ranked(&rule, INT32_MAX, 2, 1 << 30));
    rule.dense = UINT32_MAX;
    assert_false(gram_rule_ranked(&rule, INT32_MAX, 2, INT32_MAX));
    rule.dense = 0;
    assert_true(gram_rule_ranked(&rule, 1, 2, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pair),   cmocka_unit_test(test_edges),  cmocka_unit_test(test_longer),
        cmocka_unit_test(test_leader), cmocka_unit_test(test_ranked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
