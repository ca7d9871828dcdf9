/* Scores of articles of one file, from the leaves that match them: what a score is, the slow way.
 * The ways of ways.h find the same numbers. */
#ifndef VERBATIM_RANK_SCORER_H
#define VERBATIM_RANK_SCORER_H

#include "base/bytes.h"
#include "match/leaf.h"
#include "match/source.h"
#include "rank/mixture.h"
#include "store/impact.h"

enum score_part_kind { PART_TERM, PART_FORM, PART_TITLE, PART_NEAR, PART_WHOLE_TITLE };

struct score_part { /* one of those that add up to a score, with its numbers */
    enum score_part_kind kind;
    uint32_t leaf, other; /* by number; other: NEAR's second one. WHOLE_TITLE has none */
    double idf;           /* by which the part's share below 1 is multiplied */
    uint32_t tf, title_tf;
    double length,
        average_length; /* of the article, or of TITLE's titles; NEAR and WHOLE_TITLE: 0 */
    uint64_t part;
    uint32_t distance, edits; /* of TERM, as match_counts tells */
};

struct scorer_leaf {         /* a leaf that matches the article at hand */
    struct match_leaf *form; /* of a class the word asked for, made when it is first needed */
    bool read;               /* its positions are read */
    struct bytes positions;
};

struct scorer { /* all borrowed but positions; one thread; release when done */
    const struct match_source *source;
    const struct impact_model *model; /* of the file */
    const double *idf;                /* by the leaves' numbers */
    const struct mixture *mixture;    /* NULL: plain BM25 */
    const uint8_t *norms;             /* of all articles; NULL: each is looked up */
    size_t scored;                    /* leaves since a block was spent */
    struct match_leaves leaves;       /* room for all of the query's */
    struct match_leaf **by_number;    /* those that match the article at hand, else NULL */
    struct scorer_leaf *numbers;      /* likewise */
    size_t leaf_count;
    struct score_part *parts; /* of the last score, in the order of the leaves; NULL: not kept */
    size_t part_count;
};

/* expected: about how many articles will be scored; few are looked up one by one. The arena of the
 * source holds the room for leaf_count leaves. False with the budget's status bad. */
bool scorer_init(struct scorer *scorer, const struct match_source *source,
                 const struct impact_model *model, const double *idf, size_t leaf_count,
                 uint64_t expected);
/* Before the first score: with these bonuses too. NULL changes nothing. */
bool scorer_mix(struct scorer *scorer, const struct mixture *mixture);
/* Before the first score: parts are kept. */
bool scorer_keep_parts(struct scorer *scorer);
void scorer_release(struct scorer *scorer); /* a zeroed one is allowed */

/* The score of the article on which the root stands, in 1/1,048,576 points; scorer->leaves are
 * those that match it. False with the budget's status bad. */
bool scorer_score(struct scorer *scorer, struct matcher *root, uint64_t *score);

#endif
