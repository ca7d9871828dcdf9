/* What the check says of grams that contradict their words, their rule or themselves. */
#include "unit/store/check_fixture.h"

/* Three hundred articles of few words, with lists of grams of up to three of them. */
static void make(void)
{
    sample_make(&sample, &(struct sample_options){91, 300, 5, 4, 12, 0, true});
    sample_add_grams(&sample, &(struct gram_rule){3, 40, 0, 12, 90, 2, 0});
}

/* The first gram of so many words and at least so many articles. */
static struct sample_gram *gram_of(uint32_t words, uint32_t articles)
{
    struct sample_gram *gram = sample.grams;
    while (gram->count != words || gram->article_count < articles)
        gram++;
    assert_true(gram < sample.grams + sample.gram_count);
    return gram;
}

static struct gram_article *articles_of(struct sample_gram *gram)
{
    return sample.gram_articles + (gram->articles - sample.gram_articles);
}

static void remove_gram(struct sample_gram *gram)
{
    size_t behind = (size_t)(sample.grams + sample.gram_count - gram - 1);
    memmove(gram, gram + 1, behind * sizeof *gram);
    sample.gram_count--;
}

static void test_good(void **state)
{
    (void)state;
    make();
    expect(NULL);
}

static void test_rule(void **state)
{
    (void)state;
    make();
    sample.rule.bound = GRAM_RULE_MOST;
    expect("it is not one that the rule picks");
    make();
    sample.rule.least_df = 41 + gram_of(2, 128)->article_count;
    expect("it is not one that the rule picks");
    make();
    remove_gram(gram_of(2, 128));
    expect("it is not one that the rule picks");
}

static void test_terms(void **state)
{
    (void)state;
    make();
    sample.grams[0].terms[0] = 0; /* of a column */
    expect("a term that is no word");
    make();
    sample.grams[sample.gram_count - 1].terms[2] = (uint32_t)sample.term_count;
    expect("a term that is no word");
}

static void test_occurrences(void **state)
{
    (void)state;
    make();
    articles_of(gram_of(2, 128))[5].tf = 17;
    expect("an article has it more often than it can");
    make();
    articles_of(gram_of(2, 128))[5].tf = 1 << 20;
    expect("it has more occurrences than what it is made of");
    make();
    struct gram_article *article = articles_of(gram_of(2, 128));
    while (article->title_tf == 0)
        article++;
    article->title_tf = article->tf = 5;
    expect("an article has it more often than it can");
}

static void test_ranks(void **state)
{
    (void)state;
    make();
    struct sample_gram *gram = gram_of(2, 200);
    articles_of(gram)[gram->article_count - 1].place = 300;
    expect("its lists contradict themselves");
    make();
    gram = gram_of(3, 20); /* articles, not ranks; one block has nothing beside it */
    articles_of(gram)[gram->article_count - 1].place = 300;
    expect("its lists cannot be opened");
}

static void test_impacts(void **state)
{
    (void)state;
    make();
    sample.model.title_extra += 1;
    expect("the bound of a block is not that of its articles");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),  cmocka_unit_test(test_rule),
        cmocka_unit_test(test_terms), cmocka_unit_test(test_occurrences),
        cmocka_unit_test(test_ranks), cmocka_unit_test(test_impacts),
    };
    return cmocka_run_group_tests(tests, open_scratch, close_scratch);
}
