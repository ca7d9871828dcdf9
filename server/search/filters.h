/* What a question asks beside its text: dates, a source, a language, a group of near-copies.
 */
#ifndef VERBATIM_SEARCH_FILTERS_H
#define VERBATIM_SEARCH_FILTERS_H

#include "base/arena.h"
#include "base/error.h"
#include "query/tree.h"
#include "text/analyzer.h"

struct question;

/* *root becomes an AND of itself and the question's filters, or stays where there is none.
 * STATUS_INVALID for what is no date. */
enum status filters_add(const struct question *question, struct analyzer *analyzer,
                        struct arena *arena, struct query_node **root, struct error *error);

/* The tree with any of its bare words in the place of all of them: where the root is an AND (or
 * that without something), its parts that hold words without quotation marks and are not required
 * become an OR. Quotations, NEAR and exact: stay, as does what is required; where one of those
 * does, the OR finds every article, and only adds to the score. NULL where there is nothing to do
 * without, or memory ends. The tree itself stays. */
struct query_node *filters_any_words(const struct query_node *root, struct arena *arena);

#endif
