/* A leaf that is wanted, and what it must give: found by looking at every position of the sample.
 */
#ifndef VERBATIM_TESTS_WANTED_H
#define VERBATIM_TESTS_WANTED_H

#include "match/leaf.h"
#include "unit/match/contract.h"

enum { WANTED_WORDS_MOST = 12 };

struct wanted {
    struct stage *stage;
    const struct sample_term *known[WANTED_WORDS_MOST];
    const struct term *terms[WANTED_WORDS_MOST];
    size_t count;
    bool titles;
    struct match_leaf *(*make)(const struct wanted *wanted);
};

/* Adds a word by its number on the stage. */
void wanted_take(struct wanted *wanted, size_t which);
/* In how many articles it stands. */
size_t wanted_articles(const struct wanted *wanted);
/* Makes the leaf again and again: articles, frequencies, occurrences, what it promises of them
 * beforehand, and the contract of matchers. */
void wanted_check(struct wanted *wanted, uint64_t seed);

#endif
