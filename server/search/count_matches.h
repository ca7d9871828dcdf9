/* Counts all articles that match by facets and by date, in one walk. Inside this room only. */
#ifndef VERBATIM_SEARCH_COUNT_MATCHES_H
#define VERBATIM_SEARCH_COUNT_MATCHES_H

#include "base/status.h"
#include "search/question.h"

struct answer;
struct error;
struct match_budget;
struct plan;
struct value_columns;
struct workspace;

struct count_request { /* all borrowed */
    const struct plan *plan;
    const struct question *question;
    struct value_columns *columns;
    struct workspace *workspace;
    struct match_budget *budget;
};

static inline bool count_is_wanted(const struct question *question)
{
    return question->facets || question->timeline != TIMELINE_NONE;
}

/* Fills the answer's facets and timeline. Where the budget ends (its status says so) they hold what
 * was counted until then. STATUS_OK; STATUS_LIMIT with the cause in the error: the unit that was
 * named would make too many buckets; else the budget's status. */
enum status count_matches(const struct count_request *request, struct answer *answer,
                          struct error *error);

#endif
