/* White space of every script, as a query is parted by and a snippet makes one space. */
#ifndef VERBATIM_TEXT_SPACE_H
#define VERBATIM_TEXT_SPACE_H

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
