#include "search/value_columns.h"

#include <pthread.h>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/memory.h"
#include "search/collection.h"
#include "search/facets.h"
#include "store/key.h"
#include "store/postings_read.h"

struct making { /* a column that is not whole yet: whoever asks for it next goes on with it */
    const struct collection_file *file;
    struct value_column *column;
    struct lexicon_cursor cursor;          /* before the next value */
    struct bytes prefix;                   /* that the keys of the column's values begin with */
    struct bytes keys, key_ends, shown_by; /* by value */
    struct bytes docs, ends;               /* the articles of each value; where they end */
    enum chunk_id chunk;                   /* that is being read */
};

struct value_columns {
    pthread_mutex_t mutex; /* of busy and of whole columns */
    pthread_cond_t idle;   /* told when nobody makes a column any more */
    bool busy;             /* somebody makes one: nobody else looks at what is not whole */
    size_t file_count;
    struct place {                   /* FACET_COLUMNS a file */
        struct value_column *column; /* whole; NULL: not yet */
        struct making *making;       /* NULL: not begun, or whole */
    } * places;
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

static void making_close(struct making *making)
{
    if (!making)
        return;
    column_close(making->column);
    lexicon_cursor_release(&making->cursor);
    bytes_release(&making->prefix);
    bytes_release(&making->keys);
    bytes_release(&making->key_ends);
    bytes_release(&making->shown_by);
    bytes_release(&making->docs);
    bytes_release(&making->ends);
    memory_free(making);
}

/* Of a clock that nobody sets, as deadlines are. */
static void init_idle(pthread_cond_t *idle)
{
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(idle, &monotonic);
    pthread_condattr_destroy(&monotonic);
}

struct value_columns *value_columns_open(size_t file_count)
{
    struct value_columns *columns = memory_allocate_zeroed(1, sizeof *columns);
    if (!columns)
        return NULL;
    pthread_mutex_init(&columns->mutex, NULL);
    init_idle(&columns->idle);
    columns->file_count = file_count;
    columns->places = memory_allocate_zeroed(file_count * FACET_COLUMNS, sizeof *columns->places);
    if (columns->places)
        return columns;
    value_columns_close(columns);
    return NULL;
}

void value_columns_close(struct value_columns *columns)
{
    if (!columns)
        return;
    for (size_t i = 0; columns->places && i < columns->file_count * FACET_COLUMNS; i++) {
        column_close(columns->places[i].column);
        making_close(columns->places[i].making);
    }
    memory_free(columns->places);
    pthread_cond_destroy(&columns->idle);
    pthread_mutex_destroy(&columns->mutex);
    memory_free(columns);
}

/* --- Making one --------------------------------------------------------------------------------*/

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

/* STATUS_DEADLINE behind VALUES_OF_CLOCK values at the earliest, so that it ends some day. */
static enum status take_values(struct making *making, uint64_t deadline_us)
{
    enum { VALUES_OF_CLOCK = 256 };
    struct lexicon_cursor *cursor = &making->cursor;
    enum status status = STATUS_OK;
    for (unsigned taken = 1; status == STATUS_OK; taken++) {
        making->chunk = CHUNK_LEXICON;
        if (!lexicon_next(cursor) ||
            !slice_starts_with(bytes_slice(&cursor->key), bytes_slice(&making->prefix)))
            return cursor->status;
        struct slice text = slice_from(bytes_slice(&cursor->key), making->prefix.size);
        status = take_value(making, text, &cursor->term);
        if (deadline_us && taken % VALUES_OF_CLOCK == 0 && status == STATUS_OK &&
            clock_microseconds() >= deadline_us)
            status = STATUS_DEADLINE;
    }
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
    making->keys = making->key_ends = making->shown_by = (struct bytes){0};
}

static struct making *making_open(const struct collection_file *file, int field)
{
    struct making *making = memory_allocate_zeroed(1, sizeof *making);
    if (!making)
        return NULL;
    making->file = file;
    making->column = memory_allocate_zeroed(1, sizeof *making->column);
    key_write(&making->prefix, KEY_VALUE, field, (struct slice){0});
    if (making->column && making->prefix.status == STATUS_OK) {
        lexicon_seek(&making->cursor, &file->lexicon, bytes_slice(&making->prefix));
        return making;
    }
    making_close(making);
    return NULL;
}

/* What failed otherwise than by the time is begun anew when it is asked for again. */
static enum status make(struct making **kept, const struct collection_file *file, int field,
                        uint64_t deadline_us, struct value_column **column, enum chunk_id *chunk)
{
    if (!*kept && !(*kept = making_open(file, field)))
        return STATUS_NO_MEMORY;
    struct making *making = *kept;
    enum status status = take_values(making, deadline_us);
    *chunk = making->chunk;
    if (status == STATUS_DEADLINE)
        return status;
    take_texts(making);
    if (status == STATUS_OK)
        status = turn(making);
    if (status == STATUS_OK) {
        *column = making->column;
        making->column = NULL;
    }
    making_close(making);
    *kept = NULL;
    return status;
}

/* Waits while another makes a column and this one is not whole, with the mutex held; no longer
 * than the deadline. */
static void wait_idle(struct value_columns *columns, const struct place *place,
                      uint64_t deadline_us)
{
    struct timespec until = {.tv_sec = (time_t)(deadline_us / 1000000),
                             .tv_nsec = (long)(deadline_us % 1000000 * 1000)};
    int late = 0;
    while (columns->busy && !place->column && !late)
        late = deadline_us ? pthread_cond_timedwait(&columns->idle, &columns->mutex, &until)
                           : pthread_cond_wait(&columns->idle, &columns->mutex);
}

enum status value_columns_get(struct value_columns *columns, const struct collection *collection,
                              size_t file, int field, uint64_t deadline_us,
                              const struct value_column **column, enum chunk_id *chunk)
{
    struct place *place = &columns->places[file * FACET_COLUMNS + (size_t)field];
    struct value_column *made = NULL;
    enum status status = STATUS_OK;
    pthread_mutex_lock(&columns->mutex);
    wait_idle(columns, place, deadline_us);
    if (!place->column && columns->busy) {
        status = STATUS_DEADLINE;
    } else if (!place->column) {
        columns->busy = true;
        pthread_mutex_unlock(&columns->mutex);
        status = make(&place->making, &collection->files[file], field, deadline_us, &made, chunk);
        pthread_mutex_lock(&columns->mutex);
        place->column = made;
        columns->busy = false;
        pthread_cond_broadcast(&columns->idle);
    }
    *column = place->column;
    pthread_mutex_unlock(&columns->mutex);
    return status;
}
