#include "build/pieces.h"

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* U+3001 and U+3002, which part words wherever they stand: E3 80 81 and E3 80 82. */
static bool behind_ideographic_stop(const char *at)
{
    return (unsigned char)at[-3] == 0xE3 && (unsigned char)at[-2] == 0x80 &&
           ((unsigned char)at[-1] == 0x81 || (unsigned char)at[-1] == 0x82);
}

size_t piece_size(struct slice body, size_t room)
{
    for (size_t at = room > 3 ? room : 3; at < body.size; at++)
        if (is_space(body.data[at]) || behind_ideographic_stop(body.data + at))
            return at;
    return body.size;
}
