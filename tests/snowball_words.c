#include "snowball_words.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/analyzer.h"
#include "text/stem.h"
#include "unit/unit.h"

static char *read_lines(const char *folder, const char *language, const char *name)
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

static uint64_t number_of(const char *text)
{
    uint64_t number = 1469598103934665603u; /* FNV-1a */
    for (; *text; text++)
        number = (number ^ (uint8_t)*text) * 1099511628211u;
    return number >> 16;
}

static void read_words(struct snowball_list *list, const char *folder, const char *language,
                       uint64_t nth)
{
    char *word_at = list->word_text = read_lines(folder, language, "voc.txt");
    char *stem_at = list->stem_text = read_lines(folder, language, "output.txt");
    list->words = calloc(strlen(word_at) + 1, sizeof *list->words);
    for (char *word, *stem; (word = next_line(&word_at)) && (stem = next_line(&stem_at));)
        if (number_of(stem) % nth == 0)
            list->words[list->count++] = (struct snowball_word){word, stem, NULL, -1};
}

/* Folds every word; one that is several is left out, and what this library stems otherwise. */
static void fold_words(struct snowball_list *list, const char *language)
{
    char code[STEM_CODE_BYTES];
    assert_true(stem_language(slice_of_string(language), code));
    struct stemmer *stemmer = stemmer_open(code);
    struct analyzer *analyzer = analyzer_open();
    for (size_t i = 0; i < list->count; i++) {
        struct snowball_word *at = &list->words[i];
        struct word found[2];
        struct slice word = slice_of_string(at->word);
        analyzer_begin(analyzer, word);
        if (analyzer_read(analyzer, found, 2) != 1)
            continue;
        char *folded = strndup(found[0].text.data, found[0].text.size);
        if (slice_equal(stemmer_stem(stemmer, word), slice_of_string(at->stem)))
            at->folded = folded;
        else
            free(folded);
    }
    analyzer_close(analyzer);
    stemmer_close(stemmer);
}

static int by_folded(const void *a, const void *b)
{
    const struct snowball_word *x = a, *y = b;
    if (!x->folded || !y->folded)
        return !x->folded - !y->folded;
    return strcmp(x->folded, y->folded);
}

/* Of those that fold to the same, but have other stems, none is kept. */
static void leave_out_clashes(struct snowball_list *list)
{
    struct snowball_word *words = list->words;
    qsort(words, list->count, sizeof *words, by_folded);
    for (size_t first = 0, end; first < list->count && words[first].folded; first = end) {
        bool clash = false;
        for (end = first + 1; end < list->count && words[end].folded &&
                              strcmp(words[first].folded, words[end].folded) == 0;
             end++)
            clash |= strcmp(words[first].stem, words[end].stem) != 0;
        for (size_t i = first; clash && i < end; i++) {
            free(words[i].folded);
            words[i].folded = NULL;
        }
    }
}

void snowball_read(struct snowball_list *list, const char *folder, const char *language,
                   uint64_t nth)
{
    *list = (struct snowball_list){0};
    read_words(list, folder, language, nth);
    fold_words(list, language);
    leave_out_clashes(list);
}

static int by_stem(const void *a, const void *b)
{
    return strcmp(((const struct snowball_word *)a)->stem, ((const struct snowball_word *)b)->stem);
}

void snowball_sort_by_stem(struct snowball_list *list)
{
    qsort(list->words, list->count, sizeof *list->words, by_stem);
}

void snowball_free(struct snowball_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->words[i].folded);
    free(list->words);
    free(list->word_text);
    free(list->stem_text);
    *list = (struct snowball_list){0};
}
