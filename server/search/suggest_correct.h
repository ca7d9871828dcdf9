/* Words that occur nowhere, or hardly, and such as are written nearly so and often. Inside this
 * room only. */
#ifndef VERBATIM_SEARCH_SUGGEST_CORRECT_H
#define VERBATIM_SEARCH_SUGGEST_CORRECT_H

#include "query/query.h"
#include "search/suggest.h"

struct match_budget;

enum {
    CORRECT_WORDS_MOST = 8, /* of a query that are looked at */
    CORRECT_SHARE = 1000,   /* a word that occurs is corrected by one so many times as frequent */
    CORRECT_OFFERS_MOST = 2 * CORRECT_WORDS_MOST + 1,
    CORRECT_BLOCKS = 4096,      /* of the lexicon, for one word */
    CORRECT_QUICK_BLOCKS = 400, /* for all words, while somebody types: three quarters are used */
    CORRECT_QUICK_OFFERS = 4,   /* that are counted then */
};

struct correct_request { /* all borrowed */
    const struct searcher *searcher;
    const struct query *query;
    struct match_budget *budget; /* is spent, and tells what could not be read */
    struct arena *scratch;
    /* Exactly how many articles a query finds; false where that is not known. */
    bool (*count)(void *context, struct slice query, uint64_t *articles);
    void *context;
    size_t skip_from; /* words that begin there or behind are left as they are */
    bool quick; /* somebody types: only such as begin alike are looked for, see suggest_near.h */
};

/* At most SUGGEST_CORRECTIONS_MOST into the arena, those that find the most first; none that finds
 * nothing. False with the arena's or the budget's status bad. */
bool correct_query(const struct correct_request *request, struct arena *arena,
                   struct correction **corrections, size_t *count);

#endif
