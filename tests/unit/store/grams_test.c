/* Thousands of made-up grams of every length and density, by ranks and by articles, found, walked
 * and read, against arrays. */
#include "sorting.h"
#include "unit/unit.h"

#include "random.h"
#include "store/grams_read.h"
#include "store/lexicon_read.h"
#include "store/norm.h"
#include "store/postings_read.h"
#include "unit/store/crafted.h"

enum { ARTICLES = 20000, WORDS = 300, GRAMS = 6000, GRAM_ARTICLES = 2000000 };

static struct crafted crafted;
static struct sample *const sample = &crafted.sample;
static struct lexicon lexicon;
static struct grams grams;
static struct term terms[WORDS];
static char names[WORDS][16];

static const uint32_t sizes[] = {12000, 20000, 1,   2,   3,   127, 128, 129,
                                 300,   1000,  999, 127, 256, 257, 40,  5000};

static uint32_t size_of(uint32_t word)
{
    return sizes[word % (sizeof sizes / sizeof *sizes)];
}

/* --- Making them up ----------------------------------------------------------------------------*/

static void draw_words(uint64_t *random)
{
    struct sample_posting *posting = sample->postings;
    for (uint32_t word = 0; word < WORDS; word++) {
        snprintf(names[word], sizeof names[word], "t%03u", (unsigned)word);
        sample->terms[word] =
            (struct sample_term){slice_of_string(names[word]), size_of(word), posting};
        uint32_t left = size_of(word);
        for (uint32_t doc = 0; left; doc++) {
            if (random_below(random, ARTICLES - doc) >= left)
                continue;
            *posting++ = (struct sample_posting){doc, 1, 0, sample->positions};
            left--;
        }
    }
}

static uint32_t leader_of(const struct sample_gram *gram)
{
    uint32_t leader = 0;
    for (uint32_t i = 1; i < gram->count; i++)
        if (size_of(gram->terms[i]) < size_of(gram->terms[leader]))
            leader = i;
    return leader;
}

/* Some of the leader's articles: one, a few, or in stretches of any density; at most so many. */
static size_t draw_articles(uint64_t *random, struct sample_gram *gram,
                            struct gram_article *articles, size_t most)
{
    const struct sample_term *leader = &sample->terms[gram->terms[leader_of(gram)]];
    uint32_t chance = 1u << random_below(random, 12), count = 0;
    uint32_t first = (uint32_t)random_below(random, leader->count);
    bool ranked = gram_rule_ranked(&sample->rule, ARTICLES, gram->count, (uint32_t)leader->count);
    for (uint32_t rank = 0; rank < leader->count && count < most; rank++) {
        if (rank != first && random_below(random, chance))
            continue;
        uint32_t doc = leader->postings[rank].doc;
        uint32_t tf = 1 + (uint32_t)random_below(random, random_below(random, 9) ? 2 : 900);
        uint32_t title_tf = random_below(random, 4) ? 0 : (uint32_t)random_below(random, tf + 1);
        articles[count++] = (struct gram_article){ranked ? rank : doc, doc, tf, title_tf};
    }
    gram->articles = articles;
    gram->article_count = count;
    return count;
}

static int by_terms(const void *a, const void *b)
{
    const struct sample_gram *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? -1 : 1;
    for (uint32_t i = 0; i < x->count; i++)
        if (x->terms[i] != y->terms[i])
            return x->terms[i] < y->terms[i] ? -1 : 1;
    return 0;
}

/* Pairs of all words; triples of which hundreds share their first two words; longer ones of few
 * words. */
static struct sample_gram draw_gram(uint64_t *random)
{
    struct sample_gram gram = {.count = 2 + (uint32_t)random_below(random, 2)};
    if (random_below(random, 8) == 0)
        gram.count = 4 + (uint32_t)random_below(random, 5);
    for (uint32_t i = 0; i < gram.count; i++) {
        uint32_t most = gram.count == 2 || (gram.count == 3 && i == 2) ? WORDS : 3;
        gram.terms[i] = (uint32_t)random_below(random, most);
    }
    return gram;
}

static void draw_grams(uint64_t *random)
{
    size_t used = 0, kept = 0;
    sample->grams = calloc(GRAMS, sizeof *sample->grams);
    sample->gram_articles = calloc(GRAM_ARTICLES, sizeof *sample->gram_articles);
    assert_true(sample->grams && sample->gram_articles);
    for (size_t i = 0; i < GRAMS; i++)
        sample->grams[i] = draw_gram(random);
    qsort(sample->grams, GRAMS, sizeof *sample->grams, by_terms);
    for (size_t i = 0; i < GRAMS; i++)
        if (kept == 0 || by_terms(&sample->grams[kept - 1], &sample->grams[i]) != 0)
            sample->grams[kept++] = sample->grams[i];
    sample->gram_count = kept;
    for (size_t i = 0; i < kept; i++)
        used += draw_articles(random, &sample->grams[i], sample->gram_articles + used,
                              GRAM_ARTICLES - used - (kept - i));
}

