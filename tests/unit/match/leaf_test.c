/* Words and phrases against the sample's arrays: which articles, how often, where. */
#include "match/phrase.h"
#include "match/term.h"
#include "random.h"
#include "unit/match/wanted.h"
#include "unit/unit.h"

enum { PHRASE_MOST = 5 };

static struct match_leaf *make_leaf(const struct wanted *wanted)
{
    const struct match_source *source = &wanted->stage->source;
    if (wanted->count == 1)
        return match_term(source, wanted->terms[0], wanted->titles, 7);
    return match_phrase(source, wanted->terms, wanted->count, wanted->titles, 7);
}

/* --- Tests -------------------------------------------------------------------------------------*/

static const struct sample_options shapes[] = {
    {.seed = 1, .articles = 3000, .vocabulary = 40, .title_words = 5, .body_words = 40},
    {.seed = 2, .articles = 400, .vocabulary = 3, .title_words = 3, .body_words = 60},
    {.seed = 3, .articles = 150, .vocabulary = 2000, .title_words = 4, .body_words = 30},
    {.seed = 4, .articles = 1, .vocabulary = 10, .title_words = 6, .body_words = 30},
};

/* A word of titles alone is only asked for where some title may hold it: the planner sees to that.
 */
static bool may_be_in_title(const struct term *term)
{
    return term->one_article || term->titles.df;
}

static void test_terms(void **state)
{
    (void)state;
    for (size_t shape = 0; shape < sizeof shapes / sizeof *shapes; shape++) {
        struct stage stage;
        stage_open(&stage, &shapes[shape]);
        for (size_t i = 0; i < stage.term_count; i += 1 + i / 8)
            for (int titles = 0; titles < 2; titles++) {
                struct wanted wanted = {.stage = &stage, .titles = titles, .make = make_leaf};
                wanted_take(&wanted, i);
                if (!titles || may_be_in_title(wanted.terms[0]))
                    wanted_check(&wanted, i);
            }
        stage_close(&stage);
    }
}

static void test_phrases(void **state)
{
    uint64_t seed = 6;
    (void)state;
    for (size_t shape = 0; shape < sizeof shapes / sizeof *shapes; shape++) {
        struct stage stage;
        stage_open(&stage, &shapes[shape]);
        for (size_t tries = 0; tries < 40; tries++) {
            struct wanted wanted = {
                .stage = &stage, .titles = random_below(&seed, 3) == 0, .make = make_leaf};
            size_t count = 2 + random_below(&seed, PHRASE_MOST - 1),
                   most = 1 + random_below(&seed, stage.term_count);
            bool may = true;
            for (size_t i = 0; i < count; i++)
                wanted_take(&wanted, random_below(&seed, most));
            for (size_t i = 0; i < count; i++)
                may = may && may_be_in_title(wanted.terms[i]);
            if (!wanted.titles || may)
                wanted_check(&wanted, tries);
        }
        stage_close(&stage);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_terms),
                                       cmocka_unit_test(test_phrases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
