/* Any of several phrases, and such side by side, against the sample's arrays: which articles, how
 * often, where, and what is promised of that beforehand. */
#include <stdlib.h>

#include "match/any_of.h"
#include "match/phrase.h"
#include "match/sequence.h"
#include "match/spans.h"
#include "match/term.h"
#include "random.h"
#include "store/impact.h"
#include "unit/match/contract.h"
#include "unit/unit.h"

enum { WORDS_MOST = 3, WAYS_MOST = 3, PARTS_MOST = 3, SPANS_MOST = 4096 };

struct way {
    size_t words[WORDS_MOST], count; /* numbers on the stage */
};

struct part { /* any of its ways */
    struct way ways[WAYS_MOST];
    size_t count;
};

struct whole { /* parts side by side */
    struct stage *stage;
    struct part parts[PARTS_MOST];
    size_t count;
    bool disjoint;
};

/* --- Made --------------------------------------------------------------------------------------*/

static struct match_leaf *make_way(const struct whole *whole, const struct way *way)
{
    const struct term *terms[WORDS_MOST];
    for (size_t i = 0; i < way->count; i++)
        terms[i] = &whole->stage->terms[way->words[i]];
    if (way->count == 1)
        return match_term(&whole->stage->source, terms[0], false, MATCH_UNSCORED);
    return match_phrase(&whole->stage->source, terms, way->count, false, MATCH_UNSCORED);
}

static struct match_leaf *make_part(const struct whole *whole, const struct part *part)
{
    struct match_leaf *leaves[WAYS_MOST];
    for (size_t i = 0; i < part->count; i++)
        leaves[i] = make_way(whole, &part->ways[i]);
    return match_any_of(&whole->stage->source, leaves, part->count, whole->disjoint, 7);
}

static struct match_leaf *make(const struct whole *whole)
{
    struct match_leaf *parts[PARTS_MOST];
    for (size_t i = 0; i < whole->count; i++)
        parts[i] = make_part(whole, &whole->parts[i]);
    return whole->count == 1 ? parts[0]
                             : match_sequence(&whole->stage->source, parts, NULL, whole->count, 7);
}

static struct matcher *make_matcher(void *context)
{
    return &make(context)->matcher;
}

/* --- Found -------------------------------------------------------------------------------------*/

struct text { /* of an article: which words stand where */
    struct {
        uint32_t position;
        size_t word;
    } items[SPANS_MOST];
    size_t count;
};

static void read_text(const struct stage *stage, uint32_t doc, struct text *text)
{
    text->count = 0;
    for (size_t i = 0; i < stage->term_count; i++)
        for (size_t j = 0; j < stage->known[i]->count; j++) {
            const struct sample_posting *posting = &stage->known[i]->postings[j];
            for (uint32_t k = 0; posting->doc == doc && k < posting->tf; k++) {
                text->items[text->count].position = posting->positions[k];
                text->items[text->count++].word = i;
            }
        }
}

static bool stands_at(const struct text *text, uint32_t position, size_t word)
{
    for (size_t i = 0; i < text->count; i++)
        if (text->items[i].position == position && text->items[i].word == word)
            return true;
    return false;
}

/* Adds every end of the parts from `part` on that begin at a position. */
static void follow(const struct whole *whole, const struct text *text, size_t part, uint32_t start,
                   uint32_t at, struct bytes *spans)
{
    if (part == whole->count || part == sizeof whole->parts / sizeof *whole->parts) {
        bytes_append(spans, &(struct match_span){start, at - start}, sizeof(struct match_span));
        return;
    }
    for (size_t i = 0; i < whole->parts[part].count; i++) {
        const struct way *way = &whole->parts[part].ways[i];
        bool stands = true;
        for (size_t j = 0; j < way->count && stands; j++)
            stands = stands_at(text, at + (uint32_t)j, way->words[j]);
        if (stands)
            follow(whole, text, part + 1, start, at + (uint32_t)way->count, spans);
    }
}

struct found { /* of one article */
    struct bytes spans;
    uint32_t tf, title_tf;
};

