/* Everything that a sample holds, read back through the store: whatever shape its lists have. */
#include "base/error.h"
#include "scratch_fixture.h"
#include "store/check.h"
#include "store/columns_read.h"
#include "store/documents_read.h"
#include "store/lexicon_read.h"
#include "store/postings_read.h"
#include "store/settings.h"
#include "unit/store/sample.h"
#include "unit/unit.h"

#include <stdio.h>

static struct snapshot *write_and_open(const struct sample *sample)
{
    struct error error = {0};
    const char *path = scratch_path(&scratch, "sample.vbt");
    sample_write(sample, path);
    struct snapshot *snapshot = snapshot_open(path, &error);
    if (!snapshot)
        fail_msg("%s", error.text);
    return snapshot;
}

/* The postings of the term, or those of them that stand in titles, are what the list reads as. */
static void check_list(const struct snapshot *snapshot, const struct sample_term *model,
                       const struct term *term, bool titles)
{
    struct postings postings;
    struct bytes positions = {0};
    uint64_t occurrences = 0;
    size_t next = 0;
    assert_int_equal(postings_open(&postings, snapshot, term, titles), STATUS_OK);
    while (postings_next_block(&postings)) {
        assert_true(postings_read_tfs(&postings));
        assert_int_equal(postings_block_last(&postings, postings.block),
                         postings.docs[postings.count - 1]);
        for (uint32_t i = 0; i < postings.count; i++) {
            while (titles && next < model->count && model->postings[next].title_tf == 0)
                next++;
            assert_true(next < model->count);
            const struct sample_posting *posting = &model->postings[next++];
            uint32_t tf = titles ? posting->title_tf : posting->tf;
            assert_int_equal(postings.docs[i], posting->doc);
            assert_int_equal(postings.tfs[i], tf);
            assert_int_equal(postings.start + postings_count_positions(&postings, 0, i),
                             occurrences);
            assert_true(postings_read_positions(&postings, i, &positions));
            assert_int_equal(positions.size, tf * sizeof(uint32_t));
            assert_memory_equal(positions.data, posting->positions, positions.size);
            occurrences += tf;
        }
    }
    assert_int_equal(postings.status, STATUS_OK);
    for (; titles && next < model->count; next++)
        assert_int_equal(model->postings[next].title_tf, 0);
    assert_int_equal(next, model->count);
    assert_int_equal(occurrences, titles ? term->titles.cf : term->all.cf);
    postings_release(&postings);
    bytes_release(&positions);
}

static void check_terms(const struct sample *sample, const struct snapshot *snapshot)
{
    struct lexicon lexicon;
    struct lexicon_cursor cursor = {0};
    struct term found;
    assert_int_equal(lexicon_open(&lexicon, snapshot), STATUS_OK);
    assert_int_equal(lexicon.term_count, sample->term_count);
    lexicon_seek(&cursor, &lexicon, (struct slice){0});
    for (size_t i = 0; i < sample->term_count; i++) {
        const struct sample_term *model = &sample->terms[i];
        assert_true(lexicon_next(&cursor));
        assert_true(slice_equal(bytes_slice(&cursor.key), model->key));
        assert_int_equal(lexicon_find(&lexicon, model->key, &found), STATUS_OK);
        assert_memory_equal(&found, &cursor.term, sizeof found);
        assert_int_equal(found.all.df, model->count);
        check_list(snapshot, model, &found, false);
        if (!found.one_article)
            check_list(snapshot, model, &found, true);
    }
    assert_false(lexicon_next(&cursor));
    assert_int_equal(cursor.status, STATUS_OK);
    lexicon_cursor_release(&cursor);
}

