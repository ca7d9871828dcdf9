#include "unit/match/wanted.h"

#include <stdlib.h>

#include "random.h"
#include "store/impact.h"
#include "unit/unit.h"

static struct matcher *make_matcher(void *context)
{
    const struct wanted *wanted = context;
    return &wanted->make(wanted)->matcher;
}

void wanted_take(struct wanted *wanted, size_t which)
{
    wanted->known[wanted->count] = wanted->stage->known[which];
    wanted->terms[wanted->count++] = &wanted->stage->terms[which];
}

/* --- The model ---------------------------------------------------------------------------------*/

static const struct sample_posting *posting_of(const struct sample_term *term, uint32_t doc)
{
    size_t low = 0, high = term->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (term->postings[middle].doc < doc)
            low = middle + 1;
        else
            high = middle;
    }
    return low < term->count && term->postings[low].doc == doc ? &term->postings[low] : NULL;
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
    const struct sample_posting *postings[WANTED_WORDS_MOST];
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

size_t wanted_articles(const struct wanted *wanted)
{
    static uint32_t starts[4096];
    uint32_t title_count;
    size_t count = 0;
    for (uint32_t doc = 0; doc < wanted->stage->sample.options.articles; doc++)
        count += find_starts(wanted, doc, starts, &title_count) > 0;
    return count;
}

static void check_occurrences(const struct wanted *wanted, uint32_t article_count)
{
    static uint32_t starts[4096];
    struct bytes out = {0};
    struct match_leaf *leaf = wanted->make(wanted);
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
    struct match_leaf *leaf = wanted->make(wanted);
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
    struct match_leaf *leaf = wanted->make(wanted);
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

void wanted_check(struct wanted *wanted, uint64_t seed)
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
