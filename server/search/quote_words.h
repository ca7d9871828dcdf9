/* The words of a pasted text. Inside this room only. */
#ifndef VERBATIM_SEARCH_QUOTE_WORDS_H
#define VERBATIM_SEARCH_QUOTE_WORDS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/slice.h"
#include "search/hit.h"

struct analyzer;
struct collection;
struct match_budget;
struct quotation;

struct quote_word {
    struct slice text;   /* folded */
    uint64_t hash;       /* of it */
    uint32_t start, end; /* bytes of the pasted text */
    struct range range;  /* the same in code points */
    bool breaks;         /* a hyphen and a line's end stand between it and the next word */
};

struct quote_words {   /* in an arena */
    struct slice text; /* as pasted, valid UTF-8 */
    struct quote_word *items;
    size_t count;
    uint32_t joined;
};

/* Reads them. STATUS_INVALID, STATUS_LIMIT, STATUS_NO_MEMORY: said in the error. */
enum status quote_words_read(const struct quotation *quotation, struct analyzer *analyzer,
                             struct arena *arena, struct quote_words *words, struct error *error);

/* Joins what a line's end hyphenates where more articles hold the one word than the two side by
 * side, hidden articles counted too. Failures are in the budget's status: what is not decided by
 * then stays apart. matchers: scratch, cleared. */
void quote_words_join(struct quote_words *words, const struct collection *collection,
                      struct match_budget *budget, struct arena *arena, struct arena *matchers);

#endif
