/* Lists of every size and density: blocks, seeks, bounds and positions in any order, against
 * arrays. */
#include "sorting.h"
#include "unit/unit.h"

#include "random.h"
#include "store/lexicon_read.h"
#include "store/norm.h"
#include "store/postings_read.h"
#include "unit/store/crafted.h"

enum { ARTICLES = 30000, LISTS = 40 };

static struct crafted crafted;
static struct lexicon lexicon;
static char names[LISTS][16];

static const uint32_t sizes[] = {1,   2,   4,    5,    127,  128,  129,  255,   256,  257,
                                 900, 999, 1000, 1001, 1280, 1281, 3000, 10000, 30000};

static uint32_t size_of(int list)
{
    return sizes[(size_t)list % (sizeof sizes / sizeof *sizes)];
}

/* So many of all articles: dense where many, and every second list in one stretch. */
static void draw_docs(uint64_t *random, int list, struct sample_posting *postings)
{
    uint32_t count = size_of(list), range = ARTICLES, at = 0;
    if (list % 2 && count * 2 < ARTICLES) {
        range = count * 2;
        at = (uint32_t)random_below(random, ARTICLES - range);
    }
    for (uint32_t left = count; left; at++, range--) {
        if (random_below(random, range) >= left)
            continue;
        *postings++ = (struct sample_posting){.doc = at};
        left--;
    }
}

static uint32_t *draw_positions(uint64_t *random, struct sample_posting *posting,
                                uint32_t *positions)
{
    bool many = random_below(random, 300) == 0;
    posting->tf = 1 + (uint32_t)random_below(random, many ? 900 : 3);
    posting->title_tf =
        random_below(random, 4) ? 0 : (uint32_t)random_below(random, posting->tf + 1);
    posting->positions = positions;
    uint32_t next = 0;
    for (uint32_t i = 0; i < posting->tf; i++) {
        next += (uint32_t)random_below(random, random_below(random, 20) ? 30 : 60000);
        *positions++ = next++;
    }
    return positions;
}

static int open_lists(void **state)
{
    (void)state;
    uint64_t random = 51;
    size_t postings = 0;
    for (int list = 0; list < LISTS; list++)
        postings += size_of(list);
    crafted_init(&crafted, ARTICLES, LISTS, postings, postings * 8);
    struct sample_posting *at = crafted.sample.postings;
    uint32_t *positions = crafted.sample.positions;
    for (int list = 0; list < LISTS; list++) {
        snprintf(names[list], sizeof names[list], "t%03d", list);
        crafted.sample.terms[list] =
            (struct sample_term){slice_of_string(names[list]), size_of(list), at};
        draw_docs(&random, list, at);
        for (uint32_t i = 0; i < size_of(list); i++)
            positions = draw_positions(&random, at++, positions);
    }
    assert_true(positions <= crafted.sample.positions + postings * 8);
    for (uint32_t doc = 0; doc < ARTICLES; doc++) { /* norms of all kinds */
        crafted.sample.articles[doc].body_words = (uint32_t)random_below(&random, 3000);
        crafted.sample.norms[doc] = norm_of_length(crafted.sample.articles[doc].body_words);
    }
    crafted_open(&crafted);
    return lexicon_open(&lexicon, crafted.snapshot) == STATUS_OK ? 0 : -1;
}

static int close_lists(void **state)
{
    (void)state;
    crafted_release(&crafted);
    return 0;
}

static const struct sample_term *open_list(int list, struct term *term, struct postings *postings)
{
    const struct sample_term *model = &crafted.sample.terms[list];
    assert_int_equal(lexicon_find(&lexicon, model->key, term), STATUS_OK);
    assert_int_equal(postings_open(postings, crafted.snapshot, term, false), STATUS_OK);
    assert_int_equal(term->all.df, model->count);
    assert_int_equal(postings->count, 0);
    return model;
}

static void check_block(const struct postings *postings, const struct sample_term *model)
{
    size_t first = (size_t)postings->block * POSTINGS_BLOCK;
    size_t left = model->count - first;
    assert_int_equal(postings->count, left < POSTINGS_BLOCK ? left : POSTINGS_BLOCK);
    for (uint32_t i = 0; i < postings->count; i++)
        assert_int_equal(postings->docs[i], model->postings[first + i].doc);
}

