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

static enum status read_list(struct reader *reader, struct arena *arena, struct fields_list *list)
{
    uint64_t count = reader_varint(reader);
    *list = (struct fields_list){0};
    if (count > reader_left(reader)) /* a value takes a byte at least */
        return STATUS_CORRUPT;
    if (count == 0)
        return STATUS_OK;
    list->values = arena_allocate(arena, (size_t)count, sizeof *list->values);
    if (!list->values)
        return STATUS_NO_MEMORY;
    list->count = (size_t)count;
    for (size_t i = 0; i < list->count; i++)
        list->values[i] = reader_string(reader);
    return STATUS_OK;
}

enum status fields_read(struct slice record, struct arena *arena, struct fields *fields)
{
    struct reader reader = reader_of(record);
    enum status status = STATUS_OK;
    fields->id = reader_string(&reader);
    fields->title = reader_string(&reader);
    fields->url = reader_string(&reader);
    fields->shown_title = reader_string(&reader);
    fields->date = reader_le64(&reader);
    for (int list = 0; list < FIELDS_LISTS && status == STATUS_OK; list++)
        status = read_list(&reader, arena, &fields->lists[list]);
    fields->extra = reader_string(&reader);
    if (status == STATUS_OK && !reader_done(&reader))
        status = STATUS_CORRUPT;
    return status;
}

enum status fields_read_shown_title(struct slice record, struct slice *shown_title)
{
    enum { STRINGS_BEFORE = 3 };
    struct reader reader = reader_of(record);
    for (int i = 0; i < STRINGS_BEFORE; i++)
        reader_string(&reader);
    *shown_title = reader_string(&reader);
    return reader.ok ? STATUS_OK : STATUS_CORRUPT;
}

size_t fields_lead(const struct fields *fields, struct slice body)
{
    struct slice shown = fields->shown_title;
    size_t most = shown.size < body.size ? shown.size : body.size, lead = 0;
    while (lead < most && shown.data[lead] == body.data[lead])
        lead++;
    return lead;
}
