/* Words and phrases against the sample's arrays: which articles, how often, where. */
#include "match/phrase.h"
#include "match/term.h"
#include "random.h"
#include "scratch.h"
#include "store/impact.h"
#include "unit/match/contract.h"
#include "unit/unit.h"

enum { PHRASE_MOST = 5 };

struct wanted { /* a leaf to make */
    struct stage *stage;
    const struct sample_term *known[PHRASE_MOST];
    const struct term *terms[PHRASE_MOST];
    size_t count;
    bool titles;
};

static struct match_leaf *make_leaf(const struct wanted *wanted)
{
    const struct match_source *source = &wanted->stage->source;
    if (wanted->count == 1)
        return match_term(source, wanted->terms[0], wanted->titles, 7);
    return match_phrase(source, wanted->terms, wanted->count, wanted->titles, 7);
}

static struct matcher *make_matcher(void *context)
{
    return &make_leaf(context)->matcher;
}

/* --- The model
 * -------------------------------------------------------------------------------------------*/

static const struct sample_posting *posting_of(const struct sample_term *term, uint32_t doc)
{
    for (size_t i = 0; i < term->count; i++)
        if (term->postings[i].doc == doc)
            return &term->postings[i];
    return NULL;
}

static bool stands_at(const struct sample_posting *posting, uint32_t position)
{
    for (uint32_t i = 0; i < posting->tf; i++)
        if (posting->positions[i] == position)
            return true;
    return false;
}

/* Where the phrase begins in an article; returns how often, title_count of them in the title. */
static uint32_t find_starts(const struct wanted *wanted, uint32_t doc, uint32_t *starts,
                            uint32_t *title_count)
{
    const struct sample_posting *postings[PHRASE_MOST];
    uint32_t count = 0;
    *title_count = 0;
    for (size_t i = 0; i < wanted->count; i++)
        if (!(postings[i] = posting_of(wanted->known[i], doc)))
            return 0;
    for (uint32_t at = 0; at < postings[0]->tf; at++) {
        uint32_t start = postings[0]->positions[at];
        bool whole = true, title = start < wanted->stage->sample.articles[doc].title_words;
        for (size_t i = 1; i < wanted->count; i++)
            whole = whole && stands_at(postings[i], start + (uint32_t)i);
        if (!whole || (wanted->titles && !title))
            continue;
        starts[count++] = start;
        *title_count += title;
    }
    return count;
}

static void check_occurrences(const struct wanted *wanted, uint32_t article_count)
{
    static uint32_t starts[4096];
    struct bytes out = {0};
    struct match_leaf *leaf = make_leaf(wanted);
    for (uint32_t doc = 0; doc < article_count; doc++) {
        uint32_t title_count, tf, title_tf, count = find_starts(wanted, doc, starts, &title_count);
        if (count == 0)
            continue;
        assert_int_equal(matcher_next(&leaf->matcher), doc);
        assert_true(match_leaf_frequency(leaf, &tf, &title_tf));
        assert_int_equal(tf, count);
        assert_int_equal(title_tf, title_count);
        assert_true(match_leaf_occurrences(leaf, &out));
        assert_int_equal(out.size, count * sizeof *starts);
        assert_memory_equal(out.data, starts, out.size);
        assert_true(match_leaf_frequency(leaf, &tf, &title_tf));
        assert_int_equal(tf, count);
    }
    assert_int_equal(matcher_next(&leaf->matcher), NO_MORE_DOCS);
    matcher_release(&leaf->matcher);
    bytes_release(&out);
    arena_release(&wanted->stage->arena);
}

