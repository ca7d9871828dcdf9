/* The tables of compounds of a collection's files as one: what one file knows is meant for all. */
#ifndef VERBATIM_SEARCH_SPELLING_TABLE_H
#define VERBATIM_SEARCH_SPELLING_TABLE_H

#include "base/arena.h"
#include "match/budget.h"
#include "query/tree.h"
#include "search/vocabulary.h"

struct collection;

struct spelling_table { /* all borrowed; one thread */
    const struct collection *collection;
    const struct vocabulary *vocabulary; /* of the query: its words need not be looked up again */
    struct match_budget *budget;
    struct arena *arena;
};

struct spelling_pairs { /* in the arena; each once, in the order of where they part */
    struct spelling_pair {
        struct slice left, right; /* of the closed word */
    } * items;
    size_t count, capacity;
};

/* Whether any file has a table at all. */
bool spelling_table_is_there(const struct collection *collection);

/* Whether a word may be a part or the closed spelling of a compound: it is itself and whole. */
bool spelling_is_plain(const struct query_word *word);
/* Whether two words may be written closed: no digits run together, and the word is short enough. */
bool spelling_may_close(struct slice left, struct slice right);

/* All: false with the budget's status bad. */
/* Whether two neighbouring words of the query are a compound in any file. */
bool spelling_table_pair(const struct spelling_table *table, const struct query_word *left,
                         const struct query_word *right, bool *is_pair);
/* The pairs that a word is the closed spelling of, in any file. It is one of the query's words, or
 * else (NULL) any. Work: nothing to speak of where the files have the word and it is none. */
bool spelling_table_closed(const struct spelling_table *table, const struct query_word *word,
                           struct slice closed, struct spelling_pairs *pairs);
/* How many articles of all files hold a word, hidden ones among them. */
bool spelling_table_articles(const struct spelling_table *table, struct slice word,
                             uint64_t *articles);

#endif
