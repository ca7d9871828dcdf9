/* What is behind the door of searcher.h. Inside this room only. */
#ifndef VERBATIM_SEARCH_INSIDE_H
#define VERBATIM_SEARCH_INSIDE_H

#include <stdatomic.h>

#include "match/budget.h"
#include "search/collection.h"
#include "search/searcher.h"
#include "search/workspace.h"

struct value_columns;

struct searcher {
    struct collection collection;
    char *name;
    atomic_size_t references;
    struct workspace_shelf shelf; /* what changes; it has its own locks, as have these: */
    struct value_columns *columns;
};

static inline struct workspace_shelf *searcher_shelf(const struct searcher *searcher)
{
    return (struct workspace_shelf *)(uintptr_t)&searcher->shelf;
}

/* Says in the error what a budget's bad status means; STATUS_DEADLINE is not one of them. */
enum status searcher_explain(const struct searcher *searcher, const struct match_budget *budget,
                             struct error *error);

#endif
