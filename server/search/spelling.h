/* A query with the other spellings of its words: what its files know as compounds (e-mail, email),
 * and both spellings of what is written with a hyphen. docs/spellings.md.
 *
 * The words of a phrase may be read in other ways: a word as two, two as one. Each way through the
 * whole phrase is an alternative, and the phrase becomes a SPELLINGS node of them, the written one
 * first. Of more than SPELLING_WAYS_MOST the phrase is cut into parts between which no reading
 * lies, each with its own, and becomes a SEQUENCE: nothing is lost. Only where no such cut is, as
 * in a chain of very many hyphens or within gaps, are the first ones searched, and the node says
 * that there are more.
 *
 * A lone =word, exact:"…" and columns are left as they are; words of a kind and any words part
 * what may be a compound. */
#ifndef VERBATIM_SEARCH_SPELLING_H
#define VERBATIM_SEARCH_SPELLING_H

#include "search/plan.h"
#include "search/spelling_table.h"

enum { SPELLING_WAYS_MOST = 16 };

/* plan_init of the query, with its other spellings if they are wanted: *root is that query then,
 * and plan->written has the words as they were written. STATUS_NO_MEMORY, or the budget's status.
 */
enum status spelling_plan(struct plan *plan, const struct collection *collection,
                          const struct vocabulary *known, struct query_node **root, bool wanted,
                          struct match_budget *budget, struct arena *arena);

#endif
