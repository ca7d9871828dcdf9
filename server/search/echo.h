/* What an answer tells of the words of its query. */
#ifndef VERBATIM_SEARCH_ECHO_H
#define VERBATIM_SEARCH_ECHO_H

#include "search/answer.h"
#include "search/bare_words.h"
#include "search/plan.h"

struct echo_request { /* all borrowed */
    const struct plan *plan;
    const struct bare_words *bare;
    bool brief; /* no forms, and of ignored words no articles: what takes time to find out */
    struct match_budget *budget; /* may end: forms that were not found are left out then */
    struct arena *scratch;
};

/* Fills words: those that are searched for and those that are ignored, in the order of the query.
 * STATUS_OK, STATUS_NO_MEMORY or the budget's status. */
enum status echo_words(const struct echo_request *request, struct answer *answer);

#endif
