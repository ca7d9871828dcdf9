/* What stands at the end of a postings list of more than one block, gathered while its blocks are
 * written: the side arrays, bounds, best impacts and articles. FORMAT.md, "postings". */
#ifndef VERBATIM_STORE_LIST_SIDES_H
#define VERBATIM_STORE_LIST_SIDES_H

#include "base/bytes.h"
#include "store/best_impacts.h"
#include "store/impact.h"
#include "store/list_top.h"

struct list_sides { /* one thread; zeroed: empty; reusable; release when done */
    struct bytes last, offsets, starts, bounds;
    struct best_impacts best;
    struct list_top top; /* whoever tells of an article adds it here too */
    double most;         /* the greatest impact of the block at hand */
    enum status status;
};

void list_sides_begin(struct list_sides *sides);
/* The impact of an article of the block at hand. */
static inline void list_sides_impact(struct list_sides *sides, double impact)
{
    double about = impact < 1 ? impact * UINT16_MAX : UINT16_MAX; /* rounded down it is no less */
    sides->most = impact > sides->most ? impact : sides->most;
    if (about >= sides->best.least)
        best_impacts_add(&sides->best, impact_floor(impact));
}
/* Ends a block: its last article, where it begins in the list, and the occurrences before it. */
void list_sides_block(struct list_sides *sides, uint32_t last, uint64_t offset, uint64_t start);
/* After the last block of a list of df articles in a file of so many: from now on the four arrays,
 * one behind the other, are what stands at its end. STATUS_LIMIT where an offset or a start has
 * more than 32 bits. */
enum status list_sides_end(struct list_sides *sides, uint32_t df, uint32_t articles);
void list_sides_release(struct list_sides *sides);

#endif
