/* The best articles by all that a score is made of (rank/mixture.h), without scoring all that
 * match: what ways.h is for plain BM25. The same articles, scores and order as scorer.h gives.
 *
 * An article's score without NEAR is known from counts. A first search keeps the k best by that,
 * which is no more than their scores, and notes all whose score with the greatest NEAR that their
 * counts allow could still come in. Then positions are read, of the most promising first, until
 * none that is left can come in. WHOLE_TITLE is in no bound: such articles are scored apart, before
 * the search, and passed over by it (the ranking's apart).
 *
 * The exact form is found in no more places than its class, so the impact of the class bounds
 * both. */
#ifndef VERBATIM_RANK_MIXED_H
#define VERBATIM_RANK_MIXED_H

#include <stdbool.h>
#include <stddef.h>

struct matcher;
struct mixture;
struct rank_filters;
struct ranking;

struct mixed_question { /* all borrowed */
    struct ranking *ranking;
    const struct mixture *mixture;
    struct matcher *const *leaves; /* that mixed_list_can; not begun */
    size_t leaf_count;
    bool any;                           /* any of the leaves; else all */
    const struct rank_filters *filters; /* where not any */
};

/* Whether a search that filters can be made: what filters goes through the articles once. */
bool mixed_can_filter(struct matcher *const *leaves, size_t count);
/* Offers the best to the ranking's top; found as the ways of ways.h set it. Stops with the budget's
 * status bad. A counted search for any sets found only where nothing was left out; mixed_union does
 * else. */
void rank_mixed(const struct mixed_question *question);
/* Sets found alone, to the articles that any leaf has. */
void mixed_union(const struct mixed_question *question);

#endif
