/* The tree of a plan, as the two halves of the planner share it. */
#ifndef VERBATIM_SEARCH_PLAN_BUILD_H
#define VERBATIM_SEARCH_PLAN_BUILD_H

#include "match/leaf.h"
#include "search/plan.h"

struct plan_node {
    const struct query_node *query;
    uint32_t leaf;                  /* MATCH_UNSCORED for all but scoring phrases */
    struct vocabulary_word **words; /* of a phrase */
    struct plan_node **children;    /* query->child_count of them */
};

#endif
