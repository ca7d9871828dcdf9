#include "store/check.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/error.h"
#include "base/memory.h"
#include "store/check_state.h"

void check_say(struct check *check, enum chunk_id chunk, const char *format, ...)
{
    char text[300];
    va_list list;
    if (check->found++ >= STORE_CHECK_MOST)
        return;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    check->report(check->context, chunk, text);
}

bool check_good(struct check *check, enum chunk_id chunk, enum status status, const char *what)
{
    if (status == STATUS_OK)
        return true;
    if (status == STATUS_CORRUPT)
        check_say(check, chunk, "%s", what);
    else
        check->status = status;
    return false;
}

bool check_zeros(const struct check *check, enum chunk_id chunk, uint64_t from, uint64_t to)
{
    const uint8_t *bytes;
    if (from > to || snapshot_view(check->snapshot, chunk, from, to - from, &bytes) != STATUS_OK)
        return false;
    for (uint64_t i = 0; i < to - from; i++)
        if (bytes[i])
            return false;
    return true;
}

static void check_settings(struct check *check)
{
    if (!snapshot_is_padded(check->snapshot))
        check_say(check, CHUNK_SETTINGS, "bytes between the chunks are not zero");
}

/* What lists are compared by; whether it is an order is looked at later. */
static bool read_order(struct check *check)
{
    uint32_t count = check->settings->article_count;
    if (!check->columns.has_order)
        return true;
    check->order = memory_allocate_zeroed((size_t)count + 1, sizeof *check->order);
    check->model.places = check->order;
    if (!check->order)
        check->status = STATUS_NO_MEMORY;
    for (uint32_t doc = 0; check->order && doc < count; doc++)
        columns_place(&check->columns, doc, &check->order[doc]);
    return check->order != NULL;
}

static bool begin(struct check *check)
{
    uint32_t count = check->settings->article_count;
    check->words = memory_allocate_zeroed((size_t)count + 1, sizeof *check->words);
    check->title_words = memory_allocate_zeroed((size_t)count + 1, sizeof *check->title_words);
    check->id_hashes = memory_allocate_zeroed((size_t)count + 1, sizeof *check->id_hashes);
    check->places = memory_allocate_zeroed((size_t)count + 1, sizeof *check->places);
    if (!check->words || !check->title_words || !check->id_hashes || !check->places) {
        check->status = STATUS_NO_MEMORY;
        return false;
    }
    impact_model_init(&check->model, check->settings);
    return check_good(check, CHUNK_TITLE_WORDS, columns_open(&check->columns, check->snapshot),
                      "its size, or that of another column, does not fit the number of articles") &&
           check_good(check, CHUNK_NORMS, columns_norms(&check->columns, &check->norms),
                      "it cannot be read") &&
           read_order(check);
}

static enum status finish(struct check *check)
{
    memory_free(check->words);
    memory_free(check->title_words);
    memory_free(check->id_hashes);
    memory_free(check->places);
    memory_free(check->order);
    check_titles_end(check);
    if (check->status != STATUS_OK)
        return check->status;
    return check->found ? STATUS_CORRUPT : STATUS_OK;
}

enum status store_check(const struct snapshot *snapshot,
                        void (*report)(void *context, enum chunk_id chunk, const char *what),
                        void *context)
{
    struct error error = {0};
    struct check check = {.snapshot = snapshot,
                          .settings = snapshot_settings(snapshot),
                          .report = report,
                          .context = context};
    if (snapshot_verify(snapshot, &error) != STATUS_OK) {
        report(context, snapshot_failed_chunk(snapshot), error.text);
        return STATUS_CORRUPT;
    }
    if (begin(&check)) {
        check_titles_begin(&check);
        static void (*const parts[])(struct check *) = {
            check_settings, check_terms,       check_grams,  check_classes,   check_compounds,
            check_titles,   check_completions, check_groups, check_documents, check_columns};
        for (size_t i = 0; i < sizeof parts / sizeof *parts && check.status == STATUS_OK; i++)
            parts[i](&check);
    }
    return finish(&check);
}
