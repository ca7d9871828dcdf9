#include "store/list_sides.h"

#include "store/impact.h"
#include "store/list_layout.h"

void list_sides_begin(struct list_sides *sides)
{
    bytes_clear(&sides->last);
    bytes_clear(&sides->offsets);
    bytes_clear(&sides->starts);
    bytes_clear(&sides->bounds);
    sides->best.count = 0;
    sides->best.least = 0;
    list_top_begin(&sides->top);
    sides->most = 0;
    sides->status = STATUS_OK;
}

static void put(struct list_sides *sides, struct bytes *side, uint64_t value)
{
    if (value > UINT32_MAX)
        sides->status = STATUS_LIMIT;
    bytes_put_le32(side, (uint32_t)value);
}

void list_sides_block(struct list_sides *sides, uint32_t last, uint64_t offset, uint64_t start)
{
    put(sides, &sides->last, last);
    put(sides, &sides->offsets, offset);
    put(sides, &sides->starts, start);
    bytes_put_le16(&sides->bounds, impact_ceiling(sides->most));
    sides->most = 0;
}

static void put_top(struct list_sides *sides, uint32_t articles)
{
    uint8_t top[LIST_TOP_MOST_BYTES];
    list_top_encode(&sides->top, articles, top);
    bytes_append(&sides->bounds, top, list_top_bytes(articles));
}

enum status list_sides_end(struct list_sides *sides, uint32_t df, uint32_t articles)
{
    static const uint16_t ks[] = {10, 100, LIST_BEST_MOST};
    const struct bytes *all[] = {&sides->last, &sides->offsets, &sides->starts, &sides->bounds};
    best_impacts_sort(&sides->best);
    for (uint32_t i = 0; i < list_best_count(df); i++)
        bytes_put_le16(&sides->bounds, sides->best.best[ks[i] - 1]);
    if (list_has_top(df))
        put_top(sides, articles);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i]->status != STATUS_OK)
            sides->status = all[i]->status;
    return sides->status;
}

void list_sides_release(struct list_sides *sides)
{
    bytes_release(&sides->last);
    bytes_release(&sides->offsets);
    bytes_release(&sides->starts);
    bytes_release(&sides->bounds);
}
