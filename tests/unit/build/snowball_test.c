/* The word pairs that the Snowball project publishes: words that it gives one stem meet in one
 * class of the index. Left out are words that this machine's libstemmer, which may be older, stems
 * otherwise, and such as fold to the same word as one of another stem. */
#include "unit/unit.h"

#include <dirent.h>
#include <stdlib.h>

#include "build/builder.h"
#include "corpora.h"
#include "scratch_fixture.h"
#include "store/classes_read.h"
#include "store/lexicon_read.h"
#include "text/analyzer.h"
#include "text/stem.h"

struct pair {
    char *word, *stem; /* as published */
    char *folded;      /* NULL: left out */
    int64_t class;     /* −1: none */
};

static char folder[PATH_MAX];
static struct pair *pairs;
static size_t pair_count;
static char *words, *stems;

static char *read_lines(const char *language, const char *name)
{
    char path[2 * PATH_MAX];
    snprintf(path, sizeof path, "%s/%s/%s", folder, language, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = calloc((size_t)size + 1, 1);
    assert_int_equal(fread(text, 1, (size_t)size, file), size);
    fclose(file);
    return text;
}

static char *next_line(char **at)
{
    char *line = *at, *end = line ? strchr(line, '\n') : NULL;
    if (!end)
        return NULL;
    *end = '\0';
    *at = end + 1;
    return line;
}

static void read_pairs(const char *language)
{
    char *word_at = words = read_lines(language, "voc.txt");
    char *stem_at = stems = read_lines(language, "output.txt");
    pairs = calloc(strlen(words) + 1, sizeof *pairs);
    pair_count = 0;
    for (char *word, *stem; (word = next_line(&word_at)) && (stem = next_line(&stem_at));)
        pairs[pair_count++] = (struct pair){word, stem, NULL, -1};
}

static int by_folded(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (!x->folded || !y->folded)
        return !x->folded - !y->folded;
    return strcmp(x->folded, y->folded);
}

static int by_stem(const void *a, const void *b)
{
    return strcmp(((const struct pair *)a)->stem, ((const struct pair *)b)->stem);
}

/* Folds every word; one that is several is left out, and what this library stems otherwise. */
static void fold_words(const char *language)
{
    char code[STEM_CODE_BYTES];
    assert_true(stem_language(slice_of_string(language), code));
    struct stemmer *stemmer = stemmer_open(code);
    struct analyzer *analyzer = analyzer_open();
    for (size_t i = 0; i < pair_count; i++) {
        struct word found[2];
        struct slice word = slice_of_string(pairs[i].word);
        analyzer_begin(analyzer, word);
        if (analyzer_read(analyzer, found, 2) != 1)
            continue;
        char *folded = strndup(found[0].text.data, found[0].text.size);
        if (slice_equal(stemmer_stem(stemmer, word), slice_of_string(pairs[i].stem)))
            pairs[i].folded = folded;
        else
            free(folded);
    }
    analyzer_close(analyzer);
    stemmer_close(stemmer);
}

/* Of those that fold to the same, but have other stems, none is kept. */
static void leave_out_clashes(void)
{
    qsort(pairs, pair_count, sizeof *pairs, by_folded);
    for (size_t first = 0, end; first < pair_count && pairs[first].folded; first = end) {
        bool clash = false;
        for (end = first + 1; end < pair_count && pairs[end].folded &&
                              strcmp(pairs[first].folded, pairs[end].folded) == 0;
             end++)
            clash |= strcmp(pairs[first].stem, pairs[end].stem) != 0;
        for (size_t i = first; clash && i < end; i++) {
            free(pairs[i].folded);
            pairs[i].folded = NULL;
        }
    }
}

static void build(const char *language)
{
    struct error error = {0};
    struct builder_totals totals;
    struct builder_options options;
    struct bytes body = {0};
    struct slice lang = slice_of_string(language);
    for (size_t i = 0; i < pair_count; i++) {
        if (!pairs[i].folded)
            continue;
        bytes_append_string(&body, pairs[i].word);
        bytes_append_string(&body, "\n");
    }
    struct article article = {.id = SLICE("1"), .body = bytes_slice(&body)};
    article.lists[ARTICLE_LANG] = (struct article_values){&lang, 1};
    builder_options_init(&options);
    options.no_grams = true;
    options.threads = 1;
    struct builder *builder =
        builder_open(scratch_path(&scratch, "snowball.vbt"), &options, &error);
    assert_non_null(builder);
    assert_int_equal(builder_add(builder, &article, &error), STATUS_OK);
    assert_int_equal(builder_commit(builder, &totals, NULL, NULL, &error), STATUS_OK);
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
    for (size_t i = 0; i < pair_count; i++) {
        struct term term;
        struct word_class class;
        if (!pairs[i].folded)
            continue;
        assert_int_equal(lexicon_find(&lexicon, slice_of_string(pairs[i].folded), &term),
                         STATUS_OK);
        if (class_language_find(&in, term.number, &class) == STATUS_OK)
            pairs[i].class = class.number;
    }
    snapshot_unref(snapshot);
}

/* Words of one stem are in one class, or are one word that has none; of two stems in two. */
static size_t compare(const char *language)
{
    size_t met = 0;
    qsort(pairs, pair_count, sizeof *pairs, by_stem);
    for (size_t i = 0, before = SIZE_MAX; i < pair_count; i++) {
        if (!pairs[i].folded)
            continue;
        if (before != SIZE_MAX) {
            bool same_stem = strcmp(pairs[before].stem, pairs[i].stem) == 0;
            bool same_class = pairs[before].class == pairs[i].class && pairs[i].class >= 0;
            bool same_word = strcmp(pairs[before].folded, pairs[i].folded) == 0;
            if (same_stem != (same_class || same_word))
                fail_msg("%s: '%s' and '%s' %s", language, pairs[before].word, pairs[i].word,
                         same_stem ? "do not meet" : "meet");
            met += same_stem && !same_word;
        }
        before = i;
    }
    return met;
}

static void check_language(const char *language)
{
    size_t kept = 0;
    read_pairs(language);
    fold_words(language);
    leave_out_clashes();
    build(language);
    find_classes(language);
    size_t met = compare(language);
    for (size_t i = 0; i < pair_count; i++) {
        kept += pairs[i].folded != NULL;
        free(pairs[i].folded);
    }
    printf("%s: %zu words, %zu left out, %zu meet the one before\n", language, pair_count,
           pair_count - kept, met);
    assert_true(kept > pair_count / 2 && met > 100);
    free(pairs);
    free(words);
    free(stems);
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
