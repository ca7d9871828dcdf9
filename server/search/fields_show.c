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

enum status fields_show(struct documents *documents, uint32_t doc, struct arena *arena,
                        struct hit *hit)
{
    struct fields fields;
    enum status status = documents_fields(documents, doc, arena, &fields);
    if (status != STATUS_OK)
        return status;
    hit->id = valid(fields.id, arena);
    hit->title_derived = fields.title.size == 0;
    hit->title = valid(hit->title_derived ? fields.shown_title : fields.title, arena);
    hit->url = valid(fields.url, arena);
    hit->date = show_date(fields.date, arena);
    hit->extra = valid(fields.extra, arena);
    show_list(&fields.lists[0], arena, &hit->sources, &hit->source_count);
    show_list(&fields.lists[1], arena, &hit->authors, &hit->author_count);
    show_list(&fields.lists[2], arena, &hit->tags, &hit->tag_count);
    show_list(&fields.lists[3], arena, &hit->langs, &hit->lang_count);
    return arena->status;
}
