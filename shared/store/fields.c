#include "store/fields.h"

#include "codec/reader.h"
#include "codec/varint_put.h"

static void put_string(struct bytes *out, struct slice s)
{
    varint_put(out, s.size);
    bytes_append_slice(out, s);
}

void fields_write(const struct fields *fields, struct bytes *out)
{
    put_string(out, fields->id);
    put_string(out, fields->title);
    put_string(out, fields->url);
    put_string(out, fields->shown_title);
    bytes_put_le64(out, fields->date);
    for (int list = 0; list < FIELDS_LISTS; list++) {
        varint_put(out, fields->lists[list].count);
        for (size_t i = 0; i < fields->lists[list].count; i++)
            put_string(out, fields->lists[list].values[i]);
    }
    put_string(out, fields->extra);
}

static enum status read_list(struct reader *reader, size_t most, struct arena *arena,
                             struct fields_list *list)
{
    uint64_t count = reader_varint(reader);
    *list = (struct fields_list){0};
    if (count > reader_left(reader)) /* a value takes a byte at least */
        return STATUS_CORRUPT;
    if (count == 0)
        return STATUS_OK;
    list->count = count < most ? (size_t)count : most;
    list->values = arena_allocate(arena, list->count, sizeof *list->values);
    if (!list->values)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < list->count; i++)
        list->values[i] = reader_string(reader);
    for (uint64_t i = list->count; i < count && reader->ok; i++)
        reader_string(reader);
    return STATUS_OK;
}

enum status fields_read(struct slice record, struct arena *arena, struct fields *fields)
{
    return fields_read_some(record, SIZE_MAX, arena, fields);
}

enum status fields_copy(struct slice record, struct arena *arena, struct fields *fields)
{
    struct slice copy = arena_copy(arena, record);
    return copy.data || !record.size ? fields_read(copy, arena, fields) : STATUS_NO_MEMORY;
}

enum status fields_read_some(struct slice record, size_t values, struct arena *arena,
                             struct fields *fields)
{
    struct reader reader = reader_of(record);
    enum status status = STATUS_OK;
    fields->id = reader_string(&reader);
    fields->title = reader_string(&reader);
    fields->url = reader_string(&reader);
    fields->shown_title = reader_string(&reader);
    fields->date = reader_le64(&reader);
    for (int list = 0; list < FIELDS_LISTS && status == STATUS_OK; list++)
        status = read_list(&reader, values, arena, &fields->lists[list]);
    fields->extra = reader_string(&reader);
    if (status == STATUS_OK && !reader_done(&reader))
        status = STATUS_CORRUPT;
    return status;
}

/* The string of a record behind so many others. */
static enum status read_string(struct slice record, int before, struct slice *string)
{
    struct reader reader = reader_of(record);
    while (before-- > 0)
        reader_string(&reader);
    *string = reader_string(&reader);
    return reader.ok ? STATUS_OK : STATUS_CORRUPT;
}

enum status fields_read_title(struct slice record, struct slice *title)
{
    return read_string(record, 1, title);
}

enum status fields_read_shown_title(struct slice record, struct slice *shown_title)
{
    return read_string(record, 3, shown_title);
}

size_t fields_lead(const struct fields *fields, struct slice body)
{
    struct slice shown = fields->shown_title;
    size_t most = shown.size < body.size ? shown.size : body.size, lead = 0;
    while (lead < most && shown.data[lead] == body.data[lead])
        lead++;
    return lead;
}
