/* The tree of a plan, as the parts of the planner share it. */
#ifndef VERBATIM_SEARCH_PLAN_BUILD_H
#define VERBATIM_SEARCH_PLAN_BUILD_H

#include "match/leaf.h"
#include "search/plan.h"

struct plan_node {
    const struct query_node *query;
    uint32_t leaf;                  /* MATCH_UNSCORED for all but what scores */
    struct vocabulary_word **words; /* of a phrase; NULL: any word */
    struct plan_node **children;    /* query->child_count of them */
};

/* Whether a node is one leaf, with all that is below it. */
bool plan_is_leaf(const struct query_node *node);
/* Whether some leaf of it adds to a score: none behind a NOT does. */
bool plan_scores(const struct query_node *node);

struct plan_building { /* of one file's matchers */
    const struct plan *plan;
    size_t at; /* the file's place in the collection */
    const struct collection_file *file;
    const struct match_source *source;
    struct documents *documents; /* of the file; NULL: none are asked for */
};

/* All: NULL with *absent where the file cannot have it, else where memory or the budget ends. */
/* The leaf of a node for which plan_is_leaf holds, or of an OR of such beside a NEAR. Of other
 * spellings the number is that of all together. */
struct match_leaf *plan_build_leaf(const struct plan_building *building,
                                   const struct plan_node *node, uint32_t number, bool *absent);
/* Words in a row, none of any kind; equal ones are the same pointer. A NULL among them: absent. */
struct match_leaf *plan_build_run(const struct plan_building *building, const struct term **terms,
                                  size_t count, enum query_field field, uint32_t number,
                                  bool *absent);

struct plan_slot { /* a word of a phrase in one file: both NULL where it has none */
    const struct term *term;
    struct term_union *many;
    bool any;   /* any word */
    bool glued; /* at once behind the one before it, whatever the slop */
};
struct plan_slots {
    const struct plan_slot *items;
    size_t count;
    uint32_t slop;
    enum query_field field; /* of the positions: ANY, TITLE, or that of a column's value */
};
/* A phrase of any such words. */
struct match_leaf *plan_build_slots(const struct plan_building *building,
                                    const struct plan_slots *slots, uint32_t number, bool *absent);

#endif
