/* The bounds of a list's blocks, as they lie in its side array: 16 bits each, little-endian. */
#ifndef VERBATIM_RANK_BOUNDS_H
#define VERBATIM_RANK_BOUNDS_H

#include <stdbool.h>
#include <stdint.h>

/* The greatest of count bounds; 0 of none. */
uint16_t bounds_most(const uint8_t *bounds, uint32_t count);
/* The first from `from` on that is at least as great; count where there is none. */
uint32_t bounds_next(const uint8_t *bounds, uint32_t from, uint32_t count, uint32_t least);

#endif