/* Before it is confirmed an article tells no less than it turns out to have. */
static void check_most(const struct wanted *wanted)
{
    static uint32_t starts[4096];
    struct match_leaf *leaf = make_leaf(wanted);
    uint32_t tf, title_tf, most, most_in_title, title_count, doc = 0;
    while ((doc = matcher_approach(&leaf->matcher, doc)) != NO_MORE_DOCS) {
        uint32_t count = find_starts(wanted, doc, starts, &title_count);
        assert_true(match_leaf_most(leaf, &most, &most_in_title));
        assert_true(most >= count && most_in_title >= title_count && most >= most_in_title);
        if (matcher_confirm(&leaf->matcher)) {
            assert_true(match_leaf_frequency(leaf, &tf, &title_tf));
            assert_int_equal(tf, count);
            assert_int_equal(title_tf, title_count);
        } else {
            assert_int_equal(count, 0);
        }
        doc++;
    }
    matcher_release(&leaf->matcher);
    arena_release(&wanted->stage->arena);
}

/* No article of a range has an impact over the range's bound. */
static void check_bounds(const struct wanted *wanted, uint64_t *seed)
{
    static uint32_t starts[4096];
    const struct stage *stage = wanted->stage;
    struct impact_model model;
    impact_model_init(&model, snapshot_settings(stage->snapshot));
    struct match_leaf *leaf = make_leaf(wanted);
    uint32_t up_to, title_count;
    for (uint32_t doc = 0; doc < stage->sample.options.articles;) {
        uint16_t bound = match_leaf_bound(leaf, doc, &up_to);
        assert_true(up_to >= doc);
        for (uint32_t at = doc; at <= up_to && at < stage->sample.options.articles; at++) {
            uint8_t norm;
            uint32_t count = find_starts(wanted, at, starts, &title_count);
            assert_int_equal(columns_norm(&stage->columns, at, &norm), STATUS_OK);
            if (count)
                assert_true(impact_of(&model, count, title_count, norm) * 65535 <= bound);
        }
        if (up_to == NO_MORE_DOCS)
            break;
        doc += 1 + (uint32_t)random_below(seed, 2 * (up_to - doc + 1));
    }
    matcher_release(&leaf->matcher);
    arena_release(&wanted->stage->arena);
}

static void check(struct wanted *wanted, uint64_t seed)
{
    static uint32_t starts[4096];
    uint32_t article_count = wanted->stage->sample.options.articles, title_count;
    bool *holds = calloc(article_count, sizeof *holds);
    for (uint32_t doc = 0; doc < article_count; doc++)
        holds[doc] = find_starts(wanted, doc, starts, &title_count) > 0;
    match_budget_init(&wanted->stage->budget, 0, 0);
    check_occurrences(wanted, article_count);
    check_most(wanted);
    check_bounds(wanted, &seed);
    contract_try(wanted->stage, (struct maker){make_matcher, wanted},
                 (struct expected){holds, article_count}, seed);
    free(holds);
}

/* --- Tests
 * -----------------------------------------------------------------------------------------------*/

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

static void take(struct wanted *wanted, size_t which)
{
    wanted->known[wanted->count] = wanted->stage->known[which];
    wanted->terms[wanted->count++] = &wanted->stage->terms[which];
}

static void test_terms(void **state)
{
    (void)state;
    for (size_t shape = 0; shape < sizeof shapes / sizeof *shapes; shape++) {
        struct stage stage;
        stage_open(&stage, &shapes[shape]);
        for (size_t i = 0; i < stage.term_count; i += 1 + i / 8)
            for (int titles = 0; titles < 2; titles++) {
                struct wanted wanted = {.stage = &stage, .titles = titles};
                take(&wanted, i);
                if (!titles || may_be_in_title(wanted.terms[0]))
                    check(&wanted, i);
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
            struct wanted wanted = {.stage = &stage, .titles = random_below(&seed, 3) == 0};
            size_t count = 2 + random_below(&seed, PHRASE_MOST - 1),
                   most = 1 + random_below(&seed, stage.term_count);
            bool may = true;
            for (size_t i = 0; i < count; i++)
                take(&wanted, random_below(&seed, most));
            for (size_t i = 0; i < count; i++)
                may = may && may_be_in_title(wanted.terms[i]);
            if (!wanted.titles || may)
                check(&wanted, tries);
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
