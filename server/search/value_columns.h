/* The values of a column article by article, made from the column's lists when they are first asked
 * for and kept as long as the file is open: counting them costs what is counted, not what the
 * column holds. Inside this room only.
 *
 * Four bytes an article and four bytes a value of it, and the values' text. */
#ifndef VERBATIM_SEARCH_VALUE_COLUMNS_H
#define VERBATIM_SEARCH_VALUE_COLUMNS_H

#include <stdint.h>

#include "base/slice.h"
#include "base/status.h"
#include "store/chunk.h"

struct collection;

struct value_column { /* immutable once made; any thread */
    uint32_t value_count;
    uint32_t *starts;   /* by article: where its values stand in numbers; one more than articles */
    uint32_t *numbers;  /* of values, in the order of their keys */
    uint32_t *shown_by; /* by value: the article that has it and came first in the input */
    uint64_t *key_ends; /* by value */
    char *keys;         /* folded, as store/key.h cuts them, without its two bytes */
};

struct value_columns; /* of a collection; owned; any thread */

struct value_columns *value_columns_open(size_t file_count); /* NULL where memory ends */
void value_columns_close(struct value_columns *columns);     /* NULL is allowed */

/* The column of a file: 0 … 3 in the order of store/key.h. STATUS_NO_MEMORY, or why its lists
 * cannot be read, in `chunk`. STATUS_DEADLINE where it is not whole by the deadline, by
 * clock_microseconds; 0: none. What was made of it is kept, and the next call goes on. The
 * collection is borrowed until the columns are closed. */
enum status value_columns_get(struct value_columns *columns, const struct collection *collection,
                              size_t file, int field, uint64_t deadline_us,
                              const struct value_column **column, enum chunk_id *chunk);

static inline struct slice value_column_key(const struct value_column *column, uint32_t number)
{
    uint64_t start = number ? column->key_ends[number - 1] : 0;
    return slice_of(column->keys + start, (size_t)(column->key_ends[number] - start));
}

#endif
