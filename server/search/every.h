/* All articles that match a plan, one after another, without scores. Inside this room only. */
#ifndef VERBATIM_SEARCH_EVERY_H
#define VERBATIM_SEARCH_EVERY_H

#include "match/matcher.h"
#include "search/plan.h"
#include "search/workspace.h"

struct every_visitor {
    void *context;
    /* A file begins; false: no more of anything. NULL: no matter. */
    bool (*file)(void *context, size_t at, const struct match_source *source);
    /* An article of it, on which the root stands. False: no more of anything. */
    bool (*article)(void *context, struct matcher *root, uint32_t doc);
};

/* Ascending in each file, files in their order; hidden articles are none. Trouble is in the
 * budget's status. Uses the workspace's matchers. */
void every_match(const struct plan *plan, struct workspace *workspace, struct match_budget *budget,
                 const struct every_visitor *visitor);

#endif
