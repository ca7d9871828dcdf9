/* White space of every kind, as a snippet makes it one space. */
#ifndef VERBATIM_SEARCH_SPACE_H
#define VERBATIM_SEARCH_SPACE_H

#include <stdbool.h>
#include <stdint.h>

static inline bool space_is(uint32_t c)
{
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r');
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

#endif