static void check_article(const struct sample *sample, struct documents *documents,
                          const struct columns *columns, uint32_t doc)
{
    const struct sample_article *article = &sample->articles[doc];
    struct arena arena = {0};
    struct fields fields;
    struct bytes body = {0};
    uint32_t title_words, found;
    uint64_t date;
    uint8_t norm;
    assert_int_equal(documents_fields(documents, doc, &arena, &fields), STATUS_OK);
    assert_true(slice_equal(fields.id, slice_of_string(article->id)));
    assert_true(slice_equal(fields.title, slice_of_string(article->title)));
    assert_int_equal(fields.lists[0].count, 1);
    assert_true(slice_equal(fields.lists[0].values[0], slice_of_string(article->source)));
    assert_int_equal(columns_norm(columns, doc, &norm), STATUS_OK);
    assert_int_equal(norm, sample->norms[doc]);
    assert_int_equal(columns_title_words(columns, doc, &title_words), STATUS_OK);
    assert_int_equal(title_words, article->title_words);
    assert_int_equal(columns_date(columns, doc, &date), STATUS_OK);
    assert_true(date == article->date && fields.date == date);
    assert_int_equal(columns_find_id(columns, documents, fields.id, &found), STATUS_OK);
    assert_int_equal(found, doc);
    enum status status = documents_body(documents, doc, &body);
    if (sample->options.no_text)
        assert_int_equal(status, STATUS_NOT_FOUND);
    else
        assert_true(status == STATUS_OK &&
                    slice_equal(bytes_slice(&body), slice_of_string(article->body)));
    bytes_release(&body);
    arena_release(&arena);
}

static void check_articles(const struct sample *sample, const struct snapshot *snapshot)
{
    struct documents documents;
    struct columns columns;
    uint32_t doc;
    assert_int_equal(documents_open(&documents, snapshot), STATUS_OK);
    assert_int_equal(columns_open(&columns, snapshot), STATUS_OK);
    for (doc = 0; doc < sample->options.articles; doc++)
        check_article(sample, &documents, &columns, doc);
    assert_int_equal(columns_find_id(&columns, &documents, SLICE("article/no"), &doc),
                     STATUS_NOT_FOUND);
    documents_release(&documents);
}

static void complain(void *context, enum chunk_id chunk, const char *what)
{
    (void)context;
    fail_msg("%s: %s", chunk_names[chunk], what);
}

static void round_trip(const struct sample_options *options)
{
    struct sample sample;
    struct error error = {0};
    sample_make(&sample, options);
    struct snapshot *snapshot = write_and_open(&sample);
    check_terms(&sample, snapshot);
    check_articles(&sample, snapshot);
    assert_int_equal(snapshot_verify(snapshot, &error), STATUS_OK);
    assert_int_equal(store_check(snapshot, complain, NULL), STATUS_OK);
    snapshot_unref(snapshot);
    sample_free(&sample);
}

static void test_nothing(void **state)
{
    (void)state;
    round_trip(&(struct sample_options){.seed = 1, .vocabulary = 1});
}

static void test_one_article(void **state)
{
    (void)state;
    round_trip(&(struct sample_options){2, 1, 10, 5, 20, 0, false});
    round_trip(&(struct sample_options){3, 1, 3, 200, 3000, 0, false});
}

static void test_short_lists(void **state)
{
    (void)state;
    round_trip(&(struct sample_options){4, 100, 400, 8, 120, 7, false});
}

static void test_long_lists(void **state)
{
    (void)state;
    round_trip(&(struct sample_options){5, 1500, 60, 6, 40, 100, false});
    round_trip(&(struct sample_options){6, 129, 30, 3, 20, 0, false});
}

static void test_long_bodies(void **state)
{
    (void)state;
    round_trip(&(struct sample_options){7, 12, 3000, 8, 60000, 5, false});
}

static void test_no_titles_no_text(void **state)
{
    (void)state;
    round_trip(&(struct sample_options){8, 300, 500, 0, 50, 50, true});
}

static void test_grams(void **state)
{
    (void)state;
    struct sample sample;
    for (uint32_t turn = 0; turn < 4; turn++) {
        struct gram_rule rule = {8, 1 + 10 * turn, 3000 * turn, 12, 90, turn * 2, turn};
        sample_make(&sample,
                    &(struct sample_options){9 + turn, 10 + 300 * turn, 30, 6, 40, 0, true});
        sample_add_grams(&sample, &rule);
        struct snapshot *snapshot = write_and_open(&sample);
        assert_true(sample.gram_count > 0);
        assert_int_equal(store_check(snapshot, complain, NULL), STATUS_OK);
        snapshot_unref(snapshot);
        sample_free(&sample);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing),     cmocka_unit_test(test_one_article),
        cmocka_unit_test(test_short_lists), cmocka_unit_test(test_long_lists),
        cmocka_unit_test(test_long_bodies), cmocka_unit_test(test_no_titles_no_text),
        cmocka_unit_test(test_grams),
    };
    return cmocka_run_group_tests(tests, open_scratch, close_scratch);
}
