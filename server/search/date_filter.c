#include "search/date_filter.h"

#include "base/arena.h"
#include "match/predicate.h"
#include "store/columns_read.h"
#include "text/date.h"

struct date_filter {
    const struct columns *columns;
    uint64_t first, last;
};

static enum status meets(void *context, uint32_t doc, bool *holds)
{
    const struct date_filter *filter = context;
    uint64_t packed, first, last;
    struct date date;
    enum status status = columns_date(filter->columns, doc, &packed);
    if (status != STATUS_OK || packed == DATE_PACKED_NONE)
        return status;
    if (!date_unpack(packed, &date))
        return STATUS_CORRUPT;
    date_span(&date, &first, &last);
    *holds = first <= filter->last && last >= filter->first;
    return STATUS_OK;
}

struct matcher *date_filter(const struct match_source *source, uint64_t first, uint64_t last,
                            uint32_t article_count)
{
    struct date_filter *filter = arena_allocate(source->arena, 1, sizeof *filter);
    if (!filter)
        return NULL;
    *filter = (struct date_filter){source->columns, first, last};
    return match_predicate(source, (struct match_predicate){meets, filter, CHUNK_DATES},
                           article_count);
}
