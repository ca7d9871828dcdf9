#include "match/places.h"

#include <stdlib.h>

enum { BYTES_OF_BLOCK = 1 << 15 }; /* copied, that cost as much as a block */

/* --- Reading -----------------------------------------------------------------------------------*/

bool match_places_fail(struct match_budget *budget, const struct postings *postings,
                       const struct bytes *out)
{
    enum status status = out->status != STATUS_OK ? out->status : postings->status;
    match_budget_check(budget, status != STATUS_OK ? status : STATUS_CORRUPT, CHUNK_POSITIONS);
    return false;
}

bool match_places_read_steps(struct match_budget *budget, struct postings *postings, uint32_t i,
                             uint32_t most, struct bytes *out)
{
    uint32_t tf = postings->tfs[i];
    bytes_clear(out);
    if (!bytes_reserve(out, (size_t)tf * sizeof tf))
        return match_places_fail(budget, postings, out);
    for (uint32_t last = 0; last <= most && out->size < (size_t)tf * sizeof tf;) {
        if (!match_budget_spend(budget, BUDGET_CLOCK_BLOCKS))
            return false;
        if (!postings_read_more_positions(postings, i, PLACES_STEP, out))
            return match_places_fail(budget, postings, out);
        last = ((const uint32_t *)bytes_items(out))[out->size / sizeof tf - 1];
    }
    return true;
}

/* --- Copying -----------------------------------------------------------------------------------*/

bool match_places_copy(struct match_budget *budget, void *to, const void *from, size_t size)
{
    size_t done = 0;
    for (; size - done > BYTES_OF_BLOCK; done += BYTES_OF_BLOCK) {
        if (!match_budget_spend(budget, 1))
            return false;
        memcpy((uint8_t *)to + done, (const uint8_t *)from + done, BYTES_OF_BLOCK);
    }
    if (size > done)
        memcpy((uint8_t *)to + done, (const uint8_t *)from + done, size - done);
    return true;
}

bool match_places_append(struct match_budget *budget, struct bytes *out, struct slice more)
{
    uint8_t *to = more.size ? bytes_extend(out, more.size) : NULL;
    if (!match_budget_check(budget, out->status, CHUNK_POSITIONS))
        return false;
    return match_places_copy(budget, to, more.data, more.size);
}

/* --- Order -------------------------------------------------------------------------------------*/

struct ordering {
    struct match_budget *budget;
    size_t size;
    int (*compare)(const void *, const void *);
    uint8_t *room; /* for half of them */
};

static bool is_ordered(const struct ordering *ordering, const uint8_t *items, size_t count)
{
    size_t size = ordering->size;
    for (size_t i = 1; i < count; i++)
        if (ordering->compare(items + (i - 1) * size, items + i * size) > 0)
            return false;
    return true;
}

/* Two halves that are each in order: the first goes aside, then the lesser of both to the front. */
static bool merge(const struct ordering *ordering, uint8_t *items, size_t half, size_t count)
{
    size_t size = ordering->size, i = 0, j = half, to = 0;
    uint8_t *room = ordering->room;
    if (ordering->compare(items + (half - 1) * size, items + half * size) <= 0)
        return true;
    if (!match_places_copy(ordering->budget, room, items, half * size))
        return false;
    for (; i < half && match_budget_place(ordering->budget, to); to++) {
        bool second = j < count && ordering->compare(room + i * size, items + j * size) > 0;
        memcpy(items + to * size, second ? items + j * size : room + i * size, size);
        j += second;
        i += !second;
    }
    return i == half;
}

static bool order(const struct ordering *ordering, uint8_t *items, size_t count)
{
    size_t half = count / 2;
    if (count > BUDGET_PLACES)
        return order(ordering, items, half) &&
               order(ordering, items + half * ordering->size, count - half) &&
               merge(ordering, items, half, count);
    if (!is_ordered(ordering, items, count))
        qsort(items, count, ordering->size, ordering->compare);
    return match_budget_spend(ordering->budget, 1);
}

bool match_places_order(struct match_budget *budget, void *items, size_t count, size_t size,
                        int (*compare)(const void *, const void *))
{
    struct ordering ordering = {budget, size, compare, NULL};
    struct bytes room = {0};
    if (count <= BUDGET_PLACES) {
        if (count > 1)
            qsort(items, count, size, compare);
        return true;
    }
    ordering.room = bytes_extend(&room, count / 2 * size);
    bool good =
        match_budget_check(budget, room.status, CHUNK_POSITIONS) && order(&ordering, items, count);
    bytes_release(&room);
    return good;
}
