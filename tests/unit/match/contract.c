#include "unit/match/contract.h"

#include "random.h"
#include "scratch.h"
#include "store/lexicon_read.h"
#include "unit/store/sample_classes.h"
#include "unit/unit.h"

/* --- Stage -------------------------------------------------------------------------------------*/

/* The keys of words, not those of columns. */
static bool is_word(const struct sample_term *term)
{
    return term->key.size && term->key.data[0] > 2;
}

static void find_terms(struct stage *stage)
{
    struct lexicon lexicon;
    assert_int_equal(lexicon_open(&lexicon, stage->snapshot), STATUS_OK);
    size_t step = stage->sample.term_count / 64 + 1;
    for (size_t i = 0; i < stage->sample.term_count && stage->term_count < 64;
         i += i < 32 ? 1 : step) {
        const struct sample_term *term = &stage->sample.terms[i];
        if (!is_word(term))
            continue;
        assert_int_equal(lexicon_find(&lexicon, term->key, &stage->terms[stage->term_count]),
                         STATUS_OK);
        stage->known[stage->term_count++] = term;
    }
}

/* Writes the sample that was made, and opens it. */
static void open_sample(struct stage *stage)
{
    struct scratch scratch;
    struct error error = {0};
    scratch_open(&scratch);
    const char *path = scratch_path(&scratch, "x.vbt");
    sample_write(&stage->sample, path);
    stage->snapshot = snapshot_open(path, &error);
    scratch_close(&scratch);
    assert_non_null(stage->snapshot);
    assert_int_equal(columns_open(&stage->columns, stage->snapshot), STATUS_OK);
    match_budget_init(&stage->budget, 0, 0);
    stage->source = (struct match_source){.snapshot = stage->snapshot,
                                          .columns = &stage->columns,
                                          .budget = &stage->budget,
                                          .arena = &stage->arena};
    find_terms(stage);
}

void stage_open_with_grams(struct stage *stage, const struct sample_options *options,
                           const struct gram_rule *rule)
{
    *stage = (struct stage){0};
    sample_make(&stage->sample, options);
    if (rule)
        sample_add_grams(&stage->sample, rule);
    open_sample(stage);
}

void stage_open(struct stage *stage, const struct sample_options *options)
{
    stage_open_with_grams(stage, options, NULL);
}

void stage_open_with_classes(struct stage *stage, const struct sample_options *options,
                             const struct class_rule *rule, uint32_t modulus)
{
    *stage = (struct stage){0};
    sample_make(&stage->sample, options);
    sample_add_classes(&stage->sample, rule, 0, modulus);
    open_sample(stage);
}

void stage_close(struct stage *stage)
{
    snapshot_unref(stage->snapshot);
    sample_free(&stage->sample);
    arena_release(&stage->arena);
}

/* --- Walks -------------------------------------------------------------------------------------*/

struct walk {
    struct stage *stage;
    struct maker maker;
    struct expected expected;
    uint64_t seed;
};

static uint32_t first_from(struct expected expected, uint32_t doc)
{
    while (doc < expected.count && !expected.holds[doc])
        doc++;
    return doc < expected.count ? doc : NO_MORE_DOCS;
}

static struct matcher *make(const struct walk *walk)
{
    match_budget_init(&walk->stage->budget, 0, 0);
    struct matcher *matcher = walk->maker.make(walk->maker.context);
    assert_non_null(matcher);
    assert_int_equal(matcher->doc, BEFORE_FIRST_DOC);
    return matcher;
}

static void finish(const struct walk *walk, struct matcher *matcher)
{
    matcher_release(matcher);
    arena_release(&walk->stage->arena);
}

static void stays_at_end(struct matcher *matcher)
{
    assert_int_equal(matcher_next(matcher), NO_MORE_DOCS);
    assert_int_equal(matcher_seek(matcher, 0), NO_MORE_DOCS);
    assert_int_equal(matcher_seek(matcher, NO_MORE_DOCS), NO_MORE_DOCS);
    assert_int_equal(matcher->doc, NO_MORE_DOCS);
}

static void walk_by_next(const struct walk *walk)
{
    struct matcher *matcher = make(walk);
    uint64_t matches = 0;
    for (uint32_t doc = first_from(walk->expected, 0); doc != NO_MORE_DOCS;
         doc = first_from(walk->expected, doc + 1), matches++) {
        assert_int_equal(matcher_next(matcher), doc);
        assert_int_equal(matcher->doc, doc);
        assert_int_equal(matcher_seek(matcher, doc), doc);
        assert_int_equal(matcher_seek(matcher, doc / 2), doc);
    }
    stays_at_end(matcher);
    assert_true(matcher->cost >= matches);
    finish(walk, matcher);
}

