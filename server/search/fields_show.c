#include "search/fields_show.h"

#include "search/hit.h"
#include "text/date.h"
#include "text/utf8.h"

/* What a sound file holds is valid; a file whose sums were made over damage may hold anything. */
static struct slice valid(struct slice s, struct arena *arena)
{
    return utf8_valid(s) ? s : utf8_valid_copy(s, arena);
}

static struct slice show_date(uint64_t packed, struct arena *arena)
{
    struct date date;
    char text[DATE_TEXT_BYTES];
    if (packed == DATE_PACKED_NONE || !date_unpack(packed, &date))
        return (struct slice){0};
    return arena_copy(arena, date_format(&date, text));
}

static void show_list(struct fields_list *list, struct arena *arena, struct slice **values,
                      size_t *count)
{
    for (size_t i = 0; i < list->count; i++)
        list->values[i] = valid(list->values[i], arena);
    *values = list->values;
    *count = list->count;
}

static void show(struct fields *fields, struct arena *arena, struct hit *hit)
{
    hit->id = valid(fields->id, arena);
    hit->title_derived = fields->title.size == 0;
    hit->title = valid(hit->title_derived ? fields->shown_title : fields->title, arena);
    hit->url = valid(fields->url, arena);
    hit->date = show_date(fields->date, arena);
    hit->extra = valid(fields->extra, arena);
    show_list(&fields->lists[0], arena, &hit->sources, &hit->source_count);
    show_list(&fields->lists[1], arena, &hit->authors, &hit->author_count);
    show_list(&fields->lists[2], arena, &hit->tags, &hit->tag_count);
    show_list(&fields->lists[3], arena, &hit->langs, &hit->lang_count);
}

enum status fields_show_whole(struct documents *documents, uint32_t doc, struct arena *arena,
                              struct hit *hit)
{
    struct fields fields;
    enum status status = documents_fields(documents, doc, arena, &fields);
    if (status != STATUS_OK)
        return status;
    show(&fields, arena, hit);
    return arena->status;
}

/* --- Of large fields, a part -------------------------------------------------------------------*/

/* At white space where some is near. */
static struct slice cut_title(struct slice title, struct arena *arena)
{
    enum { NEAR_BYTES = 128 };
    static const char ellipsis[] = "…";
    size_t most = utf8_floor(title, HIT_TITLE_BYTES), at = most;
    while (at > most - NEAR_BYTES && (title.data[at] & 0x80 || title.data[at] > ' '))
        at--;
    size_t size = at > most - NEAR_BYTES ? at : most;
    char *cut = arena_take(arena, size + sizeof ellipsis - 1);
    if (!cut)
        return (struct slice){0};
    memcpy(cut, title.data, size);
    memcpy(cut + size, ellipsis, sizeof ellipsis - 1);
    return slice_of(cut, size + sizeof ellipsis - 1);
}

static struct slice copy_or_leave(struct slice value, struct arena *arena)
{
    return value.size > HIT_FIELDS_BYTES / 2 ? (struct slice){0} : arena_copy(arena, value);
}

static void copy_list(struct fields_list *list, struct arena *arena)
{
    size_t bytes = 0, count = 0;
    for (; count < list->count; count++) {
        bytes += list->values[count].size + sizeof *list->values;
        if (bytes > HIT_FIELDS_BYTES / 2)
            break;
        list->values[count] = arena_copy(arena, list->values[count]);
    }
    list->count = count;
}

/* From a record that is too large to be copied. */
static enum status show_large(struct slice record, struct arena *arena, struct hit *hit)
{
    enum { VALUES_MOST = HIT_FIELDS_BYTES / 2 / sizeof(struct slice) };
    struct fields fields;
    enum status status = fields_read_some(record, VALUES_MOST, arena, &fields);
    if (status != STATUS_OK)
        return status;
    fields.id = arena_copy(arena, fields.id);
    fields.title = slice_of(fields.title.data, utf8_floor(fields.title, 2 * HIT_TITLE_BYTES));
    fields.title = arena_copy(arena, fields.title);
    fields.shown_title = copy_or_leave(fields.shown_title, arena);
    fields.url = copy_or_leave(fields.url, arena);
    fields.extra = copy_or_leave(fields.extra, arena);
    for (int i = 0; i < FIELDS_LISTS; i++)
        copy_list(&fields.lists[i], arena);
    show(&fields, arena, hit);
    hit->fields_cut = true;
    return arena->status;
}

enum status fields_show(struct documents *documents, uint32_t doc, struct arena *arena,
                        struct hit *hit)
{
    struct slice record;
    struct fields fields;
    enum status status = documents_record(documents, doc, &record);
    if (status == STATUS_OK && record.size > HIT_FIELDS_BYTES) {
        status = show_large(record, arena, hit);
    } else if (status == STATUS_OK) {
        status = fields_copy(record, arena, &fields);
        if (status == STATUS_OK)
            show(&fields, arena, hit);
    }
    if (status != STATUS_OK)
        return status;
    if (hit->title.size > HIT_TITLE_BYTES) {
        hit->title = cut_title(hit->title, arena);
        hit->fields_cut = true;
    }
    return arena->status;
}

enum status fields_title(struct documents *documents, uint32_t doc, struct arena *arena,
                         struct slice *title)
{
    struct slice record;
    enum status status = documents_record(documents, doc, &record);
    if (status == STATUS_OK)
        status = fields_read_title(record, title);
    if (status != STATUS_OK)
        return status;
    *title = valid(*title, arena);
    return arena->status;
}
