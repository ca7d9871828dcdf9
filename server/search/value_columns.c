#include "search/value_columns.h"

#include <pthread.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "search/collection.h"
#include "search/facets.h"
#include "store/key.h"
#include "store/postings_read.h"

struct value_columns {
    pthread_mutex_t mutex; /* held while a column is made */
    size_t file_count;
    struct value_column **made; /* FACET_COLUMNS a file; NULL: not yet */
};

static void column_close(struct value_column *column)
{
    if (!column)
        return;
    memory_free(column->starts);
    memory_free(column->numbers);
    memory_free(column->shown_by);
    memory_free(column->key_ends);
    memory_free(column->keys);
    memory_free(column);
}

struct value_columns *value_columns_open(size_t file_count)
{
    struct value_columns *columns = memory_allocate_zeroed(1, sizeof *columns);
    if (!columns)
        return NULL;
    pthread_mutex_init(&columns->mutex, NULL);
    columns->file_count = file_count;
    columns->made =
        memory_allocate_zeroed(file_count * FACET_COLUMNS, sizeof(struct value_column *));
    if (columns->made)
        return columns;
    value_columns_close(columns);
    return NULL;
}

void value_columns_close(struct value_columns *columns)
{
    if (!columns)
        return;
    for (size_t i = 0; columns->made && i < columns->file_count * FACET_COLUMNS; i++)
        column_close(columns->made[i]);
    memory_free(columns->made);
    pthread_mutex_destroy(&columns->mutex);
    memory_free(columns);
}

/* --- Making one --------------------------------------------------------------------------------*/

struct making {
    const struct collection_file *file;
    struct value_column *column;
    struct bytes keys, key_ends, shown_by; /* by value */
    struct bytes docs, ends;               /* the articles of each value; where they end */
    enum chunk_id chunk;                   /* that is being read */
};

/* Appends the articles of a list; *first: the one that came first in the input. */
static enum status take_list(struct making *making, const struct term *term, uint32_t *first)
{
    struct postings postings;
    uint32_t place, least = UINT32_MAX;
    making->chunk = CHUNK_POSTINGS;
    enum status status = postings_open(&postings, making->file->snapshot, term, false);
    while (status == STATUS_OK && postings_next_block(&postings)) {
        bytes_append(&making->docs, postings.docs, postings.count * sizeof *postings.docs);
        for (uint32_t i = 0; status == STATUS_OK && i < postings.count; i++) {
            making->chunk = CHUNK_ORDER;
            status = columns_place(&making->file->columns, postings.docs[i], &place);
            *first = place < least ? postings.docs[i] : *first;
            least = place < least ? place : least;
        }
        if (status == STATUS_OK)
            making->chunk = CHUNK_POSTINGS;
    }
    if (status == STATUS_OK)
        status = postings.status;
    postings_release(&postings);
    return status == STATUS_OK ? making->docs.status : status;
}

static enum status take_value(struct making *making, struct slice text, const struct term *term)
{
    uint32_t first = 0;
    enum status status = take_list(making, term, &first);
    uint64_t end = making->docs.size / sizeof(uint32_t), key_end = making->keys.size + text.size;
    if (status != STATUS_OK)
        return status;
    if (end > UINT32_MAX)
        return STATUS_LIMIT;
    bytes_append_slice(&making->keys, text);
    bytes_append(&making->key_ends, &key_end, sizeof key_end);
    bytes_append(&making->shown_by, &first, sizeof first);
    bytes_append(&making->ends, &(uint32_t){(uint32_t)end}, sizeof(uint32_t));
    bool good = making->keys.status == STATUS_OK && making->key_ends.status == STATUS_OK &&
                making->shown_by.status == STATUS_OK;
    return good ? making->ends.status : STATUS_NO_MEMORY;
}

static enum status take_values(struct making *making, int field)
{
    struct lexicon_cursor cursor = {0};
    struct bytes prefix = {0};
    key_write(&prefix, KEY_VALUE, field, (struct slice){0});
    enum status status = prefix.status;
    if (status == STATUS_OK)
        lexicon_seek(&cursor, &making->file->lexicon, bytes_slice(&prefix));
    while (status == STATUS_OK) {
        making->chunk = CHUNK_LEXICON;
        if (!lexicon_next(&cursor) ||
            !slice_starts_with(bytes_slice(&cursor.key), bytes_slice(&prefix)))
            break;
        struct slice text = slice_from(bytes_slice(&cursor.key), prefix.size);
        status = take_value(making, text, &cursor.term);
    }
    if (status == STATUS_OK)
        status = cursor.status;
    lexicon_cursor_release(&cursor);
    bytes_release(&prefix);
    return status;
}

/* From values and their articles to articles and their values. What is counted two places behind an
 * article sums up to where its numbers begin, one place behind it, and there they are written, so
 * that in the end each place has its own. */
static enum status turn(struct making *making)
{
    struct value_column *column = making->column;
    const uint32_t *docs = (const uint32_t *)(const void *)making->docs.data;
    const uint32_t *ends = (const uint32_t *)(const void *)making->ends.data;
    size_t pairs = making->docs.size / sizeof *docs;
    uint32_t articles = making->file->settings->article_count;
    column->starts = memory_allocate_zeroed((size_t)articles + 2, sizeof *column->starts);
    column->numbers = memory_allocate(pairs * sizeof *column->numbers);
    if (!column->starts || !column->numbers)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < pairs; i++)
        column->starts[docs[i] + 2]++;
    for (uint32_t doc = 0; doc < articles; doc++)
        column->starts[doc + 2] += column->starts[doc + 1];
    size_t i = 0;
    for (uint32_t number = 0; number < column->value_count; number++)
        for (; i < ends[number]; i++)
            column->numbers[column->starts[docs[i] + 1]++] = number;
    return STATUS_OK;
}

static void take_texts(struct making *making)
{
    struct value_column *column = making->column;
    column->value_count = (uint32_t)(making->shown_by.size / sizeof *column->shown_by);
    column->keys = (char *)making->keys.data;
    column->key_ends = (uint64_t *)(void *)making->key_ends.data;
    column->shown_by = (uint32_t *)(void *)making->shown_by.data;
}

static struct value_column *make(const struct collection_file *file, int field, enum status *status,
                                 enum chunk_id *chunk)
{
    struct making making = {.file = file,
                            .column = memory_allocate_zeroed(1, sizeof(struct value_column))};
    *status = STATUS_NO_MEMORY;
    if (!making.column)
        return NULL;
    *status = take_values(&making, field);
    take_texts(&making);
    if (*status == STATUS_OK)
        *status = turn(&making);
    bytes_release(&making.docs);
    bytes_release(&making.ends);
    *chunk = making.chunk;
    if (*status == STATUS_OK)
        return making.column;
    column_close(making.column);
    return NULL;
}

enum status value_columns_get(struct value_columns *columns, const struct collection *collection,
                              size_t file, int field, const struct value_column **column,
                              enum chunk_id *chunk)
{
    struct value_column **place = &columns->made[file * FACET_COLUMNS + (size_t)field];
    enum status status = STATUS_OK;
    pthread_mutex_lock(&columns->mutex);
    if (!*place)
        *place = make(&collection->files[file], field, &status, chunk);
    *column = *place;
    pthread_mutex_unlock(&columns->mutex);
    return status;
}