/* next and seek as they come: to near articles and far ones, to what was passed and to the end. */
static void walk_by_turns(struct walk *walk)
{
    struct matcher *matcher = make(walk);
    uint32_t jump = (uint32_t)random_below(&walk->seed, walk->expected.count) + 1,
             doc = BEFORE_FIRST_DOC;
    while (doc != NO_MORE_DOCS) {
        uint32_t behind = doc == BEFORE_FIRST_DOC ? 0 : doc + 1;
        if (random_below(&walk->seed, 3) == 0) {
            doc = first_from(walk->expected, behind);
            assert_int_equal(matcher_next(matcher), doc);
        } else {
            uint32_t target = behind + (uint32_t)random_below(&walk->seed, jump);
            doc = first_from(walk->expected, target);
            assert_int_equal(matcher_seek(matcher, target), doc);
        }
    }
    stays_at_end(matcher);
    finish(walk, matcher);
}

static void walk_by_test(struct walk *walk)
{
    struct matcher *matcher = make(walk);
    uint32_t jump = (uint32_t)random_below(&walk->seed, walk->expected.count) / 4 + 1;
    for (uint32_t doc = 0; doc < walk->expected.count;
         doc += 1 + (uint32_t)random_below(&walk->seed, jump)) {
        assert_int_equal(matcher_test(matcher, doc), walk->expected.holds[doc]);
        if (walk->expected.holds[doc])
            assert_int_equal(matcher->doc, doc);
        else
            assert_int_not_equal(matcher->doc, doc);
    }
    finish(walk, matcher);
}

/* No match is passed over on the way, and what is approached is confirmed where it is one. */
static void walk_by_approach(struct walk *walk)
{
    struct matcher *matcher = make(walk);
    uint32_t jump = (uint32_t)random_below(&walk->seed, walk->expected.count) / 8 + 1, target = 0;
    for (;;) {
        target += (uint32_t)random_below(&walk->seed, jump);
        uint32_t doc = matcher_approach(matcher, target);
        assert_true(doc >= target && doc <= first_from(walk->expected, target));
        if (doc == NO_MORE_DOCS)
            break;
        assert_int_equal(matcher_approach(matcher, doc), doc);
        if (random_below(&walk->seed, 3))
            assert_int_equal(matcher_confirm(matcher), walk->expected.holds[doc]);
        assert_int_equal(matcher->doc, doc);
        target = doc + 1;
    }
    assert_int_equal(matcher_approach(matcher, 0), NO_MORE_DOCS);
    finish(walk, matcher);
}

static void seek_past_end(const struct walk *walk)
{
    static const uint32_t targets[] = {0x7FFFFFFF, BEFORE_FIRST_DOC, NO_MORE_DOCS};
    for (size_t i = 0; i < 4; i++) {
        struct matcher *matcher = make(walk);
        assert_int_equal(matcher_seek(matcher, i < 3 ? targets[i] : walk->expected.count),
                         NO_MORE_DOCS);
        stays_at_end(matcher);
        finish(walk, matcher);
    }
}

/* After so many blocks it ends, and what it gave before its status was bad is right. */
static void end_budget(struct walk *walk)
{
    struct match_budget *budget = &walk->stage->budget;
    for (uint64_t most = 1; most < 12; most++) {
        struct matcher *matcher = make(walk);
        match_budget_init(budget, 0, most);
        uint32_t doc = 0, given;
        while ((given = matcher_next(matcher)) != NO_MORE_DOCS && budget->status == STATUS_OK) {
            assert_int_equal(given, first_from(walk->expected, doc));
            doc = given + 1;
        }
        if (budget->status == STATUS_OK)
            assert_int_equal(first_from(walk->expected, doc), NO_MORE_DOCS);
        else
            assert_int_equal(budget->status, STATUS_DEADLINE);
        assert_true(budget->blocks <= most);
        for (size_t i = 0; i < 2000 && matcher->doc != NO_MORE_DOCS; i++)
            matcher_next(matcher);
        assert_int_equal(matcher->doc, NO_MORE_DOCS);
        finish(walk, matcher);
    }
}

void contract_try(struct stage *stage, struct maker maker, struct expected expected, uint64_t seed)
{
    struct walk walk = {stage, maker, expected, seed};
    walk_by_next(&walk);
    seek_past_end(&walk);
    end_budget(&walk);
    for (size_t i = 0; i < 8; i++) {
        walk_by_turns(&walk);
        walk_by_test(&walk);
        walk_by_approach(&walk);
    }
}
