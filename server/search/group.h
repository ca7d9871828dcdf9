/* Near-copies in an answer: one of each group on a page, and the others of it that match.
 *
 * A page is one of groups, each shown by its best matching member; an article that is no copy and
 * has none is a group of its own. */
#ifndef VERBATIM_SEARCH_GROUP_H
#define VERBATIM_SEARCH_GROUP_H

#include "search/collect.h"
#include "search/hits.h"

/* Leaves in collected->top, which is sorted, the best of each group alone, as many as the options
 * ask for or as match: where some were dropped, more are collected. The total stays. Trouble is in
 * the budget's status: then some may be missing at the end. */
void group_collapse(const struct plan *plan, const struct collect_options *options,
                    struct workspace *workspace, struct match_budget *budget, struct arena *arena,
                    struct collected *collected);

/* Of the hits of a page, which are filled, the others of their groups that match: the best
 * QUESTION_ALSO_IN of them, by the question's sort, and how many there are. Where the budget ends,
 * some have none. STATUS_OK, or why the answer cannot be given, which is in the budget too. */
enum status group_tell(const struct hits_request *request, struct answer *answer);

#endif