static void test_blocks(void **state)
{
    (void)state;
    struct term term;
    struct postings postings;
    for (int list = 0; list < LISTS; list++) {
        const struct sample_term *model = open_list(list, &term, &postings);
        uint32_t block = 0;
        for (; postings_next_block(&postings); block++) {
            assert_int_equal(postings.block, block);
            check_block(&postings, model);
        }
        assert_int_equal(postings.status, STATUS_OK);
        assert_int_equal(block, (model->count + 127) / 128);
        assert_int_equal(postings.block, postings.block_count);
        assert_int_equal(postings.count, 0);
        assert_false(postings_next_block(&postings));
        assert_false(postings_seek(&postings, 0));
        postings_release(&postings);
        postings_release(&postings);
    }
}

static uint32_t model_block(const struct sample_term *model, uint32_t from, uint32_t doc)
{
    uint32_t blocks = (uint32_t)((model->count + 127) / 128);
    for (; from < blocks; from++) {
        size_t last = from + 1 < blocks ? (size_t)from * 128 + 127 : model->count - 1;
        if (model->postings[last].doc >= doc)
            break;
    }
    return from;
}

static void check_place(const struct postings *postings, uint32_t doc)
{
    uint32_t place = 0;
    while (place < postings->count && postings->docs[place] < doc)
        place++;
    assert_int_equal(postings_find_in_block(postings, doc), place);
}

static void test_places_in_blocks(void **state)
{
    (void)state;
    struct term term;
    struct postings postings;
    for (int list = 0; list < LISTS; list++) {
        open_list(list, &term, &postings);
        while (postings_next_block(&postings)) {
            for (uint32_t i = 0; i < postings.count; i++) {
                check_place(&postings, postings.docs[i]);
                check_place(&postings, postings.docs[i] + 1);
                check_place(&postings, i ? postings.docs[i] - 1 : 0);
            }
            check_place(&postings, ARTICLES);
            check_place(&postings, INT32_MAX);
        }
        postings_release(&postings);
    }
}

static void seek_through(int list, uint32_t step, uint64_t *random)
{
    struct term term;
    struct postings postings;
    const struct sample_term *model = open_list(list, &term, &postings);
    uint32_t block = 0;
    bool current = false;
    for (uint32_t doc = 0; doc < ARTICLES; doc += 1 + (uint32_t)random_below(random, step)) {
        uint64_t decoded = postings.blocks_decoded;
        uint32_t expected = model_block(model, block, doc);
        bool found = postings_seek(&postings, doc);
        assert_int_equal(found, expected < postings.block_count);
        if (!found)
            break;
        assert_int_equal(postings.block, expected);
        check_block(&postings, model);
        /* The current block costs nothing, another one no more than itself. */
        if (postings.block_count > 1)
            assert_int_equal(postings.blocks_decoded - decoded, !current || expected != block);
        block = expected;
        current = true;
        if (random_below(random, 8) == 0) {
            bool more = postings_next_block(&postings);
            assert_int_equal(more, block + 1 < postings.block_count);
            if (!more)
                break;
            check_block(&postings, model);
            block++;
        }
    }
    assert_int_equal(postings.status, STATUS_OK);
    postings_release(&postings);
}

static void test_seeks(void **state)
{
    (void)state;
    uint64_t random = 52;
    for (int list = 0; list < LISTS; list++) {
        seek_through(list, 5, &random);
        seek_through(list, 300, &random);
        seek_through(list, 9000, &random);
    }
}

static void test_seek_past_the_end(void **state)
{
    (void)state;
    struct term term;
    struct postings postings;
    for (int list = 0; list < LISTS; list++) {
        const struct sample_term *model = open_list(list, &term, &postings);
        uint32_t last = model->postings[model->count - 1].doc;
        assert_true(postings_seek(&postings, last));
        assert_int_equal(postings.docs[postings.count - 1], last);
        assert_int_equal(postings_block_last(&postings, postings.block_count - 1), last);
        assert_true(postings_seek(&postings, 0)); /* never back */
        assert_false(postings_seek(&postings, last + 1));
        assert_false(postings_seek(&postings, UINT32_MAX));
        assert_false(postings_next_block(&postings));
        assert_int_equal(postings.status, STATUS_OK);
        postings_release(&postings);
    }
}

/* Bounds by trying every 16-bit number from below. */
static uint32_t slow_ceiling(double impact)
{
    uint32_t q = impact > 0.001 ? (uint32_t)(impact * 65000) : 0;
    while (q > 0 && q / 65535.0 >= impact)
        q -= q > 9 ? 9 : q;
    while (q / 65535.0 < impact)
        q++;
    return q;
}

