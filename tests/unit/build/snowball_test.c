/* The word pairs that the Snowball project publishes: words that it gives one stem meet in one
 * class of the index, but for those that snowball_words.h leaves out. */
#include "unit/unit.h"

#include <dirent.h>
#include <stdlib.h>

#include "build/builder.h"
#include "corpora.h"
#include "scratch_fixture.h"
#include "snowball_words.h"
#include "store/classes_read.h"
#include "store/lexicon_read.h"
#include "test_build.h"
#include "text/stem.h"

static char folder[PATH_MAX];
static struct snowball_list list;

static void build(const char *language)
{
    struct builder_options options;
    struct bytes body = {0};
    struct slice lang = slice_of_string(language);
    for (size_t i = 0; i < list.count; i++) {
        if (!list.words[i].folded)
            continue;
        bytes_append_string(&body, list.words[i].word);
        bytes_append_string(&body, "\n");
    }
    struct article article = {.id = SLICE("1"), .body = bytes_slice(&body)};
    article.lists[ARTICLE_LANG] = (struct article_values){&lang, 1};
    builder_options_init(&options);
    options.no_grams = true;
    options.threads = 1;
    struct builder *builder = test_build_open(scratch_path(&scratch, "snowball.vbt"), &options);
    test_build_add(builder, &article);
    test_build_commit(builder);
    bytes_release(&body);
}

static void find_classes(const char *language)
{
    struct error error = {0};
    struct classes classes;
    struct class_language in;
    struct lexicon lexicon;
    char code[STEM_CODE_BYTES];
    struct snapshot *snapshot = snapshot_open(scratch_path(&scratch, "snowball.vbt"), &error);
    assert_non_null(snapshot);
    assert_true(stem_language(slice_of_string(language), code));
    assert_int_equal(classes_open(&classes, snapshot), STATUS_OK);
    assert_int_equal(classes_language(&classes, code, &in), STATUS_OK);
    assert_int_equal(lexicon_open(&lexicon, snapshot), STATUS_OK);
    for (size_t i = 0; i < list.count; i++) {
        struct term term;
        struct word_class class;
        if (!list.words[i].folded)
            continue;
        assert_int_equal(lexicon_find(&lexicon, slice_of_string(list.words[i].folded), &term),
                         STATUS_OK);
        if (class_language_find(&in, term.number, &class) == STATUS_OK)
            list.words[i].class = class.number;
    }
    snapshot_unref(snapshot);
}

/* Words of one stem are in one class, or are one word that has none; of two stems in two. */
static size_t compare(const char *language)
{
    size_t met = 0;
    snowball_sort_by_stem(&list);
    for (size_t i = 0, before = SIZE_MAX; i < list.count; i++) {
        if (!list.words[i].folded)
            continue;
        if (before != SIZE_MAX) {
            bool same_stem = strcmp(list.words[before].stem, list.words[i].stem) == 0;
            bool same_class =
                list.words[before].class == list.words[i].class && list.words[i].class >= 0;
            bool same_word = strcmp(list.words[before].folded, list.words[i].folded) == 0;
            if (same_stem != (same_class || same_word))
                fail_msg("%s: '%s' and '%s' %s", language, list.words[before].word,
                         list.words[i].word, same_stem ? "do not meet" : "meet");
            met += same_stem && !same_word;
        }
        before = i;
    }
    return met;
}

static void check_language(const char *language)
{
    size_t kept = 0;
    snowball_read(&list, folder, language, 1);
    build(language);
    find_classes(language);
    size_t met = compare(language);
    for (size_t i = 0; i < list.count; i++)
        kept += list.words[i].folded != NULL;
    printf("%s: %zu words, %zu left out, %zu meet the one before\n", language, list.count,
           list.count - kept, met);
    assert_true(kept > list.count / 2 && met > 100);
    snowball_free(&list);
}

static void test_pairs_meet(void **state)
{
    (void)state;
    size_t languages = 0;
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        if (entry->d_name[0] != '.') {
            check_language(entry->d_name);
            languages++;
        }
    closedir(dir);
    assert_true(languages > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pairs_meet)};
    if (!corpora_find(folder, "robustness/snowball_data"))
        return 77;
    return cmocka_run_group_tests(tests, open_scratch, close_scratch);
}
