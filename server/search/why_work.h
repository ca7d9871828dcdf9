/* One empty answer while its cause is looked for. Inside this room only. */
#ifndef VERBATIM_SEARCH_WHY_WORK_H
#define VERBATIM_SEARCH_WHY_WORK_H

#include "search/why_find.h"

enum { WHY_MISSING_MOST = 8, WHY_RUNS_MOST = 16, WHY_FILTERS = 4 };

/* WITHOUT_… of each filter that a question may have; both ends of its dates are one. */
extern const unsigned why_filters[WHY_FILTERS];

struct why_run { /* of the words of a phrase */
    size_t first, count;
};

struct why_work {
    const struct why_request *request;
    struct arena *arena; /* the answer's */
    struct why *why;
    unsigned without; /* what is left out of all counts now */
    unsigned given;   /* WITHOUT_… of the filters that the question has */
    bool ended;       /* sticky: a count is not known; nothing more is looked for */
    bool left_out;    /* something would have taken too long to count: it is not offered */

    const struct query_node *at;    /* what is to blame */
    const struct query_node *among; /* the AND of whose parts it is one, or all, that together find
                                       nothing; NULL: else */
    struct why_run run;             /* of its words, where it is a phrase */
    bool alone;                     /* it finds nothing by itself; else not beside the rest */
    unsigned parameter; /* to blame instead: WITHOUT_… of the question's own filters */

    struct why_run runs[WHY_RUNS_MOST]; /* of the phrase: the longest that do occur */
    size_t run_count;
    const struct query_word *missing[WHY_MISSING_MOST]; /* words that no article holds */
    size_t missing_count;                               /* may be more */
    const struct query_node *failing[WHY_MISSING_MOST]; /* beside `at`: other parts of an AND that
                                                           find nothing by themselves */
    size_t failing_count;
};

/* Whether the question has filters that are not left out now. */
bool why_is_narrowed(const struct why_work *work);
/* How many articles; 0 and `ended`, or `left_out` alone, where that is not known. */
uint64_t why_count_text(struct why_work *work, struct slice query, struct why_count *count);
/* The same in two steps: what is asked ahead ends nothing before it is taken. False where it is not
 * known. */
bool why_try_count(struct why_work *work, struct slice query, const struct why_scope *scope,
                   struct why_count *count);
uint64_t why_take_count(struct why_work *work, bool known, struct why_count *count);
/* The same of all articles that pass the question's filters but those that are left out. */
uint64_t why_count_all(struct why_work *work);
/* Whether there is any; true and `ended` where that is not known. */
bool why_finds_text(struct why_work *work, struct slice query);
/* The same of a node. */
bool why_finds(struct why_work *work, const struct query_node *node);
/* The node as a query writes it, in the scratch arena. */
struct slice why_write(const struct why_work *work, const struct query_node *node);
/* A phrase of some words of a phrase: the same kind of phrase. `any` at its ends is left out; NULL
 * where nothing is left or memory ends. */
struct query_node *why_part(const struct why_work *work, const struct query_node *phrase,
                            struct why_run run);

/* Finds what in this tree, which finds nothing, is to blame. */
void why_blame(struct why_work *work, const struct query_node *node);
/* Whether this narrows down and is no word. */
bool why_is_filter(const struct query_node *node);

/* Fills glued, for WORD and PAIR. */
void why_find_glued(struct why_work *work);
/* Fills text and message. */
void why_tell(struct why_work *work);
/* Fills relaxations. */
void why_relax(struct why_work *work);

#endif