static void open_grams(uint32_t ranked_words, uint32_t dense)
{
    uint64_t random = 71 + dense;
    size_t postings = 0;
    for (uint32_t word = 0; word < WORDS; word++)
        postings += size_of(word);
    crafted_init(&crafted, ARTICLES, WORDS, postings, 1);
    sample->has_grams = true;
    sample->rule = gram_rule_default();
    sample->rule.ranked_words = ranked_words;
    sample->rule.dense = dense;
    draw_words(&random);
    draw_grams(&random);
    for (uint32_t doc = 0; doc < ARTICLES; doc++) { /* norms of all kinds */
        sample->articles[doc].body_words = (uint32_t)random_below(&random, 3000);
        sample->norms[doc] = norm_of_length(sample->articles[doc].body_words);
    }
    crafted_open(&crafted);
    assert_int_equal(lexicon_open(&lexicon, crafted.snapshot), STATUS_OK);
    assert_int_equal(grams_open(&grams, crafted.snapshot), STATUS_OK);
    for (uint32_t word = 0; word < WORDS; word++)
        assert_int_equal(lexicon_find(&lexicon, sample->terms[word].key, &terms[word]), STATUS_OK);
}

static int open_pairs_ranked(void **state)
{
    (void)state;
    open_grams(2, 0);
    return 0;
}

static int open_sparse_ranked(void **state)
{
    (void)state;
    open_grams(8, 4);
    return 0;
}

static int open_unranked(void **state)
{
    (void)state;
    open_grams(0, 0);
    return 0;
}

static int close_grams(void **state)
{
    (void)state;
    crafted_release(&crafted);
    return 0;
}

/* --- Looking them up ---------------------------------------------------------------------------*/

static enum status find(const struct sample_gram *model, struct gram *gram)
{
    const struct term *words[GRAM_WORDS_MOST];
    for (uint32_t i = 0; i < model->count; i++)
        words[i] = &terms[model->terms[i]];
    return grams_find(&grams, words, model->count, gram);
}

static void check_gram(const struct sample_gram *model, const struct gram *gram)
{
    uint64_t cf = 0, title_cf = 0;
    uint32_t title_df = 0;
    for (uint32_t i = 0; i < model->article_count; i++) {
        cf += model->articles[i].tf;
        title_cf += model->articles[i].title_tf;
        title_df += model->articles[i].title_tf > 0;
    }
    assert_int_equal(gram->all.df, model->article_count);
    assert_int_equal(gram->all.cf, cf);
    assert_int_equal(gram->one_article, model->article_count == 1);
    if (gram->one_article) {
        assert_int_equal(gram->place, model->articles->place);
        assert_int_equal(gram->tf, cf);
        assert_int_equal(gram->title_tf, title_cf);
    }
    assert_int_equal(gram->titles.df, gram->one_article ? 0 : title_df);
    assert_int_equal(gram->titles.cf, gram->one_article ? 0 : title_cf);
}

static void test_find_all(void **state)
{
    (void)state;
    uint64_t counts[GRAM_WORDS_MOST - 1] = {0};
    for (size_t i = 0; i < sample->gram_count; i++) {
        const struct sample_gram *model = &sample->grams[i];
        struct gram gram;
        assert_int_equal(find(model, &gram), STATUS_OK);
        check_gram(model, &gram);
        uint32_t leader = leader_of(model), df = size_of(model->terms[leader]);
        assert_int_equal(gram.ranked, gram_rule_ranked(&sample->rule, ARTICLES, model->count, df));
        assert_int_equal(gram.leader, gram.ranked ? leader : 0);
        counts[model->count - 2]++;
    }
    assert_memory_equal(grams.counts, counts, sizeof counts);
    assert_memory_equal(&grams.rule, &sample->rule, sizeof grams.rule);
}

static void test_find_others(void **state)
{
    (void)state;
    uint64_t random = 73;
    unsigned absent = 0;
    for (int i = 0; i < 50000; i++) {
        struct sample_gram model = draw_gram(&random);
        const struct sample_gram *there =
            bsearch(&model, sample->grams, sample->gram_count, sizeof model, by_terms);
        struct gram gram;
        assert_int_equal(find(&model, &gram), there ? STATUS_OK : STATUS_NOT_FOUND);
        if (there)
            check_gram(there, &gram);
        absent += !there;
    }
    assert_true(absent > 1000 && absent < 49000);
}

