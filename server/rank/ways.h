/* The ways to find the best articles of one file without scoring all: which of them a query goes is
 * chosen by its shape.
 *
 * All give the very articles, scores and order that scoring every match would give. What is left
 * out is left out by bounds: an article's part of a list is never greater than its block's bound
 * nor than the list's, and a score is the sum of parts. Each stops with the budget's status bad;
 * what is in the top then stands. All but rank_union and a counted rank_conjunction want a top that
 * keeps some.
 *
 * Sources: Turtle and Flood, Query evaluation: strategies and optimizations (IP&M 1995), for
 * MaxScore; Ding and Suel, Faster top-k document retrieval using block-max indexes (SIGIR 2011). */
#ifndef VERBATIM_RANK_WAYS_H
#define VERBATIM_RANK_WAYS_H

#include "rank/ranking.h"
#include "store/list_top.h"

struct match_leaf;
struct matcher;
struct ranked_list;
struct ranked_lists;

/* Matchers that an article must match too, or must not; without leaves that score. */
struct rank_filter {
    struct matcher *matcher;
    bool excludes;
};
struct rank_filters {
    struct rank_filter *items; /* borrowed */
    size_t count;
};

/* The ten best of one list, which stand at its end (store/list_top.h): of the list no `most` and no
 * titles are looked at. False with nothing done where no so many are wanted, they are not there, do
 * not tell, or some are hidden; or with the budget's status bad. */
bool rank_stored(struct ranking *ranking, const struct ranked_list *list);
/* Whether no article of a list but these can be among the ten of the greatest parts: of each the
 * impact is known, and its part, and `next` is the part of the impact next to theirs. */
bool rank_stored_tells(const struct list_top *top, const uint64_t parts[LIST_TOP], uint64_t next);
/* The articles of one list. Its number is known: found is set whatever was looked at. */
void rank_single(struct ranking *ranking, struct ranked_list *list);
/* Those that all lists have, and pass the filters. */
void rank_conjunction(struct ranking *ranking, struct ranked_lists *lists,
                      const struct rank_filters *filters);
/* Those that any list has; found is at least so many, and all where not as many as wanted are. */
void rank_disjunction(struct ranking *ranking, struct ranked_lists *lists);
/* Sets found alone, to those that any list has. Leaves the lists at their ends. */
void rank_union(struct ranking *ranking, struct ranked_lists *lists);
/* A pattern alone whose articles nobody has added up yet: of its words' lists only those are read
 * that may hold one of the best. False with nothing done where the leaf is something else, or more
 * are wanted than this is good for. */
bool rank_pattern(struct ranking *ranking, struct match_leaf *leaf);
/* A phrase alone, or any leaf that can be approached. */
void rank_leaf(struct ranking *ranking, struct match_leaf *leaf);

#endif
