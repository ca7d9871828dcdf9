#include "build/copy_hashes.h"

enum { FEW = 64, DIGIT_BITS = 8, LEAST_SHIFT = 32 };

static void sort_few(uint64_t *hashes, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint64_t hash = hashes[i];
        size_t at = i;
        for (; at > 0 && hashes[at - 1] >> LEAST_SHIFT > hash >> LEAST_SHIFT; at--)
            hashes[at] = hashes[at - 1];
        hashes[at] = hash;
    }
}

static void sort_by_digit(const uint64_t *from, uint64_t *to, size_t count, unsigned shift)
{
    size_t at[1 << DIGIT_BITS] = {0}, behind = 0;
    uint64_t mask = (1u << DIGIT_BITS) - 1;
    for (size_t i = 0; i < count; i++)
        at[from[i] >> shift & mask]++;
    for (size_t digit = 0; digit <= mask; digit++) {
        size_t n = at[digit];
        at[digit] = behind;
        behind += n;
    }
    for (size_t i = 0; i < count; i++)
        to[at[from[i] >> shift & mask]++] = from[i];
}

/* An even number of passes: what is sorted ends where it began. */
static void sort_many(uint64_t *hashes, uint64_t *spare, size_t count)
{
    for (unsigned shift = LEAST_SHIFT; shift < 64; shift += DIGIT_BITS) {
        sort_by_digit(hashes, spare, count, shift);
        uint64_t *sorted = spare;
        spare = hashes;
        hashes = sorted;
    }
}

void copy_hashes_sort(struct bytes *hashes, struct bytes *spare)
{
    uint64_t *items = bytes_items(hashes);
    size_t count = hashes->size / sizeof *items, kept = 0;
    bytes_clear(spare);
    if (count <= FEW)
        sort_few(items, count);
    else if (bytes_reserve(spare, hashes->size))
        sort_many(items, bytes_items(spare), count);
    else
        hashes->status = spare->status;
    for (size_t i = 0; i < count; i++)
        if (i == 0 || items[i] != items[i - 1])
            items[kept++] = items[i];
    hashes->size = kept * sizeof *items;
}
