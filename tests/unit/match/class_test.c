/* Classes of words against the sample's arrays: which articles, how often, where; those that have a
 * list in the file and those whose words' lists are laid together. */
#include "match/class.h"

#include <stdlib.h>
#include <string.h>

#include "match/term.h"
#include "unit/match/contract.h"
#include "unit/store/sample_classes.h"
#include "unit/unit.h"

enum { POSITIONS_MOST = 4096 };

static struct stage stage;
static struct lexicon lexicon;
static struct class_language language;
static size_t listed, laid_with_most, laid_alone; /* classes tried */

struct wanted_class {
    const struct sample_class *class;
    const struct sample_term *exact;
    struct term term;
    struct word_class found;
    bool titles;
};

static struct match_leaf *make_leaf(const struct wanted_class *wanted)
{
    struct class_words *words = arena_allocate(&stage.arena, 1, sizeof *words);
    struct term *term = arena_allocate(&stage.arena, 1, sizeof *term);
    assert_non_null(words);
    *term = wanted->term;
    class_words_init(words, &stage.arena, &lexicon, term, &wanted->found);
    return match_class(&stage.source, words, wanted->titles, 3);
}

static struct matcher *make_matcher(void *context)
{
    struct match_leaf *leaf = make_leaf(context);
    return leaf ? &leaf->matcher : NULL;
}

/* --- The model ---------------------------------------------------------------------------------*/

