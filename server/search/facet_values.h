/* One column's values counted over the articles of all files. Inside this room only. */
#ifndef VERBATIM_SEARCH_FACET_VALUES_H
#define VERBATIM_SEARCH_FACET_VALUES_H

#include "search/facets.h"
#include "search/value_columns.h"
#include "search/workspace.h"

struct facet_file {
    const struct value_column *column; /* NULL: not entered */
    uint32_t *counts;                  /* by value */
};

struct facet_values { /* in an arena; one thread */
    struct value_columns *columns;
    const struct collection *collection;
    struct arena *arena;
    int field;
    struct facet_file *files;
    const struct facet_file *now;
    uint64_t without; /* articles that have none */
};

/* All that is given is borrowed. False where the arena refuses. */
bool facet_values_init(struct facet_values *values, struct value_columns *columns,
                       const struct collection *collection, int field, struct arena *arena);
/* Articles of this file come from now on. Else the status is as of value_columns_get. */
enum status facet_values_enter(struct facet_values *values, size_t file, uint64_t deadline_us,
                               enum chunk_id *chunk);
/* The commonest values with their texts in `out`, the arena of the answer. STATUS_NO_MEMORY, or why
 * stored fields cannot be read. */
enum status facet_values_show(struct facet_values *values, struct workspace *workspace,
                              struct arena *out, struct facet *facet);

static inline void facet_values_add(struct facet_values *values, uint32_t doc)
{
    const struct value_column *column = values->now->column;
    uint32_t at = column->starts[doc], end = column->starts[doc + 1];
    values->without += at == end;
    for (; at < end; at++)
        values->now->counts[column->numbers[at]]++;
}

#endif
