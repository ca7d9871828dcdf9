/* Classes read back, against those of the sample. */
#include "unit/unit.h"

#include "base/error.h"
#include "scratch_fixture.h"
#include "store/classes_read.h"
#include "store/lexicon_read.h"
#include "store/postings_read.h"
#include "unit/store/sample.h"
#include "unit/store/sample_classes.h"

static struct sample sample;
static struct snapshot *snapshot;
static size_t listed, bare;

static void make(const struct sample_options *options, uint64_t bound, uint32_t first,
                 uint32_t second)
{
    struct error error = {0};
    const char *path = scratch_path(&scratch, "classes.vbt");
    sample_make(&sample, options);
    sample_add_classes(&sample, &(struct class_rule){bound, 12}, first, second);
    sample_write(&sample, path);
    snapshot = snapshot_open(path, &error);
    assert_non_null(snapshot);
}

static void drop(void)
{
    snapshot_unref(snapshot);
    sample_free(&sample);
}

static void check_lists(const struct sample_class *expected, const struct word_class *class)
{
    for (int titles = 0; titles < 2; titles++) {
        struct postings postings;
        uint32_t at = 0;
        assert_int_equal(postings_open_class(&postings, snapshot, &class->list, titles), STATUS_OK);
        while (postings_next_block(&postings)) {
            assert_true(postings_read_tfs(&postings));
            for (uint32_t i = 0; i < postings.count; i++, at++) {
                while (titles && expected->articles[at].title_tf == 0)
                    at++;
                const struct gram_article *article = &expected->articles[at];
                assert_int_equal(postings.docs[i], article->doc);
                assert_int_equal(postings.tfs[i], titles ? article->title_tf : article->tf);
            }
        }
        assert_int_equal(postings.status, STATUS_OK);
        while (titles && at < expected->df && expected->articles[at].title_tf == 0)
            at++;
        assert_int_equal(at, expected->df);
        postings_release(&postings);
    }
}

static void check_class(const struct class_language *language, const struct sample_class *expected)
{
    for (uint32_t i = 0; i < expected->count; i++) {
        struct word_class class;
        uint32_t term, at = 0;
        assert_int_equal(class_language_find(language, expected->terms[i], &class), STATUS_OK);
        assert_int_equal(class.df, expected->df);
        assert_int_equal(class.members, expected->count);
        assert_int_equal(class.has_list, expected->has_list);
        struct class_members members = class_members_of(&class);
        while (class_members_next(&members, &term))
            assert_int_equal(term, expected->terms[at++]);
        assert_int_equal(members.status, STATUS_OK);
        assert_int_equal(at, expected->count);
        if (class.has_list)
            check_lists(expected, &class);
        *(class.has_list ? &listed : &bare) += 1;
    }
}

static void check_language(const struct classes *classes, const char *code, uint32_t modulus)
{
    struct class_language language;
    struct word_class class;
    if (modulus == 0) {
        assert_int_equal(classes_language(classes, code, &language), STATUS_NOT_FOUND);
        return;
    }
    assert_int_equal(classes_language(classes, code, &language), STATUS_OK);
    for (uint32_t rest = 0; rest < modulus; rest++) {
        struct sample_class expected;
        if (sample_class_make(&sample, modulus, rest, &expected))
            check_class(&language, &expected);
        else if (expected.count)
            assert_int_equal(class_language_find(&language, expected.terms[0], &class),
                             STATUS_NOT_FOUND);
        sample_class_free(&expected);
    }
    assert_int_equal(class_language_find(&language, (uint32_t)sample.term_count, &class),
                     STATUS_NOT_FOUND);
    assert_int_equal(class_language_read(&language, language.class_count, &class),
                     STATUS_NOT_FOUND);
}

static void check(const struct sample_options *options, uint64_t bound, uint32_t first,
                  uint32_t second)
{
    struct classes classes;
    struct class_language language;
    make(options, bound, first, second);
    listed = bare = 0;
    assert_int_equal(classes_open(&classes, snapshot), STATUS_OK);
    assert_true(classes.present);
    assert_int_equal(classes.rule.bound, bound);
    check_language(&classes, "de", first);
    check_language(&classes, "en", second);
    assert_int_equal(classes_language(&classes, "fr", &language), STATUS_NOT_FOUND);
    drop();
}

static void test_lists_of_one_block(void **state)
{
    (void)state;
    check(&(struct sample_options){61, 100, 60, 4, 30, 0, true}, 400, 9, 20);
    assert_true(listed > 0 && bare > 0);
}

static void test_lists_of_many_blocks(void **state)
{
    (void)state;
    check(&(struct sample_options){62, 1500, 60, 4, 12, 0, true}, 6000, 7, 25);
    assert_true(listed > 0 && bare > 0);
}

/* More members than are put in order at a time. */
static void test_many_members(void **state)
{
    (void)state;
    check(&(struct sample_options){63, 60, 4000, 4, 300, 0, true}, 0, 1000, 0);
    assert_true(listed > 0);
}

static void test_no_articles(void **state)
{
    (void)state;
    check(&(struct sample_options){64, 0, 4, 4, 3, 0, true}, 0, 2, 3);
}

static void test_absent(void **state)
{
    (void)state;
    struct classes classes;
    struct class_language language;
    make(&(struct sample_options){65, 5, 4, 4, 3, 0, true}, 0, 2, 3);
    snapshot_unref(snapshot);
    sample.has_classes = false;
    sample_write(&sample, scratch_path(&scratch, "none.vbt"));
    struct error error = {0};
    snapshot = snapshot_open(scratch_path(&scratch, "none.vbt"), &error);
    assert_int_equal(classes_open(&classes, snapshot), STATUS_OK);
    assert_false(classes.present);
    assert_int_equal(classes_language(&classes, "en", &language), STATUS_NOT_FOUND);
    drop();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists_of_one_block),
        cmocka_unit_test(test_lists_of_many_blocks),
        cmocka_unit_test(test_many_members),
        cmocka_unit_test(test_no_articles),
        cmocka_unit_test(test_absent),
    };
    return cmocka_run_group_tests(tests, open_scratch, close_scratch);
}
