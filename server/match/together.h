/* The articles that several leaves share, for a leaf made of them whose positions decide. */
#ifndef VERBATIM_MATCH_TOGETHER_H
#define VERBATIM_MATCH_TOGETHER_H

#include "base/bytes.h"
#include "match/leaf.h"
#include "match/source.h"

struct match_together { /* owned leaves, different ones, the cheapest first */
    const struct match_source *source;
    struct match_leaf **leaves;
    struct match_leaf **scouts; /* as many over the same, which go ahead; NULL: none */
    size_t count;
    uint32_t *bound_blocks; /* where each leaf's last bound was found */
    size_t reach; /* articles that the scouts looked for last: ever more, so that what a budget
                     cuts short has found something */
    struct bytes ahead; /* uint32_t: articles that the scouts found, and the leaves were told of */
};

/* Takes all; scouts may be NULL. False where memory ends: all are released then. */
bool match_together_init(struct match_together *together, const struct match_source *source,
                         struct match_leaf *const *leaves, struct match_leaf *const *scouts,
                         size_t count);
void match_together_release(struct match_together *together);

/* As matcher_approach. */
uint32_t match_together_approach(struct match_together *together, uint32_t target);
/* Whether all leaves can be approached at this article. Who begins to test only tests. */
bool match_together_test(struct match_together *together, uint32_t target);
/* Whether all leaves match the article approached. If there are scouts they run ahead, and the
 * leaves are told which articles will be asked for. */
bool match_together_confirm(struct match_together *together);
static inline uint32_t match_together_doc(const struct match_together *together)
{
    return together->leaves[0]->matcher.doc;
}

/* The least of what the leaves' counts can be. False with the budget's status bad. */
bool match_together_most(struct match_together *together, uint32_t *tf, uint32_t *title_tf);
/* A leaf's bound; of one that has none but a list, by its blocks, of which the last is kept. */
uint16_t match_together_bound_of(struct match_leaf *leaf, uint32_t *block, uint32_t target,
                                 uint32_t *up_to);
/* As a leaf's bound, where its counts are no greater than those of any of the leaves. */
uint16_t match_together_bound(struct match_together *together, uint32_t target, uint32_t *up_to);

#endif
