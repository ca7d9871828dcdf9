/* How the cause of an empty answer is found: by asking for parts of the query, as anyone could.
 * Whatever the search takes a query for, spellings and inflections among it, is therefore the same
 * in the cause, in the offers and in what is asked again. Inside this room only. */
#ifndef VERBATIM_SEARCH_WHY_FIND_H
#define VERBATIM_SEARCH_WHY_FIND_H

#include "base/arena.h"
#include "match/budget.h"
#include "query/query.h"
#include "search/question.h"
#include "search/why.h"

struct collection;
struct found_docs;

struct why_count {
    uint64_t total;      /* exact, or whether there is any */
    struct slice parsed; /* what the query was understood as, in the scratch arena */
    bool mended;         /* it is none that anybody would write */
    bool dear;           /* not known, as it takes more than one offer may; others may take less */
};

/* What is known of what a query finds, and what is to be: found_docs.h. */
struct why_scope {
    const struct found_docs *within; /* as it is written it finds none but these; NULL: unknown */
    struct found_docs *found;        /* that it finds, if that is told; NULL: no matter */
};

struct why_counter {
    void *context;
    /* How many articles the query finds, asked with the question's other parameters but `without`
     * and mode. False where that is not known exactly: the budget ended, or worse. */
    bool (*count)(void *context, struct slice query, unsigned without,
                  const struct why_scope *scope, struct why_count *count);
    /* Likewise, whether it finds any: 1 or 0. */
    bool (*find)(void *context, struct slice query, unsigned without, struct why_count *count);
};

struct why_request { /* all borrowed */
    const struct question *question;
    const struct query *query; /* which finds nothing */
    const struct collection *collection;
    struct match_budget *budget;
    struct arena *scratch;
    struct why_counter counter;
};

enum {                          /* of postings and positions */
       WHY_BLOCKS_MOST = 16384, /* for all of it: some milliseconds at most */
       WHY_OFFER_BLOCKS = 512   /* to count what one offer finds */
};

/* The answer's why, in its arena; where memory ends, the arena's status or the budget's says so. */
void why_find(const struct why_request *request, struct arena *arena, struct why *why);

#endif
