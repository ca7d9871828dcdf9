/* utf8_decode and utf8_encode where a call for every character would cost too much. Inward. */
#ifndef VERBATIM_TEXT_UTF8_INLINE_H
#define VERBATIM_TEXT_UTF8_INLINE_H

#include "text/utf8.h"

/* Of 2 to 4 bytes: the least and greatest second byte, by which overlong forms, surrogates and
 * numbers past U+10FFFF are told (The Unicode Standard, table 3-7). */
static inline bool utf8_second_fits(unsigned char first, unsigned char second)
{
    unsigned char low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    unsigned char high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    return second >= low && second <= high;
}

static inline bool utf8_continues(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

static inline size_t utf8_decode_inline(const char *data, size_t size, uint32_t *code_point)
{
    const unsigned char *at = (const unsigned char *)data;
    unsigned char first = at[0];
    if (first < 0x80) {
        *code_point = first;
        return 1;
    }
    *code_point = UTF8_REPLACEMENT;
    if (first < 0xC2 || first > 0xF4 || size < 2 || !utf8_second_fits(first, at[1]))
        return 1;
    if (first < 0xE0) {
        *code_point = (uint32_t)(first & 0x1F) << 6 | (at[1] & 0x3F);
        return 2;
    }
    if (size < 3 || !utf8_continues(at[2]))
        return 2;
    if (first < 0xF0) {
        *code_point =
            (uint32_t)(first & 0x0F) << 12 | (uint32_t)(at[1] & 0x3F) << 6 | (at[2] & 0x3F);
        return 3;
    }
    if (size < 4 || !utf8_continues(at[3]))
        return 3;
    *code_point = (uint32_t)(first & 0x07) << 18 | (uint32_t)(at[1] & 0x3F) << 12 |
                  (uint32_t)(at[2] & 0x3F) << 6 | (at[3] & 0x3F);
    return 4;
}

static inline size_t utf8_encode_inline(uint32_t code_point, char out[4])
{
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF))
        code_point = UTF8_REPLACEMENT;
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = (char)(0xC0 | code_point >> 6);
        out[1] = (char)(0x80 | (code_point & 0x3F));
        return 2;
    }
    if (code_point < 0x10000) {
        out[0] = (char)(0xE0 | code_point >> 12);
        out[1] = (char)(0x80 | (code_point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code_point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code_point >> 18);
    out[1] = (char)(0x80 | (code_point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code_point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code_point & 0x3F));
    return 4;
}

#endif