/* Pairs placed together are what each is alone, wanted or not. */
static void test_find_placed(void **state)
{
    enum { RUN = 9 };
    (void)state;
    uint64_t random = 74;
    unsigned there = 0, absent = 0;
    for (int turn = 0; turn < 2000; turn++) {
        const struct term *words[RUN];
        uint32_t codes[RUN], blocks[RUN];
        bool wanted[RUN];
        for (uint32_t i = 0; i < RUN; i++) {
            words[i] = &terms[random_below(&random, turn % 2 ? 3 : WORDS)];
            wanted[i] = random_below(&random, 2);
        }
        assert_int_equal(grams_codes(&grams, words, RUN, codes), STATUS_OK);
        assert_int_equal(grams_place_pairs(&grams, codes, wanted, RUN - 1, blocks), STATUS_OK);
        for (uint32_t i = 0; i + 1 < RUN; i++) {
            struct gram gram = {0}, placed = {0};
            enum status status = grams_find(&grams, words + i, 2, &gram);
            assert_int_equal(grams_find_placed(&grams, words + i, codes + i, blocks[i], &placed),
                             status);
            assert_memory_equal(&placed, &gram, status == STATUS_OK ? sizeof gram : 0);
            there += status == STATUS_OK;
            absent += status == STATUS_NOT_FOUND;
        }
    }
    assert_true(there > 1000 && absent > 1000 && there + absent == 2000 * (RUN - 1));
}

static void test_walk(void **state)
{
    (void)state;
    static struct grams_cursor cursor;
    cursor = (struct grams_cursor){.grams = &grams};
    for (size_t i = 0; i < sample->gram_count; i++) {
        const struct sample_gram *model = &sample->grams[i];
        assert_true(grams_next(&cursor));
        assert_int_equal(cursor.count, model->count);
        assert_memory_equal(cursor.terms, model->terms, model->count * sizeof *model->terms);
        check_gram(model, &cursor.gram);
    }
    assert_false(grams_next(&cursor));
    assert_int_equal(cursor.status, STATUS_OK);
}

/* --- Reading them ------------------------------------------------------------------------------*/

struct reading {
    struct gram gram;
    const struct sample_gram *model;
    struct postings leader, postings;
    bool titles;
    struct gram_article *articles; /* those of the list */
    uint32_t count;
};

static void open_reading(struct reading *reading, size_t number, bool titles)
{
    static struct gram_article articles[ARTICLES];
    const struct sample_gram *model = reading->model = &sample->grams[number];
    reading->titles = titles;
    reading->articles = articles;
    reading->count = 0;
    for (uint32_t i = 0; i < model->article_count; i++)
        if (!titles || (model->article_count > 1 && model->articles[i].title_tf))
            articles[reading->count++] = model->articles[i];
    assert_int_equal(find(model, &reading->gram), STATUS_OK);
    const struct term *leader = &terms[model->terms[reading->gram.leader]];
    if (reading->gram.ranked)
        assert_int_equal(postings_open(&reading->leader, crafted.snapshot, leader, false),
                         STATUS_OK);
    assert_int_equal(postings_open_gram(&reading->postings, crafted.snapshot, &reading->gram,
                                        titles, &reading->leader),
                     STATUS_OK);
}

static void close_reading(struct reading *reading)
{
    assert_int_equal(reading->postings.status, STATUS_OK);
    postings_release(&reading->postings);
    if (reading->gram.ranked)
        postings_release(&reading->leader);
}

static void check_block(struct reading *reading, bool tfs)
{
    struct postings *postings = &reading->postings;
    uint32_t first = postings->block * POSTINGS_BLOCK, left = reading->count - first;
    assert_int_equal(postings->count, left < POSTINGS_BLOCK ? left : POSTINGS_BLOCK);
    assert_true(!tfs || postings_read_tfs(postings));
    for (uint32_t i = 0; i < postings->count; i++) {
        const struct gram_article *article = &reading->articles[first + i];
        assert_int_equal(postings->docs[i], article->doc);
        if (tfs)
            assert_int_equal(postings->tfs[i], reading->titles ? article->title_tf : article->tf);
    }
    assert_int_equal(postings_block_last(postings, postings->block),
                     postings->docs[postings->count - 1]);
}

static void read_blocks(size_t number, bool titles)
{
    struct reading reading;
    uint32_t block = 0;
    open_reading(&reading, number, titles);
    for (; postings_next_block(&reading.postings); block++)
        check_block(&reading, true);
    assert_int_equal(block, (reading.count + 127) / 128);
    close_reading(&reading);
}

