/* Scores of articles of one file, from the leaves that match them. */
#ifndef VERBATIM_RANK_SCORER_H
#define VERBATIM_RANK_SCORER_H

#include "match/leaf.h"
#include "match/source.h"
#include "store/impact.h"

struct scorer { /* all borrowed; one thread */
    const struct match_source *source;
    const struct impact_model *model; /* of the file */
    const double *idf;                /* by the leaves' numbers */
    const uint8_t *norms;             /* of all articles; NULL: each is looked up */
    size_t scored;                    /* leaves since a block was spent */
    struct match_leaves leaves;       /* room for all of the query's */
};

/* expected: about how many articles will be scored; few are looked up one by one. The arena of the
 * source holds the room for leaf_count leaves. False with the budget's status bad. */
bool scorer_init(struct scorer *scorer, const struct match_source *source,
                 const struct impact_model *model, const double *idf, size_t leaf_count,
                 uint64_t expected);

/* The score of the article on which the root stands, in 1/1,048,576 points; scorer->leaves are
 * those that match it. False with the budget's status bad. */
bool scorer_score(struct scorer *scorer, struct matcher *root, uint64_t *score);

struct scored_leaf { /* the numbers of one leaf's part */
    uint32_t tf, title_tf;
    uint8_t norm;
    uint64_t part;
};
/* Of a leaf that stands on an article. False with the budget's status bad. */
bool scorer_leaf(const struct scorer *scorer, struct match_leaf *leaf, struct scored_leaf *scored);

#endif
