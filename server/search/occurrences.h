/* Where a question's words and phrases stand in one article. */
#ifndef VERBATIM_SEARCH_OCCURRENCES_H
#define VERBATIM_SEARCH_OCCURRENCES_H

#include "base/bytes.h"
#include "match/budget.h"
#include "match/leaf.h"

struct arena;
struct plan;

/* Of one word or phrase in one article, the first ones, that are marked. */
enum { OCCURRENCES_MOST = 10000 };

struct occurrence {
    uint32_t start, words; /* positions [start, start + words) */
    uint32_t term;         /* of the plan: equal leaves are one */
};

struct occurrences {        /* one thread; release when done; reusable */
    struct bytes items;     /* struct occurrence, ascending by start */
    struct bytes positions; /* room to work in */
    uint32_t *seen_in;      /* by term: the number of the article in which it came last; borrowed */
    uint32_t article;
    bool sorted;
};

/* The room for a plan's leaves is the arena's. False where it refuses. */
bool occurrences_init(struct occurrences *occurrences, const struct plan *plan,
                      struct arena *arena);
void occurrences_release(struct occurrences *occurrences); /* a zeroed one is allowed */

/* Begins an article: there are none. */
void occurrences_clear(struct occurrences *occurrences);
/* Whether this leaf's term comes for the first time in the article. */
bool occurrences_is_new(struct occurrences *occurrences, const struct plan *plan,
                        const struct match_leaf *leaf);
/* Both: false with the budget's status bad. */
/* Adds those of a leaf that stands on the article. */
bool occurrences_add(struct occurrences *occurrences, const struct plan *plan,
                     struct match_leaf *leaf, struct match_budget *budget);
bool occurrences_sort(struct occurrences *occurrences, struct match_budget *budget);

static inline const struct occurrence *occurrences_items(const struct occurrences *occurrences)
{
    return (const struct occurrence *)occurrences->items.data;
}

static inline size_t occurrences_count(const struct occurrences *occurrences)
{
    return occurrences->items.size / sizeof(struct occurrence);
}

/* How many of them, which are sorted, begin before this position. */
size_t occurrences_before(const struct occurrences *occurrences, uint32_t position);

#endif
