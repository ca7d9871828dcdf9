/* What the check says of classes that contradict their words, their rule or themselves. */
#include "unit/store/check_fixture.h"
#include "unit/store/sample_classes.h"

static void make(void (*spoil)(struct sample_class *class))
{
    sample_make(&sample, &(struct sample_options){91, 300, 30, 4, 12, 0, true});
    sample_add_classes(&sample, &(struct class_rule){1200, 12}, 5, 7);
    sample.spoil_class = spoil;
}

static void test_sound(void **state)
{
    (void)state;
    make(NULL);
    expect(NULL);
}

/* The list stays as it is where there is one, so only those without are spoilt. */
static void one_article_more(struct sample_class *class)
{
    class->df += !class->has_list;
}

static void test_another_df(void **state)
{
    (void)state;
    make(one_article_more);
    sample.class_rule.bound = UINT32_MAX / 4;
    expect("its articles are not those of its words");
}

static void other_count(struct sample_class *class)
{
    class->articles[class->df / 2].tf++;
}

static void test_another_count(void **state)
{
    (void)state;
    make(other_count);
    expect("an article's counts are not those of its words");
}

static void other_title_count(struct sample_class *class)
{
    for (uint32_t i = 0; i < class->df; i++)
        if (class->articles[i].title_tf > 1) {
            class->articles[i].title_tf--;
            return;
        }
}

static void test_another_title_count(void **state)
{
    (void)state;
    make(other_title_count);
    expect("an article's counts are not those of its words");
}

static void no_list(struct sample_class *class)
{
    class->has_list = false;
}

static void test_a_list_left_out(void **state)
{
    (void)state;
    make(no_list);
    expect("it has a list, or none, against the rule");
}

static void always_a_list(struct sample_class *class)
{
    class->has_list = class->df > 1;
}

static void test_a_list_too_much(void **state)
{
    (void)state;
    make(always_a_list);
    sample.class_rule.bound = UINT32_MAX / 4;
    expect("it has a list, or none, against the rule");
}

static void another_word(struct sample_class *class)
{
    class->terms[0] = class->terms[1] - 1;
}

static void test_another_word(void **state)
{
    (void)state;
    make(another_word);
    expect("classes: ");
}

static void test_one_language(void **state)
{
    (void)state;
    make(NULL);
    sample.moduli[1] = 0; /* then there is one, and it is sound */
    expect(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sound),           cmocka_unit_test(test_another_df),
        cmocka_unit_test(test_another_count),   cmocka_unit_test(test_another_title_count),
        cmocka_unit_test(test_a_list_left_out), cmocka_unit_test(test_a_list_too_much),
        cmocka_unit_test(test_another_word),    cmocka_unit_test(test_one_language),
    };
    return cmocka_run_group_tests(tests, open_scratch, close_scratch);
}
