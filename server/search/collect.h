/* All articles that match, counted, and the best of them kept. */
#ifndef VERBATIM_SEARCH_COLLECT_H
#define VERBATIM_SEARCH_COLLECT_H

#include "rank/top.h"
#include "search/plan.h"
#include "search/question.h"

struct columns;
struct found_docs;
struct workspace;

struct collected {
    uint64_t total; /* exact where the budget's status is good, else so many at least */
    bool pruned;    /* not even then: the total is of what was looked at */
    struct top top; /* sorted; keys are scores, or dates as they sort */
};

struct collect_options {
    enum question_sort sort;
    size_t most;    /* that are kept */
    bool uncounted; /* the total need not be exact; no matter where it is all that is asked */
    struct found_docs *found; /* where none are kept: those that match, if the way it is searched
                                 tells them. NULL: no matter */
};

/* Keeps the best by the sort, in the arena. Trouble is in the budget's status: what was found until
 * then stands. */
void collect(const struct plan *plan, const struct collect_options *options,
             struct workspace *workspace, struct match_budget *budget, struct arena *arena,
             struct collected *collected);

/* By which a sort by date ranks: the greater the earlier in the list; articles without a date last,
 * whichever the direction. False with the budget's status bad. */
bool collect_date_key(const struct columns *columns, struct match_budget *budget,
                      enum question_sort sort, uint32_t doc, uint64_t *key);

/* How many articles of all files hold this leaf, hidden ones among them. */
uint64_t collect_leaf_count(const struct plan *plan, size_t leaf, struct match_budget *budget);

#endif
