#include "match/starts.h"

/* Every step moves on in one array or both without a branch that could be guessed wrong. Returns
 * how many starts are kept. */
static size_t merge(uint32_t *starts, size_t start_count, const uint32_t *positions,
                    size_t position_count, uint32_t offset)
{
    size_t i = 0, j = 0, kept = 0;
    while (i < start_count && j < position_count) {
        uint32_t start = starts[i], wanted = start + offset, position = positions[j];
        starts[kept] = start;
        kept += wanted == position;
        i += wanted <= position;
        j += position <= wanted;
    }
    return kept;
}

/* The same where the starts are few: each is looked for, by doubling steps from where the one
 * before was. */
static size_t look_up(uint32_t *starts, size_t start_count, const uint32_t *positions,
                      size_t position_count, uint32_t offset)
{
    size_t low = 0, kept = 0;
    for (size_t i = 0; i < start_count; i++) {
        uint32_t wanted = starts[i] + offset;
        size_t step = 1;
        while (low + step < position_count && positions[low + step] < wanted)
            step *= 2;
        size_t high = low + step < position_count ? low + step : position_count - 1;
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
    return kept;
}

enum { FEW = 16 }; /* a start for so many positions and it is looked up */

void starts_sift(struct bytes *starts, const struct bytes *positions, uint32_t offset)
{
    uint32_t *start = (uint32_t *)(void *)starts->data;
    const uint32_t *position = (const uint32_t *)(const void *)positions->data;
    size_t start_count = starts->size / sizeof *start;
    size_t position_count = positions->size / sizeof *position;
    bool few = start_count < position_count / FEW;
    size_t kept = few ? look_up(start, start_count, position, position_count, offset)
                      : merge(start, start_count, position, position_count, offset);
    starts->size = kept * sizeof *start;
}

bool starts_begin(struct bytes *starts, const struct bytes *positions, uint32_t offset)
{
    const uint32_t *position = (const uint32_t *)(const void *)positions->data;
    size_t count = positions->size / sizeof *position, kept = 0;
    bytes_clear(starts);
    uint32_t *start = (uint32_t *)(void *)bytes_extend(starts, positions->size);
    if (!start)
        return count == 0 && starts->status == STATUS_OK;
    for (size_t i = 0; i < count; i++)
        if (position[i] >= offset)
            start[kept++] = position[i] - offset;
    starts->size = kept * sizeof *start;
    return true;
}
