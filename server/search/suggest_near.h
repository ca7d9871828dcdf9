/* The words of a collection that are written nearly as one is, the most frequent first. Inside this
 * room only. */
#ifndef VERBATIM_SEARCH_SUGGEST_NEAR_H
#define VERBATIM_SEARCH_SUGGEST_NEAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct collection;
struct match_budget;

enum {
    NEAR_WORDS = 2, /* that are told */
    NEAR_LONG = 5,  /* characters of a word that may have two edits */
    NEAR_SHORT = 3, /* of one that may have any */
};

struct near_word {
    struct slice text;
    uint64_t articles; /* 0: there is none */
};

struct near_request { /* all borrowed */
    const struct collection *collection;
    struct match_budget *budget; /* is spent, and tells what could not be read */
    struct arena *arena;
    bool quick; /* only such as begin with the same character are looked for, or of two edits with
                   the same two */
    uint32_t least; /* so many articles: words of fewer need not be told, so that less is read */
};

/* One edit anywhere; where there is none such and `edits` is 2, two behind the first character:
 * what is nearer is likelier meant. Where the word begins with a letter from a to z or a digit, so
 * do all. False with the arena's or the budget's status bad. */
bool near_find(const struct near_request *request, struct slice word, uint32_t edits,
               struct near_word best[NEAR_WORDS]);

#endif
