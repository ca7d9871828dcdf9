/* Queries that a collection cannot answer. */
#ifndef VERBATIM_SEARCH_REFUSE_H
#define VERBATIM_SEARCH_REFUSE_H

#include "base/error.h"
#include "query/tree.h"

struct collection;

/* STATUS_INVALID with the cause in the error: what looks into stored text where there is none, and
 * exact: without a word. */
enum status refuse(const struct query_node *root, const struct collection *collection,
                   struct error *error);

#endif
