/* Phrases by grams and words, whatever has a list, against the sample's arrays. */
#include "match/gram.h"
#include "random.h"
#include "search/cover.h"
#include "unit/match/wanted.h"
#include "unit/unit.h"

static struct grams grams;
static size_t wholes, absents, covers, links; /* made so far */

static void find_cover(const struct wanted *wanted, struct cover *cover)
{
    const struct stage *stage = wanted->stage;
    assert_true(cover_find(&stage->source, &grams, stage->sample.options.articles, wanted->terms,
                           wanted->count, cover));
}

static struct match_leaf *make_covered(const struct wanted *wanted)
{
    const struct match_source *source = &wanted->stage->source;
    struct cover cover;
    find_cover(wanted, &cover);
    assert_false(cover.absent);
    if (cover.part_count == 1)
        return match_gram(source, cover.parts->gram, wanted->terms, wanted->count, 7);
    return match_phrase_of_parts(source, wanted->terms, wanted->count, cover.parts,
                                 cover.part_count, 7);
}

/* --- Phrases -----------------------------------------------------------------------------------*/

static bool stands_at(const struct sample_term *term, uint32_t doc, uint32_t position)
{
    for (size_t i = 0; i < term->count; i++)
        for (uint32_t k = 0; term->postings[i].doc == doc && k < term->postings[i].tf; k++)
            if (term->postings[i].positions[k] == position)
                return true;
    return false;
}

/* Words that stand side by side somewhere, as many as follow one another, at most so many. */
static void take_standing(struct wanted *wanted, size_t most, uint64_t *seed)
{
    const struct stage *stage = wanted->stage;
    size_t which = random_below(seed, stage->term_count);
    const struct sample_term *term = stage->known[which];
    const struct sample_posting *posting = &term->postings[random_below(seed, term->count)];
    uint32_t position = posting->positions[random_below(seed, posting->tf)];
    while (which < stage->term_count && wanted->count < most) {
        wanted_take(wanted, which);
        position++;
        for (which = 0; which < stage->term_count; which++)
            if (stands_at(stage->known[which], posting->doc, position))
                break;
    }
}

/* One of its words becomes another: it may stand elsewhere or nowhere. */
static void disturb(struct wanted *wanted, uint64_t *seed)
{
    size_t at = random_below(seed, wanted->count),
           which = random_below(seed, wanted->stage->term_count);
    wanted->known[at] = wanted->stage->known[which];
    wanted->terms[at] = &wanted->stage->terms[which];
}

/* --- What is found -----------------------------------------------------------------------------*/

/* Every word is in a part, none in two parts that hold one another, and a shared gram is where two
 * parts overlap. */
static void check_parts(const struct wanted *wanted, const struct cover *cover)
{
    uint32_t end = 0;
    for (size_t i = 0; i < cover->part_count; i++) {
        const struct phrase_part *part = &cover->parts[i];
        assert_true(part->first <= end && part->first + part->count > end);
        assert_true(i == 0 || part->first > cover->parts[i - 1].first);
        assert_int_equal(part->gram != NULL, part->count > 1);
        assert_int_equal(part->shared != NULL, i > 0 && end >= part->first + 2);
        links += part->shared != NULL;
        end = part->first + part->count;
    }
    assert_int_equal(end, wanted->count);
}

static void try_phrase(struct wanted *wanted, uint64_t seed)
{
    struct cover cover;
    match_budget_init(&wanted->stage->budget, 0, 0);
    find_cover(wanted, &cover);
    if (cover.absent) {
        assert_int_equal(wanted_articles(wanted), 0);
        absents++;
    } else {
        check_parts(wanted, &cover);
        wholes += cover.part_count == 1;
        covers += cover.part_count > 1 && cover.part_count < wanted->count;
        wanted_check(wanted, seed);
    }
    arena_release(&wanted->stage->arena);
}

static void try_phrases(const struct sample_options *shape, struct gram_rule rule, size_t tries,
                        size_t longest)
{
    struct stage stage;
    uint64_t seed = shape->seed;
    stage_open_with_grams(&stage, shape, &rule);
    assert_int_equal(grams_open(&grams, stage.snapshot), STATUS_OK);
    assert_true(grams.present);
    for (size_t i = 0; i < tries; i++) {
        struct wanted wanted = {.stage = &stage, .make = make_covered};
        take_standing(&wanted, 2 + random_below(&seed, longest - 1), &seed);
        if (random_below(&seed, 3) == 0)
            disturb(&wanted, &seed);
        if (wanted.count > 1)
            try_phrase(&wanted, seed);
    }
    stage_close(&stage);
}

static const struct sample_options
    many = {.seed = 1, .articles = 900, .vocabulary = 25, .title_words = 5, .body_words = 40},
    alike = {.seed = 2, .articles = 400, .vocabulary = 3, .title_words = 3, .body_words = 60},
    rare = {.seed = 3, .articles = 150, .vocabulary = 60, .title_words = 4, .body_words = 30},
    single = {.seed = 4, .articles = 1, .vocabulary = 10, .title_words = 6, .body_words = 30};

static struct gram_rule rule_of(uint64_t bound, uint32_t least_df, uint32_t words_most)
{
    struct gram_rule rule = gram_rule_default();
    rule.bound = bound;
    rule.least_df = least_df;
    rule.words_most = words_most;
    return rule;
}

/* Phrases of up to 8 words are grams or stand nowhere. */
static void test_all_are_grams(void **state)
{
    (void)state;
    try_phrases(&many, rule_of(1, 1, GRAM_WORDS_MOST), 30, WANTED_WORDS_MOST);
    try_phrases(&alike, rule_of(1, 1, GRAM_WORDS_MOST), 40, WANTED_WORDS_MOST);
    try_phrases(&rare, rule_of(1, 1, GRAM_WORDS_MOST), 80, WANTED_WORDS_MOST);
    try_phrases(&single, rule_of(1, 1, GRAM_WORDS_MOST), 20, WANTED_WORDS_MOST);
    assert_true(wholes > 20 && absents > 5 && covers > 5 && links > 5);
}

static void test_some_are(void **state)
{
    static const uint64_t bounds[] = {1000, 4000, 10000, 25000};
    (void)state;
    covers = links = 0;
    for (size_t i = 0; i < 4; i++) {
        try_phrases(&many, rule_of(bounds[i], 15u << i, GRAM_WORDS_MOST), 20, 8);
        try_phrases(&many, rule_of(bounds[i], 1, 2 + (uint32_t)i), 20, 8);
        try_phrases(&alike, rule_of(bounds[i], 100, 2 + (uint32_t)i), 20, 8);
    }
    assert_true(covers > 50 && links > 20);
}

static void test_ranks_and_articles(void **state)
{
    (void)state;
    for (uint32_t words = 0; words <= 8; words += 4) {
        struct gram_rule rule = rule_of(1000, 15, GRAM_WORDS_MOST);
        rule.ranked_words = words;
        try_phrases(&many, rule, 20, 6);
        try_phrases(&rare, rule_of(1, 1, 3), 30, 6);
    }
}

static void test_none_is(void **state)
{
    (void)state;
    covers = 0;
    try_phrases(&rare, gram_rule_default(), 40, 6);
    assert_int_equal(covers, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_are_grams), cmocka_unit_test(test_some_are),
        cmocka_unit_test(test_ranks_and_articles), cmocka_unit_test(test_none_is)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
