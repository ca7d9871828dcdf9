/* A query over a collection: its words looked up, its scoring leaves numbered, and the matchers of
 * one file made when they are asked for. */
#ifndef VERBATIM_SEARCH_PLAN_H
#define VERBATIM_SEARCH_PLAN_H

#include "match/matcher.h"
#include "match/source.h"
#include "query/tree.h"
#include "search/vocabulary.h"

struct documents;
struct mixing;
struct workspace;
struct plan_node; /* the tree again, with what the plan knows of each node */

/* What scores: every PHRASE, NEAR, SPELLINGS, SEQUENCE and CHARACTERS node that neither stands
 * behind a NOT nor in another of these. A phrase of nothing but any words is none: it is every
 * article. */
struct plan_leaf {
    const struct query_node *node;
    const struct plan_node *at;
    struct vocabulary_word **words; /* of a PHRASE, node->word_count of them; NULL: any word */
    uint32_t term;                  /* the number of the first leaf that asks for the very same */
    uint64_t articles;              /* that hold it; UINT64_MAX: not counted yet */
};

struct plan { /* in an arena; one thread */
    const struct collection *collection;
    struct workspace *workspace; /* whose readers look into stored text; set by who makes the plan
                                    of a tree that asks for that */
    struct vocabulary vocabulary;
    struct vocabulary written; /* the same, but for those of spellings that were not written */
    struct plan_node *root;
    struct plan_leaf *leaves;
    double *idf; /* by leaf: the sum of its words' idf times its boost. Any word has none; of a
                  * pattern it is that of the articles that hold any of its words; of an OR beside
                  * a NEAR and of several spellings the least of its children's, whichever of them
                  * was written */
    size_t leaf_count;
    struct mixing *mixing; /* what scores are made of; set by who asks. NULL: plain BM25 */
};

/* The tree is borrowed. STATUS_NO_MEMORY, or the budget's status. */
enum status plan_init(struct plan *plan, const struct collection *collection,
                      const struct query_node *root, struct match_budget *budget,
                      struct arena *arena);

/* The same; known: as vocabulary_init has it. */
enum status plan_init_knowing(struct plan *plan, const struct collection *collection,
                              const struct vocabulary *known, const struct query_node *root,
                              struct match_budget *budget, struct arena *arena);

/* The matchers of one file, root first; to be released. documents: of that file. NULL with the
 * budget's status bad. A leaf's number is its place in plan->leaves. */
struct matcher *plan_matcher(const struct plan *plan, size_t file,
                             const struct match_source *source, struct documents *documents);
/* The matcher of one leaf alone; *absent where the file has not all its words (then NULL too). */
struct match_leaf *plan_leaf_matcher(const struct plan *plan, size_t leaf, size_t file,
                                     const struct match_source *source, bool *absent);

#endif
