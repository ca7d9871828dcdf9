#include <stdio.h>

#include "input/clean.h"
#include "input/reader.h"
#include "text/utf8.h"

struct draft *reading_draft(struct reading *reading)
{
    draft_begin(&reading->intake->draft, reading->intake->options);
    return &reading->intake->draft;
}

static struct slice numbered_id(struct reading *reading, uint64_t number)
{
    char behind[24];
    int size = snprintf(behind, sizeof behind, "#%llu", (unsigned long long)number);
    struct slice id = reading->id;
    char *whole = arena_allocate(&reading->intake->draft.arena, id.size + (size_t)size, 1);
    if (!whole)
        return id;
    memcpy(whole, id.data, id.size);
    memcpy(whole + id.size, behind, (size_t)size);
    return slice_of(whole, id.size + (size_t)size);
}

static void note_date(struct reading *reading, uint64_t line)
{
    enum { SHOWN_BYTES = 64 };
    struct input_totals *totals = reading->intake->totals;
    struct slice date = clean_trim(reading->intake->draft.singles[FIELD_DATE].texts[0]);
    size_t shown = date.size <= SHOWN_BYTES ? date.size : utf8_floor(date, SHOWN_BYTES);
    if (totals->undated++ == 0)
        error_set(&totals->first_undated, STATUS_INVALID, "%s:%llu: '%.*s'", reading->name,
                  (unsigned long long)line, (int)shown, date.data);
}

enum status reading_article(struct reading *reading, uint64_t line, uint64_t number)
{
    struct intake *intake = reading->intake;
    struct slice id = number ? numbered_id(reading, number) : reading->id;
    const char *wrong = draft_finish(&intake->draft, id);
    if (intake->draft.arena.status != STATUS_OK)
        return error_set(intake->error, STATUS_NO_MEMORY, "out of memory at %s:%llu", reading->name,
                         (unsigned long long)line);
    if (wrong)
        return reading_skip(reading, line, "%s", wrong);
    struct input_place place = {.name = reading->name, .line = line};
    intake->totals->articles++;
    if (intake->draft.undated)
        note_date(reading, line);
    return intake->sink->article(intake->sink->context, &intake->draft.article, &place);
}

enum status reading_too_large(struct reading *reading, uint64_t line, uint64_t size)
{
    return reading_skip(reading, line, "an article of %llu bytes is larger than the %zu allowed",
                        (unsigned long long)size, reading->intake->options->max_article_bytes);
}

enum status reading_end(struct reading *reading, uint64_t line)
{
    const struct error *error = &reading->source->error;
    if (error->status == STATUS_OK)
        return STATUS_OK;
    return intake_skip_failed(reading->intake, reading->name, line, error);
}

enum status reading_whole(struct reading *reading, struct bytes *out)
{
    uint64_t size;
    enum status status = STATUS_OK;
    source_read_all(reading->source, reading->intake->options->max_article_bytes, out, &size);
    if (out->status != STATUS_OK)
        return error_set(reading->intake->error, out->status, "out of memory at %s", reading->name);
    if (reading->source->error.status != STATUS_OK)
        status = reading_end(reading, 0);
    else if (size > reading->intake->options->max_article_bytes)
        status = reading_too_large(reading, 1, size);
    else if (size == 0)
        status = reading_skip(reading, 0, "empty");
    else
        return STATUS_OK;
    bytes_release(out);
    return status;
}
