/* The articles of an answer's page: their fields, scores, snippets and marks. */
#ifndef VERBATIM_SEARCH_HITS_H
#define VERBATIM_SEARCH_HITS_H

#include "rank/top.h"
#include "search/plan.h"

struct answer;
struct question;
struct workspace;

struct hits_request { /* all borrowed */
    struct plan *plan;
    const struct question *question;
    struct workspace *workspace;
    struct match_budget *budget;     /* of the page, apart from that of the search */
    const struct top_entry *entries; /* of the page, in the order of rank */
    size_t count;
};

/* Fills answer->hits. Every hit has its fields; where the budget ends (its status says so) some
 * lack marks and snippets, and their score where dates order them, and those whose fields are very
 * large lack these, their id too: they are for hits_leave_out. STATUS_OK, or why the answer
 * cannot be given, which is in the budget too. */
enum status hits_fill(const struct hits_request *request, struct answer *answer);
/* Takes the hits without an id out of a page. */
void hits_leave_out(struct answer *answer);

#endif