static void find(const struct whole *whole, uint32_t doc, struct found *found)
{
    static struct text text;
    read_text(whole->stage, doc, &text);
    bytes_clear(&found->spans);
    for (size_t i = 0; i < text.count; i++)
        follow(whole, &text, 0, text.items[i].position, text.items[i].position, &found->spans);
    assert_true(spans_sort(&whole->stage->source, &found->spans));
    found->tf = (uint32_t)spans_count(&found->spans);
    found->title_tf = 0;
    for (uint32_t i = 0; i < found->tf; i++)
        found->title_tf +=
            spans_items(&found->spans)[i].start < whole->stage->sample.articles[doc].title_words;
}

/* --- Compared ----------------------------------------------------------------------------------*/

static void check_article(struct match_leaf *leaf, const struct found *found)
{
    struct match_budget budget = {0};
    struct bytes out = {0};
    uint32_t tf, title_tf;
    assert_true(match_leaf_frequency(leaf, &tf, &title_tf));
    assert_int_equal(tf, found->tf);
    assert_int_equal(title_tf, found->title_tf);
    assert_true(match_leaf_extents(leaf, &budget, &out));
    assert_int_equal(out.size, found->spans.size);
    assert_memory_equal(out.data, found->spans.data, out.size);
    assert_true(match_leaf_occurrences(leaf, &out));
    assert_int_equal(out.size, found->tf * sizeof(uint32_t));
    assert_true(match_leaf_marks(leaf, &budget, &out));
    assert_int_equal(out.size, found->spans.size);
    bytes_release(&out);
}

static void check_walks(const struct whole *whole, const struct found *all, uint32_t articles)
{
    struct match_leaf *next = make(whole), *approached = make(whole), *tested = make(whole);
    uint32_t most, most_in_title;
    for (uint32_t doc = 0; doc < articles; doc++) {
        assert_int_equal(matcher_test(&tested->matcher, doc), all[doc].tf > 0);
        if (matcher_approach(&approached->matcher, doc) == doc) {
            assert_true(match_leaf_most(approached, &most, &most_in_title));
            assert_true(most >= all[doc].tf && most_in_title >= all[doc].title_tf);
            assert_int_equal(matcher_confirm(&approached->matcher), all[doc].tf > 0);
        } else {
            assert_int_equal(all[doc].tf, 0);
        }
        if (!all[doc].tf)
            continue;
        assert_int_equal(matcher_next(&next->matcher), doc);
        check_article(next, &all[doc]);
        check_article(approached, &all[doc]);
        check_article(tested, &all[doc]);
    }
    assert_int_equal(matcher_next(&next->matcher), NO_MORE_DOCS);
    matcher_release(&next->matcher);
    matcher_release(&approached->matcher);
    matcher_release(&tested->matcher);
}

static void check_bounds(const struct whole *whole, const struct found *all, uint32_t articles)
{
    struct impact_model model;
    struct match_leaf *leaf = make(whole);
    uint32_t up_to;
    impact_model_init(&model, snapshot_settings(whole->stage->snapshot));
    for (uint32_t doc = 0; doc < articles; doc = up_to + 1) {
        uint16_t bound = match_leaf_bound(leaf, doc, &up_to);
        for (uint32_t at = doc; at <= up_to && at < articles; at++) {
            uint8_t norm;
            assert_int_equal(columns_norm(&whole->stage->columns, at, &norm), STATUS_OK);
            if (all[at].tf)
                assert_true(impact_of(&model, all[at].tf, all[at].title_tf, norm) * 65535 <= bound);
        }
        if (up_to >= articles)
            break;
    }
    matcher_release(&leaf->matcher);
}