static void check_best(const struct postings *postings, double *impacts, size_t count, uint32_t k)
{
    uint32_t best = postings_best(postings, k);
    if (count <= POSTINGS_BLOCK || count < k) {
        assert_int_equal(best, 0);
        return;
    }
    assert_true(best / 65535.0 <= impacts[k - 1] && (best + 1) / 65535.0 > impacts[k - 1]);
}

static void test_bounds(void **state)
{
    (void)state;
    static double impacts[ARTICLES];
    struct term term;
    struct postings postings;
    for (int list = 0; list < LISTS; list++) {
        const struct sample_term *model = open_list(list, &term, &postings);
        for (size_t i = 0; i < model->count; i++) {
            const struct sample_posting *posting = &model->postings[i];
            impacts[i] = impact_of(&crafted.sample.model, posting->tf, posting->title_tf,
                                   crafted.sample.norms[posting->doc]);
        }
        for (uint32_t block = 0; block < postings.block_count; block++) {
            double most = 0;
            for (size_t i = block * 128u; i < model->count && i < block * 128u + 128; i++)
                most = impacts[i] > most ? impacts[i] : most;
            assert_int_equal(postings_block_bound(&postings, block),
                             postings.block_count > 1 ? slow_ceiling(most) : 65535);
        }
        qsort(impacts, model->count, sizeof *impacts, doubles_descend);
        check_best(&postings, impacts, model->count, 10);
        check_best(&postings, impacts, model->count, 100);
        check_best(&postings, impacts, model->count, 1000);
        postings_release(&postings);
    }
}

static void check_positions(struct postings *postings, const struct sample_posting *posting,
                            uint32_t i, struct bytes *out)
{
    assert_true(postings_read_positions(postings, i, out));
    assert_int_equal(postings->tfs[i], posting->tf);
    assert_int_equal(out->size, posting->tf * sizeof(uint32_t));
    assert_memory_equal(out->data, posting->positions, out->size);
    for (uint32_t k = 0; k < posting->tf; k += 1 + k / 2) { /* all up to the k-th, and no others */
        assert_true(postings_read_positions_to(postings, i, posting->positions[k], out));
        assert_true(out->size > k * sizeof(uint32_t));
        assert_true(out->size <= posting->tf * sizeof(uint32_t));
        assert_memory_equal(out->data, posting->positions, out->size);
    }
}

static void test_positions_in_any_order(void **state)
{
    (void)state;
    uint64_t random = 53;
    struct term term;
    struct postings postings;
    struct bytes out = {0};
    for (int list = 0; list < LISTS; list++) {
        const struct sample_term *model = open_list(list, &term, &postings);
        uint32_t doc = 0;
        while (doc < ARTICLES && postings_seek(&postings, doc)) {
            const struct sample_posting *first = &model->postings[postings.block * 128u];
            for (int turn = 0; turn < 20; turn++) {
                uint32_t i = (uint32_t)random_below(&random, postings.count);
                check_positions(&postings, &first[i], i, &out);
            }
            doc = postings.docs[postings.count - 1] + 1 + (uint32_t)random_below(&random, 500);
        }
        assert_int_equal(postings.status, STATUS_OK);
        postings_release(&postings);
    }
    bytes_release(&out);
}

static void test_titles(void **state)
{
    (void)state;
    struct term term;
    struct postings postings;
    struct bytes out = {0};
    for (int list = 0; list < LISTS; list++) {
        const struct sample_term *model = open_list(list, &term, &postings);
        size_t next = 0;
        assert_int_equal(postings_open(&postings, crafted.snapshot, &term, true), STATUS_OK);
        while (postings_next_block(&postings)) {
            for (uint32_t i = 0; i < postings.count; i++, next++) {
                while (model->postings[next].title_tf == 0)
                    next++;
                struct sample_posting posting = model->postings[next];
                assert_int_equal(postings.docs[i], posting.doc);
                posting.tf = posting.title_tf;
                check_positions(&postings, &posting, i, &out);
            }
        }
        assert_int_equal(postings.status, STATUS_OK);
        for (; next < model->count && model->count > 1; next++)
            assert_int_equal(model->postings[next].title_tf, 0);
    }
    bytes_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks), cmocka_unit_test(test_places_in_blocks),
        cmocka_unit_test(test_seeks),  cmocka_unit_test(test_seek_past_the_end),
        cmocka_unit_test(test_bounds), cmocka_unit_test(test_positions_in_any_order),
        cmocka_unit_test(test_titles),
    };
    return cmocka_run_group_tests(tests, open_lists, close_lists);
}
