/* A list of titles too large to be held while its term's own list is written. */
#include "unit/unit.h"

#include "random.h"
#include "store/lexicon_read.h"
#include "store/postings_read.h"
#include "store/sink.h"
#include "unit/store/crafted.h"

enum { ARTICLES = 90000, TERMS = 3 };

static struct crafted crafted;

static int open_lists(void **state)
{
    (void)state;
    static const char *const names[TERMS] = {"a", "b", "c"};
    uint64_t random = 101;
    struct sample_posting *posting;
    uint32_t *position;
    crafted_init(&crafted, ARTICLES, TERMS, TERMS * ARTICLES, 2 * TERMS * ARTICLES);
    posting = crafted.sample.postings;
    position = crafted.sample.positions;
    for (int term = 0; term < TERMS; term++) {
        crafted.sample.terms[term] =
            (struct sample_term){slice_of_string(names[term]), ARTICLES, posting};
        for (uint32_t doc = 0; doc < ARTICLES; doc++, position += 2) {
            position[0] = (uint32_t)random_below(&random, 1 << 28);
            position[1] = position[0] + 1 + (uint32_t)random_below(&random, 1 << 20);
            *posting++ = (struct sample_posting){doc, 2, term == 1 ? 0 : 1, position};
        }
    }
    crafted_open(&crafted);
    return 0;
}

static int close_lists(void **state)
{
    (void)state;
    crafted_release(&crafted);
    return 0;
}

static void check_list(const struct sample_term *model, const struct term *term, bool titles)
{
    struct postings postings;
    struct bytes out = {0};
    uint32_t next = 0;
    assert_int_equal(postings_open(&postings, crafted.snapshot, term, titles), STATUS_OK);
    while (postings_next_block(&postings)) {
        for (uint32_t i = 0; i < postings.count; i++, next++) {
            assert_int_equal(postings.docs[i], model->postings[next].doc);
            assert_true(postings_read_positions(&postings, i, &out));
            assert_int_equal(out.size, titles ? 4 : 8);
            assert_memory_equal(out.data, model->postings[next].positions, out.size);
        }
    }
    assert_int_equal(postings.status, STATUS_OK);
    assert_int_equal(next, titles && !model->postings->title_tf ? 0 : ARTICLES);
    bytes_release(&out);
}

static void test_spilled(void **state)
{
    (void)state;
    struct lexicon lexicon;
    struct term term;
    assert_int_equal(lexicon_open(&lexicon, crafted.snapshot), STATUS_OK);
    for (int i = 0; i < TERMS; i++) {
        const struct sample_term *model = &crafted.sample.terms[i];
        assert_int_equal(lexicon_find(&lexicon, model->key, &term), STATUS_OK);
        if (term.titles.df)
            assert_true(term.titles.positions_bytes > SINK_HELD_BYTES);
        check_list(model, &term, false);
        check_list(model, &term, true);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_spilled)};
    return cmocka_run_group_tests(tests, open_lists, close_lists);
}
