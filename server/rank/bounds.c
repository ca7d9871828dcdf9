#include "rank/bounds.h"

#include "base/endian.h"

enum { AT_ONCE = 32 }; /* so that a compiler makes vectors of the inner loops */

static inline uint16_t bound(const uint8_t *bounds, uint32_t at)
{
    return load_le16(bounds + (size_t)at * 2);
}

uint16_t bounds_most(const uint8_t *bounds, uint32_t count)
{
    uint16_t greatest[AT_ONCE] = {0}, most = 0;
    uint32_t at = 0;
    for (; count - at >= AT_ONCE; at += AT_ONCE)
        for (uint32_t i = 0; i < AT_ONCE; i++) {
            uint16_t now = bound(bounds, at + i);
            greatest[i] = now > greatest[i] ? now : greatest[i];
        }
    for (uint32_t i = 0; i < AT_ONCE; i++)
        most = greatest[i] > most ? greatest[i] : most;
    for (; at < count; at++)
        most = bound(bounds, at) > most ? bound(bounds, at) : most;
    return most;
}

/* Whether any of AT_ONCE is. */
static inline bool any_reaches(const uint8_t *bounds, uint32_t at, uint16_t least)
{
    uint16_t reached = 0;
    for (uint32_t i = 0; i < AT_ONCE; i++)
        reached |= bound(bounds, at + i) >= least ? UINT16_MAX : 0;
    return reached;
}

uint32_t bounds_next(const uint8_t *bounds, uint32_t from, uint32_t count, uint32_t least)
{
    if (least > UINT16_MAX)
        return count;
    while (from < count && count - from >= AT_ONCE && !any_reaches(bounds, from, (uint16_t)least))
        from += AT_ONCE;
    while (from < count && bound(bounds, from) < least)
        from++;
    return from;
}