static void test_blocks(void **state)
{
    (void)state;
    for (size_t i = 0; i < sample->gram_count; i++) {
        read_blocks(i, false);
        read_blocks(i, true);
    }
}

static void seek_through(size_t number, bool titles, uint32_t step, uint64_t *random)
{
    struct reading reading;
    uint32_t at = 0;
    open_reading(&reading, number, titles);
    for (uint32_t doc = 0; doc < ARTICLES; doc += 1 + (uint32_t)random_below(random, step)) {
        while (at < reading.count && reading.articles[at].doc < doc)
            at++;
        assert_int_equal(postings_seek(&reading.postings, doc), at < reading.count);
        if (at == reading.count)
            break;
        if (reading.postings.block != at / POSTINGS_BLOCK) /* seeks never go back */
            assert_true(reading.postings.docs[0] >= doc);
        check_block(&reading, random_below(random, 3) == 0);
    }
    close_reading(&reading);
}

static void test_seeks(void **state)
{
    (void)state;
    uint64_t random = 74;
    for (size_t i = 0; i < sample->gram_count; i += 3) {
        uint32_t step = sample->grams[i].article_count > 1000 ? 700 : 4000;
        seek_through(i, false, step, &random);
        seek_through(i, true, step, &random);
    }
}

/* Both lists of a gram by one leader, block by block in turn. */
static void test_one_leader_for_both(void **state)
{
    (void)state;
    for (size_t i = 0; i < sample->gram_count; i += 5) {
        struct reading all, titles;
        open_reading(&all, i, false);
        titles = all;
        assert_int_equal(
            postings_open_gram(&titles.postings, crafted.snapshot, &all.gram, true, &all.leader),
            STATUS_OK);
        for (bool more = true; more;) {
            more = postings_next_block(&all.postings);
            if (more)
                check_block(&all, false);
            more |= postings_next_block(&titles.postings);
        }
        assert_int_equal(titles.postings.status, STATUS_OK);
        close_reading(&all);
    }
}

/* --- Bounds ------------------------------------------------------------------------------------*/

static void check_bounds(size_t number, bool titles)
{
    static double impacts[ARTICLES];
    struct reading reading;
    open_reading(&reading, number, titles);
    struct postings *postings = &reading.postings;
    for (uint32_t block = 0; block < postings->block_count; block++) {
        double most = 0, bound = postings_block_bound(postings, block);
        for (uint32_t i = block * 128; i < reading.count && i < block * 128 + 128; i++) {
            const struct gram_article *article = &reading.articles[i];
            impacts[i] = impact_of(&sample->model, titles ? article->title_tf : article->tf,
                                   article->title_tf, sample->norms[article->doc]);
            most = impacts[i] > most ? impacts[i] : most;
        }
        assert_true(bound / 65535.0 >= most);
        assert_true(postings->block_count == 1 ? bound == 65535 : (bound - 1) / 65535.0 < most);
    }
    qsort(impacts, reading.count, sizeof *impacts, doubles_descend);
    for (uint32_t k = 10; k <= 1000; k *= 10) {
        double best = postings_best(postings, k);
        if (reading.count <= POSTINGS_BLOCK || reading.count < k)
            assert_true(best == 0);
        else
            assert_true(best / 65535.0 <= impacts[k - 1] && (best + 1) / 65535.0 > impacts[k - 1]);
    }
    close_reading(&reading);
}

static void test_bounds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sample->gram_count; i++) {
        check_bounds(i, false);
        check_bounds(i, true);
    }
}

static void test_absent(void **state)
{
    (void)state;
    struct crafted plain = {0};
    struct grams none;
    struct gram gram;
    const struct term *words[] = {&terms[0], &terms[1]};
    crafted_init(&plain, 10, 0, 0, 0);
    crafted_open(&plain);
    assert_int_equal(grams_open(&none, plain.snapshot), STATUS_OK);
    assert_false(none.present);
    assert_int_equal(grams_find(&none, words, 2, &gram), STATUS_NOT_FOUND);
    crafted_release(&plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find_all),
        cmocka_unit_test(test_find_others),
        cmocka_unit_test(test_find_placed),
        cmocka_unit_test(test_walk),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_seeks),
        cmocka_unit_test(test_one_leader_for_both),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_absent),
    };
    int failed = cmocka_run_group_tests_name("pairs ranked", tests, open_pairs_ranked, close_grams);
    failed +=
        cmocka_run_group_tests_name("sparse ones ranked", tests, open_sparse_ranked, close_grams);
    return failed + cmocka_run_group_tests_name("unranked", tests, open_unranked, close_grams);
}
