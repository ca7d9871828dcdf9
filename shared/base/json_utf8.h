/* The little of UTF-8 that JSON needs. */
#ifndef VERBATIM_BASE_JSON_UTF8_H
#define VERBATIM_BASE_JSON_UTF8_H

#include <stdbool.h>
#include <stddef.h>

static inline bool json_utf8_continues(const char *text, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (((unsigned char)text[i] & 0xC0) != 0x80)
            return false;
    return true;
}

/* The bytes of the well-formed character at text (Unicode table 3-7), of size bytes at least 1; 0
 * where there is none. */
static inline size_t json_utf8_length(const char *text, size_t size)
{
    unsigned char a = (unsigned char)text[0], b = size > 1 ? (unsigned char)text[1] : 0;
    size_t length = a < 0xE0 ? 2 : a < 0xF0 ? 3 : 4;
    if (a < 0x80)
        return 1;
    if (a < 0xC2 || a > 0xF4 || length > size || !json_utf8_continues(text, 1, length))
        return 0;
    bool refused = (a == 0xE0 && b < 0xA0) || (a == 0xED && b > 0x9F) || (a == 0xF0 && b < 0x90) ||
                   (a == 0xF4 && b > 0x8F);
    return refused ? 0 : length;
}

#endif
