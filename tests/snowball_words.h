/* The word pairs that the Snowball project publishes, words and their stems by language. */
#ifndef VERBATIM_TESTS_SNOWBALL_WORDS_H
#define VERBATIM_TESTS_SNOWBALL_WORDS_H

#include <stddef.h>
#include <stdint.h>

struct snowball_word {
    char *word, *stem; /* as published */
    char *folded;      /* NULL: left out */
    int64_t class;     /* the caller's; −1 at first */
};

struct snowball_list {
    struct snowball_word *words;
    size_t count;
    char *word_text, *stem_text;
};

/* Those of a language in its folder, of every `nth` stem. Left out are such as are several words of
 * an index, those that this machine's libstemmer, which may be older, stems otherwise, and such as
 * fold to the same word as one of another stem. */
void snowball_read(struct snowball_list *list, const char *folder, const char *language,
                   uint64_t nth);
void snowball_sort_by_stem(struct snowball_list *list);
void snowball_free(struct snowball_list *list);

#endif
