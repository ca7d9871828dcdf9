/* By which lists a phrase is found in a file: those of its words, and of runs of them (grams). */
#ifndef VERBATIM_SEARCH_COVER_H
#define VERBATIM_SEARCH_COVER_H

#include "match/phrase.h"
#include "match/source.h"
#include "store/grams_read.h"

struct cover {
    bool absent; /* a gram that would have a list has none: the phrase stands nowhere. Else: */
    struct phrase_part *parts; /* in the source's arena; a single one is a gram of all the words */
    size_t part_count;
};

/* terms: the words in order, two or more, of title and body; article_count is the file's. What the
 * rule says is listed and is not found proves the phrase absent. Of what is found those grams are
 * taken that none other holds, and the words that are in none. False with the budget's status bad.
 */
bool cover_find(const struct match_source *source, const struct grams *grams,
                uint32_t article_count, const struct term *const *terms, size_t count,
                struct cover *cover);

/* The grams of a text, by their words (from 2), then by the first of them; NULL: not listed. */
struct cover_grams {
    const struct gram **by_words[GRAM_WORDS_MOST + 1];
    uint32_t longest; /* words of the longest there is; by_words goes so far */
};

/* The cover of count words of that text from first on, by what was found of it: none of it is known
 * to be absent. The parts' firsts count from the first word. False with the budget's status bad. */
bool cover_choose(const struct match_source *source, const struct cover_grams *grams, size_t first,
                  size_t count, struct cover *cover);

#endif
