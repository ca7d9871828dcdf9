/* The words of a pasted text as one file knows them: their terms, and the runs of them that have
 * lists. Inside this room only. */
#ifndef VERBATIM_SEARCH_QUOTE_TERMS_H
#define VERBATIM_SEARCH_QUOTE_TERMS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

struct arena;
struct collection;
struct collection_file;
struct cover_grams;
struct match_budget;
struct match_leaf;
struct match_source;
struct quote_words;
struct term;

struct quote_terms { /* in an arena */
    const struct collection_file *file;
    const struct term **terms; /* one a word, equal words the same; NULL: the file has it not */
    size_t count;
    uint32_t *codes; /* of the terms, where they are known */
    struct cover_grams *grams;
    uint8_t *absent; /* by word: so many from it on stand nowhere; 0: not known */
};

/* Looks up all words, and their runs of at most `most` words. False with the budget's status bad.
 */
bool quote_terms_init(struct quote_terms *terms, const struct collection_file *file,
                      const struct quote_words *words, uint32_t most, struct match_budget *budget,
                      struct arena *arena);

/* The articles that hold `count` words from first on; NULL where none does (*absent then), or with
 * the budget's status bad. The matcher is the source's arena's. */
struct match_leaf *quote_terms_leaf(const struct quote_terms *terms,
                                    const struct match_source *source, size_t first, size_t count,
                                    bool *absent);

/* Whether more articles hold the word `one` than hold left and right side by side. False too where
 * the budget's status is bad. matchers is cleared. */
bool quote_terms_prefer_one(const struct collection *collection, struct slice left,
                            struct slice right, struct slice one, struct match_budget *budget,
                            struct arena *matchers);

#endif
