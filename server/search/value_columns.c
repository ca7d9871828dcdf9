#include "search/value_columns.h"

#include <pthread.h>

#include "base/memory.h"
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
    bool fills; /* the second time: numbers are written */
    uint32_t number, number_count;
    struct bytes keys, key_ends, shown_by;
    enum chunk_id chunk; /* that is being read */
};

struct first { /* of a value's articles */
    uint32_t doc, place;
};

/* Counts two places behind an article; the sums of that stand one behind where its numbers begin,
 * and at their end once they are written. */
static enum status take_article(struct making *making, uint32_t doc, struct first *first)
{
    struct value_column *column = making->column;
    uint32_t place;
    if (making->fills) {
        uint32_t *at = &column->starts[doc + 1];
        if (*at >= making->number_count) /* not what was counted */
            return STATUS_CORRUPT;
        column->numbers[(*at)++] = making->number;
        return STATUS_OK;
    }
    making->chunk = CHUNK_ORDER;
    enum status status = columns_place(&making->file->columns, doc, &place);
    if (place < first->place)
        *first = (struct first){doc, place};
    column->starts[doc + 2]++;
    making->number_count++;
    return making->number_count == UINT32_MAX ? STATUS_LIMIT : status;
}

static enum status take_list(struct making *making, const struct term *term, struct first *first)
{
    struct postings postings;
    making->chunk = CHUNK_POSTINGS;
    enum status status = postings_open(&postings, making->file->snapshot, term, false);
    while (status == STATUS_OK && postings_next_block(&postings)) {
        for (uint32_t i = 0; status == STATUS_OK && i < postings.count; i++)
            status = take_article(making, postings.docs[i], first);
        if (status == STATUS_OK)
            making->chunk = CHUNK_POSTINGS;
    }
    if (status == STATUS_OK)
        status = postings.status;
    postings_release(&postings);
    return status;
}

static enum status take_value(struct making *making, struct slice text, const struct term *term)
{
    struct first first = {0, UINT32_MAX};
    enum status status = take_list(making, term, &first);
    if (making->fills || status != STATUS_OK)
        return status;
    bytes_append_slice(&making->keys, text);
    uint64_t end = making->keys.size;
    bytes_append(&making->key_ends, &end, sizeof end);
    bytes_append(&making->shown_by, &first.doc, sizeof first.doc);
    bool good = making->keys.status == STATUS_OK && making->key_ends.status == STATUS_OK;
    return good ? making->shown_by.status : STATUS_NO_MEMORY;
}

static enum status take_values(struct making *making, int field)
{
    struct lexicon_cursor cursor = {0};
    struct bytes prefix = {0};
    key_write(&prefix, KEY_VALUE, field, (struct slice){0});
    enum status status = prefix.status;
    if (status == STATUS_OK)
        lexicon_seek(&cursor, &making->file->lexicon, bytes_slice(&prefix));
    for (making->number = 0; status == STATUS_OK; making->number++) {
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

static enum status take_sums(struct making *making)
{
    struct value_column *column = making->column;
    uint32_t articles = making->file->settings->article_count;
    for (uint32_t doc = 0; doc < articles; doc++)
        column->starts[doc + 2] += column->starts[doc + 1];
    column->numbers =
        memory_allocate(making->number_count * sizeof *column->numbers);
    return column->numbers ? STATUS_OK : STATUS_NO_MEMORY;
}

static void take_texts(struct making *making)
{
    struct value_column *column = making->column;
    column->value_count = (uint32_t)(making->shown_by.size / sizeof *column->shown_by);
    column->keys = (char *)making->keys.data;
    column->key_ends = (uint64_t *)(void *)making->key_ends.data;
    column->shown_by = (uint32_t *)(void *)making->shown_by.data;
}

static struct value_column *make(const struct collection_file *file, int field,
                                 enum status *status, enum chunk_id *chunk)
{
    struct making making = {.file = file,
                            .column = memory_allocate_zeroed(1, sizeof(struct value_column))};
    *status = STATUS_NO_MEMORY;
    if (!making.column)
        return NULL;
    making.column->starts = memory_allocate_zeroed((size_t)file->settings->article_count + 2,
                                                   sizeof *making.column->starts);
    if (making.column->starts)
        *status = take_values(&making, field);
    take_texts(&making);
    if (*status == STATUS_OK)
        *status = take_sums(&making);
    making.fills = true;
    if (*status == STATUS_OK)
        *status = take_values(&making, field);
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
