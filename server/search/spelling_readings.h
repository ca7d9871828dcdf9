/* The ways to read a phrase: where other words may stand for some of its own. Inside this room's
 * spelling alone. */
#ifndef VERBATIM_SEARCH_SPELLING_READINGS_H
#define VERBATIM_SEARCH_SPELLING_READINGS_H

#include "search/spelling_table.h"

struct reading { /* of the phrase's words [from, to) */
    size_t from, to;
    struct slice words[2];
    size_t count; /* of words: 1 or 2 */
};

struct readings { /* in the arena; ascending by from, those of one place as they were found */
    struct reading *items;
    size_t count, capacity;
};

/* All of a phrase but the written one. False with the budget's status bad. */
bool readings_find(const struct spelling_table *table, const struct query_node *phrase,
                   struct readings *readings);
/* How many ways lead from a word through the words before each one behind it, the written one among
 * them: [0] is 1, [to - from] is of all. More than `most` are `most` + 1. In the arena; NULL where
 * memory ends. */
const size_t *readings_ways(const struct readings *readings, size_t from, size_t to, size_t most,
                            struct arena *arena);

#endif