static int by_position(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

struct stands { /* in an article */
    uint32_t tf, title_tf, positions[POSITIONS_MOST];
};

static void add(struct stands *stands, const struct sample_term *term, uint32_t doc, bool titles)
{
    for (size_t i = 0; i < term->count; i++) {
        const struct sample_posting *posting = &term->postings[i];
        if (posting->doc != doc)
            continue;
        uint32_t count = titles ? posting->title_tf : posting->tf;
        memcpy(stands->positions + stands->tf, posting->positions, count * sizeof(uint32_t));
        stands->tf += count;
        stands->title_tf += posting->title_tf;
    }
}

static void find(const struct wanted_class *wanted, uint32_t doc, struct stands *stands)
{
    stands->tf = stands->title_tf = 0;
    for (uint32_t i = 0; i < wanted->class->count; i++)
        add(stands, &stage.sample.terms[wanted->class->terms[i]], doc, wanted->titles);
    qsort(stands->positions, stands->tf, sizeof(uint32_t), by_position);
}

/* --- Tries -------------------------------------------------------------------------------------*/

static void check_here(const struct wanted_class *wanted, struct match_leaf *leaf, uint32_t doc)
{
    static struct stands stands, exact;
    struct bytes out = {0};
    uint32_t tf, title_tf;
    find(wanted, doc, &stands);
    exact.tf = exact.title_tf = 0;
    add(&exact, wanted->exact, doc, wanted->titles);
    assert_true(match_leaf_frequency(leaf, &tf, &title_tf));
    assert_int_equal(tf, stands.tf);
    assert_int_equal(title_tf, stands.title_tf);
    assert_true(match_class_exact(leaf, &tf, &title_tf));
    assert_int_equal(tf, exact.tf);
    assert_int_equal(title_tf, exact.title_tf);
    assert_true(match_leaf_occurrences(leaf, &out));
    assert_int_equal(out.size, stands.tf * sizeof(uint32_t));
    assert_memory_equal(out.data, stands.positions, out.size);
    bytes_release(&out);
}

static void check_articles(const struct wanted_class *wanted, const bool *holds)
{
    uint32_t up_to, tf, title_tf;
    struct impact_model model;
    struct match_leaf *leaf = make_leaf(wanted);
    impact_model_init(&model, snapshot_settings(stage.snapshot));
    for (uint32_t doc = 0; doc < stage.sample.options.articles; doc++) {
        uint8_t norm;
        if (!holds[doc])
            continue;
        uint16_t bound = match_leaf_bound(leaf, doc, &up_to);
        assert_int_equal(matcher_next(&leaf->matcher), doc);
        check_here(wanted, leaf, doc);
        assert_true(match_leaf_frequency(leaf, &tf, &title_tf));
        assert_int_equal(columns_norm(&stage.columns, doc, &norm), STATUS_OK);
        assert_true(impact_of(&model, tf, title_tf, norm) * 65535 <= bound);
    }
    assert_int_equal(matcher_next(&leaf->matcher), NO_MORE_DOCS);
    assert_ptr_equal(match_class_words(leaf)->exact->number, wanted->term.number);
    matcher_release(&leaf->matcher);
    matcher_release(&leaf->matcher);
    arena_release(&stage.arena);
}

/* What the lists give together is what the model gives. */
static void check_lists(const struct wanted_class *wanted)
{
    static struct stands stands;
    struct class_lists lists;
    struct match_leaf *leaf = make_leaf(wanted);
    assert_true(match_class_lists(&leaf->matcher, &lists));
    bool whole = lists.rest.count == 0;
    struct match_cursor *single = match_term_cursor(&leaf->matcher);
    assert_ptr_equal(single, whole && wanted->found.has_list ? lists.all : NULL);
    uint32_t at = 0, titles = 0;
    for (uint32_t doc = 0; doc < stage.sample.options.articles; doc++) {
        uint32_t tf = 0, title_tf = 0;
        if (lists.all)
            assert_true(match_cursor_tf_of(lists.all, doc, &tf));
        if (lists.titles)
            assert_true(match_cursor_tf_of(lists.titles, doc, &title_tf));
        if (at < lists.rest.count && lists.rest.docs[at] == doc) {
            tf += lists.rest.tfs[at];
            title_tf += lists.rest.title_tfs ? lists.rest.title_tfs[at] : 0;
            titles += lists.rest.title_tfs && lists.rest.title_tfs[at];
            at++;
        }
        find(wanted, doc, &stands);
        assert_int_equal(tf, stands.tf);
        assert_int_equal(title_tf, stands.title_tf);
    }
    assert_int_equal(at, lists.rest.count);
    assert_int_equal(titles, lists.rest.title_count);
    *(wanted->found.has_list ? &listed : lists.all ? &laid_with_most : &laid_alone) += 1;
    matcher_release(&leaf->matcher);
    arena_release(&stage.arena);
}

/* Where the very word is not: what the others give, twice over. */
static void check_others(const struct wanted_class *wanted)
{
    static struct stands stands, exact;
    struct match_leaf *leaf = make_leaf(wanted);
    struct bytes out = {0};
    for (int turn = 0; turn < 2; turn++) {
        for (uint32_t doc = 0; doc < stage.sample.options.articles; doc++) {
            exact.tf = exact.title_tf = 0;
            add(&exact, wanted->exact, doc, false);
            find(wanted, doc, &stands);
            if (exact.tf || doc % 3 == (uint32_t)turn)
                continue;
            assert_true(match_class_others(leaf, doc, &out));
            assert_int_equal(out.size, stands.tf * sizeof(uint32_t));
            assert_true(out.size == 0 || memcmp(out.data, stands.positions, out.size) == 0);
        }
        match_class_others_again(leaf);
    }
    bytes_release(&out);
    matcher_release(&leaf->matcher);
    arena_release(&stage.arena);
}

static void try_class(const struct sample_class *class, size_t which, uint64_t seed)
{
    static struct stands stands;
    uint32_t articles = stage.sample.options.articles;
    bool *holds = calloc(articles, sizeof *holds);
    for (int titles = 0; titles < 2; titles++) {
        struct wanted_class wanted = {.class = class, .titles = titles};
        wanted.exact = &stage.sample.terms[class->terms[which]];
        assert_int_equal(lexicon_find(&lexicon, wanted.exact->key, &wanted.term), STATUS_OK);
        assert_int_equal(class_language_find(&language, wanted.term.number, &wanted.found),
                         STATUS_OK);
        match_budget_init(&stage.budget, 0, 0);
        for (uint32_t doc = 0; doc < articles; doc++) {
            find(&wanted, doc, &stands);
            holds[doc] = stands.tf > 0;
        }
        check_articles(&wanted, holds);
        if (!titles) {
            check_lists(&wanted);
            check_others(&wanted);
        }
        contract_try(&stage, (struct maker){make_matcher, &wanted},
                     (struct expected){holds, articles}, seed);
    }
    free(holds);
}

static void try_shape(const struct sample_options *options, uint64_t bound, uint32_t modulus)
{
    struct classes classes;
    stage_open_with_classes(&stage, options, &(struct class_rule){bound, 12}, modulus);
    assert_int_equal(lexicon_open(&lexicon, stage.snapshot), STATUS_OK);
    assert_int_equal(classes_open(&classes, stage.snapshot), STATUS_OK);
    assert_int_equal(classes_language(&classes, "en", &language), STATUS_OK);
    for (uint32_t rest = 0; rest < modulus; rest += 1 + rest / 4) {
        struct sample_class class;
        if (sample_class_make(&stage.sample, modulus, rest, &class))
            try_class(&class, rest % class.count, rest);
        sample_class_free(&class);
    }
    stage_close(&stage);
}

static void test_classes(void **state)
{
    static const struct sample_options shapes[] = {
        {.seed = 1, .articles = 2000, .vocabulary = 40, .title_words = 5, .body_words = 30},
        {.seed = 2, .articles = 300, .vocabulary = 300, .title_words = 3, .body_words = 30},
        {.seed = 3, .articles = 60, .vocabulary = 3000, .title_words = 4, .body_words = 20},
        {.seed = 4, .articles = 700, .vocabulary = 12, .title_words = 0, .body_words = 9},
    };
    static const uint64_t bounds[] = {0, 20000, GRAM_RULE_MOST};
    (void)state;
    for (size_t shape = 0; shape < sizeof shapes / sizeof *shapes; shape++)
        for (size_t bound = 0; bound < 3; bound++)
            try_shape(&shapes[shape], bounds[bound], shape == 2 ? 200 : 7);
    print_message("%zu of one list, %zu with a list of their own beside, %zu laid together\n",
                  listed, laid_with_most, laid_alone);
    assert_true(listed > 10 && laid_with_most > 5 && laid_alone > 10);
}

/* A file whose class names words that it has not is refused, not believed. */
static void test_lies(void **state)
{
    static const struct sample_options shape = {
        .seed = 5, .articles = 50, .vocabulary = 40, .title_words = 3, .body_words = 9};
    uint8_t beyond[] = {0xFF, 0xFF, 0x03, 0x00};
    (void)state;
    stage_open(&stage, &shape);
    assert_int_equal(lexicon_open(&lexicon, stage.snapshot), STATUS_OK);
    struct word_class lie = {.members = 2, .df = 2, .terms = slice_of(beyond, sizeof beyond)};
    struct class_words words;
    class_words_init(&words, &stage.arena, &lexicon, &stage.terms[0], &lie);
    match_budget_init(&stage.budget, 0, 0);
    assert_null(match_class(&stage.source, &words, false, 0));
    assert_int_equal(stage.budget.status, STATUS_CORRUPT);
    assert_int_equal(stage.budget.chunk, CHUNK_CLASSES);
    stage_close(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_classes), cmocka_unit_test(test_lies)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
