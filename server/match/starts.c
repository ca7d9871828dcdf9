#include "match/starts.h"

struct sifting {
    uint32_t *starts;
    const uint32_t *positions;
    size_t position_count;
    uint32_t offset;
    size_t at;   /* the first of the positions that may still be one */
    size_t kept; /* of the starts, to the front */
};

/* The starts [i, end). Every step moves on in one array or both without a branch that could be
 * guessed wrong. */
static inline void merge(struct sifting *sifting, size_t i, size_t end)
{
    uint32_t *starts = sifting->starts;
    const uint32_t *positions = sifting->positions;
    size_t count = sifting->position_count, j = sifting->at, kept = sifting->kept;
    uint32_t offset = sifting->offset;
    while (i < end && j < count) {
        uint32_t start = starts[i], wanted = start + offset, position = positions[j];
        starts[kept] = start;
        kept += wanted == position;
        i += wanted <= position;
        j += position <= wanted;
    }
    sifting->at = j;
    sifting->kept = kept;
}

/* The same where the starts are few: each is looked for, by doubling steps from where the one
 * before was. */
static inline void look_up(struct sifting *sifting, size_t i, size_t end)
{
    uint32_t *starts = sifting->starts;
    const uint32_t *positions = sifting->positions;
    size_t count = sifting->position_count, low = sifting->at, kept = sifting->kept;
    for (; i < end; i++) {
        uint32_t wanted = starts[i] + sifting->offset;
        size_t step = 1;
        while (low + step < count && positions[low + step] < wanted)
            step *= 2;
        size_t high = low + step < count ? low + step : count - 1;
        for (low += step / 2; low < high;) {
            size_t middle = low + (high - low) / 2;
            if (positions[middle] < wanted)
                low = middle + 1;
            else
                high = middle;
        }
        starts[kept] = starts[i];
        kept += positions[low] == wanted;
    }
    sifting->at = low;
    sifting->kept = kept;
}

enum { FEW = 16 }; /* a start for so many positions and it is looked up */

bool starts_sift(struct bytes *starts, const struct bytes *positions, uint32_t offset,
                 struct match_budget *budget)
{
    struct sifting sifting = {.starts = bytes_items(starts),
                              .positions = bytes_items(positions),
                              .position_count = positions->size / sizeof offset,
                              .offset = offset};
    size_t count = starts->size / sizeof offset;
    bool few = count < sifting.position_count / FEW;
    for (size_t i = 0; i < count; i += BUDGET_PLACES) {
        size_t end = count - i < BUDGET_PLACES ? count : i + BUDGET_PLACES;
        if (i && !match_budget_spend(budget, 1))
            return false;
        if (few)
            look_up(&sifting, i, end);
        else
            merge(&sifting, i, end);
    }
    starts->size = sifting.kept * sizeof offset;
    return true;
}

bool starts_begin(struct bytes *starts, const struct bytes *positions, uint32_t offset,
                  struct match_budget *budget)
{
    const uint32_t *position = bytes_items(positions);
    size_t count = positions->size / sizeof *position, kept = 0;
    bytes_clear(starts);
    uint32_t *start = bytes_extend(starts, positions->size);
    if (!match_budget_check(budget, starts->status, CHUNK_POSITIONS))
        return false;
    for (size_t i = 0, end; i < count;) {
        if (i && !match_budget_spend(budget, 1))
            return false;
        for (end = count - i < BUDGET_PLACES ? count : i + BUDGET_PLACES; i < end; i++)
            if (position[i] >= offset)
                start[kept++] = position[i] - offset;
    }
    starts->size = kept * sizeof *start;
    return true;
}
