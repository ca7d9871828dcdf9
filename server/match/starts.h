/* Where a phrase would begin, by the positions of one of its words, sifted by those of the others.
 * All arrays ascend. */
#ifndef VERBATIM_MATCH_STARTS_H
#define VERBATIM_MATCH_STARTS_H

#include "base/bytes.h"
#include "match/budget.h"

/* Both: false with the budget's status bad. */
/* Fills starts from the positions of a word that stands `offset` words behind the start. */
bool starts_begin(struct bytes *starts, const struct bytes *positions, uint32_t offset,
                  struct match_budget *budget);
/* Keeps those starts at which, offset words further on, one of the positions stands. */
bool starts_sift(struct bytes *starts, const struct bytes *positions, uint32_t offset,
                 struct match_budget *budget);

static inline uint32_t starts_count(const struct bytes *starts)
{
    return (uint32_t)(starts->size / sizeof(uint32_t));
}

/* There is one. */
static inline uint32_t starts_last(const struct bytes *starts)
{
    return ((const uint32_t *)(const void *)starts->data)[starts_count(starts) - 1];
}

#endif
