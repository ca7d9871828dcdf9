/* The concordance of a question: its lines from one to another, in the order of the answer's
 * articles, and how many there are in all. Inside this room only.
 *
 * Every article that matches is looked at once for the sum; then as many of the best as the page's
 * last line may be in are ranked and counted; text is read for the lines of the page alone. */
#ifndef VERBATIM_SEARCH_KWIC_H
#define VERBATIM_SEARCH_KWIC_H

#include "search/answer.h"
#include "search/collect.h"

struct kwic_request { /* all borrowed */
    struct plan *plan;
    const struct question *question;
    struct collect_options options; /* as of the search, but for `most` */
    struct workspace *workspace;
    struct match_budget *budget;
};

/* Fills the answer's occurrences and lines. Where the budget ends (its status says so) the sum is a
 * least one and lines lack. STATUS_OK, else the budget's status. */
enum status kwic_fill(const struct kwic_request *request, struct answer *answer);

#endif
