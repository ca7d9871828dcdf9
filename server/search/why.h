/* Why a question found nothing, and what would find something. */
#ifndef VERBATIM_SEARCH_WHY_H
#define VERBATIM_SEARCH_WHY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

enum why_cause {
    WHY_UNKNOWN,    /* the budget ended before it was found */
    WHY_EMPTY,      /* the query holds no word, or the collection no article */
    WHY_WORD,       /* a word that no article holds */
    WHY_PATTERN,    /* a pattern that no word of the collection fits */
    WHY_PAIR,       /* two neighbours of a phrase that both occur, never so side by side */
    WHY_PHRASE,     /* the shortest run of a phrase that never occurs, of three words and more */
    WHY_TITLE,      /* what stands in bodies, in no title */
    WHY_NEAR,       /* both sides of a NEAR or an ADJ occur, never so near */
    WHY_CHARACTERS, /* the words of exact: stand side by side, never written so */
    WHY_FIELD,      /* a column or an id: none has this value, or none of what else is asked has */
    WHY_DATE,       /* likewise of dates */
    WHY_NOT,        /* what is left out is in every article that there would be */
    WHY_TOGETHER,   /* each part is in some articles, all of them in none */
    WHY_ANY         /* of several alternatives none occurs */
};

/* The parameters of a question that a relaxation does without. */
enum {
    WITHOUT_FROM = 1,
    WITHOUT_TO = 2,
    WITHOUT_SOURCE = 4,
    WITHOUT_LANG = 8,
    WITHOUT_GROUP = 16,
    WITHOUT_MODE = 32
};

enum { WHY_RELAXATIONS_MOST = 6, WHY_GLUED_MOST = 5 };

struct relaxation {
    struct slice query; /* asked with the question's other parameters, `without` left out, it */
    uint64_t total;     /* finds exactly so many articles, never 0 */
    unsigned without;   /* WITHOUT_… */
};

struct why { /* in the answer's arena */
    enum why_cause cause;
    struct slice text;    /* the word, the pair, the condition … as a query writes it, or empty */
    struct slice message; /* a sentence or two */
    struct slice glued[WHY_GLUED_MOST]; /* WORD: words that begin or end with it, commonest first;
                                           PAIR: the two as one word */
    size_t glued_count;
    struct relaxation relaxations[WHY_RELAXATIONS_MOST]; /* the most useful first */
    size_t relaxation_count;
    bool partial; /* the budget ended before all was looked for, or something was too dear to count
                   * for an offer; what is here stands */
};

/* "word", "pair" …: what answers call a cause. */
const char *why_cause_name(enum why_cause cause);
/* The parameter's name of the lowest bit of `without`, which is taken off; NULL for none. */
const char *why_take_parameter(unsigned *without);

#endif