static size_t check(struct whole *whole, uint64_t seed)
{
    uint32_t articles = whole->stage->sample.options.articles;
    struct found *all = calloc(articles, sizeof *all);
    bool *holds = calloc(articles, sizeof *holds);
    size_t count = 0;
    match_budget_init(&whole->stage->budget, 0, 0);
    for (uint32_t doc = 0; doc < articles; doc++) {
        find(whole, doc, &all[doc]);
        holds[doc] = all[doc].tf > 0;
        count += holds[doc];
    }
    check_walks(whole, all, articles);
    check_bounds(whole, all, articles);
    arena_release(&whole->stage->arena);
    contract_try(whole->stage, (struct maker){make_matcher, whole},
                 (struct expected){holds, articles}, seed);
    for (uint32_t doc = 0; doc < articles; doc++)
        bytes_release(&all[doc].spans);
    free(all);
    free(holds);
    return count;
}

/* --- Tests -------------------------------------------------------------------------------------*/

/* Ways of a part begin and end with words of their own, as the spellings of a thing do: those of
 * two words end as the next of them begins. */
static void fill(struct whole *whole, uint64_t *seed)
{
    size_t words = whole->stage->term_count < 9 ? whole->stage->term_count : 9;
    for (size_t p = 0; p < whole->count; p++) {
        struct part *part = &whole->parts[p];
        size_t turn = random_below(seed, words), first = SIZE_MAX, before = 0;
        part->count = 1 + random_below(seed, WAYS_MOST);
        for (size_t i = 0; i < part->count; i++) {
            struct way *way = &part->ways[i];
            *way = (struct way){{(turn + i) % words}, 1 + random_below(seed, 2)};
            if (way->count == 1)
                continue;
            if (first == SIZE_MAX)
                first = i;
            else
                part->ways[before].words[1] = way->words[0];
            before = i;
        }
        if (first != SIZE_MAX)
            part->ways[before].words[1] = part->ways[first].words[0];
    }
}

static void test_generated(void **state)
{
    static const struct sample_options shapes[] = {
        {.seed = 1, .articles = 200, .vocabulary = 12, .title_words = 4, .body_words = 30},
        {.seed = 2, .articles = 60, .vocabulary = 4, .title_words = 3, .body_words = 40},
    };
    uint64_t seed = 11;
    size_t found = 0;
    (void)state;
    for (size_t shape = 0; shape < sizeof shapes / sizeof *shapes; shape++) {
        struct stage stage;
        stage_open(&stage, &shapes[shape]);
        for (size_t tries = 0; tries < 60; tries++) {
            struct whole whole = {.stage = &stage, .count = 1 + tries % PARTS_MOST};
            whole.disjoint = random_below(&seed, 2);
            fill(&whole, &seed);
            found += check(&whole, tries) > 0;
        }
        stage_close(&stage);
    }
    assert_true(found > 60);
}

/* Equal occurrences are one where they are not said to be different. */
static void test_the_same_twice(void **state)
{
    const struct sample_options options = {
        .seed = 5, .articles = 40, .vocabulary = 4, .title_words = 2, .body_words = 20};
    struct stage stage;
    (void)state;
    stage_open(&stage, &options);
    struct whole whole = {.stage = &stage, .count = 1};
    whole.parts[0] = (struct part){.ways = {{{0, 1}, 2}, {{0, 1}, 2}, {{0}, 1}}, .count = 3};
    assert_true(check(&whole, 1) > 0);
    stage_close(&stage);
}

static void test_no_memory(void **state)
{
    const struct sample_options options = {
        .seed = 5, .articles = 40, .vocabulary = 4, .title_words = 2, .body_words = 20};
    struct stage stage;
    (void)state;
    stage_open(&stage, &options);
    struct whole whole = {.stage = &stage};
    const struct way way = {{0}, 1};
    for (size_t room = 0; room < 2; room++) {
        struct match_leaf *leaves[2] = {make_way(&whole, &way), make_way(&whole, &way)};
        stage.arena.cap = stage.arena.used + 8 * room;
        assert_null(room ? match_sequence(&stage.source, leaves, NULL, 2, 7)
                         : match_any_of(&stage.source, leaves, 2, true, 7));
        stage.arena.cap = 0;
        stage.arena.status = STATUS_OK;
        arena_release(&stage.arena);
    }
    stage_close(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_generated),
        cmocka_unit_test(test_the_same_twice),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
