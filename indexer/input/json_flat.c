#include "input/json_flat.h"

#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "text/utf8.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t skip_space(struct slice text, size_t at)
{
    while (at < text.size && is_space(text.data[at]))
        at++;
    return at;
}

/* Behind the character; 0 where another one stands there. */
static size_t pass(struct slice text, size_t at, char c)
{
    at = skip_space(text, at);
    return at < text.size && text.data[at] == c ? at + 1 : 0;
}

#ifdef __SSE2__
/* A bit for each of sixteen bytes that is a quote, a backslash or a control character. */
static unsigned ends_among(const char *at)
{
    const __m128i last_control = _mm_set1_epi8(0x1F);
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, last_control), bytes);
    __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    __m128i slash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(control, quote), slash));
}

/* Passes over what surely does not end a string, sixteen bytes at a time. */
static size_t pass_plain(struct slice text, size_t at)
{
    for (; text.size - at >= 16; at += 16) {
        unsigned ends = ends_among(text.data + at);
        if (ends)
            return at + (unsigned)__builtin_ctz(ends);
    }
    return at;
}
#else
/* The top bit of each byte that is 0; bytes above such a one may have it wrongly. */
static uint64_t zero_bytes(uint64_t bytes)
{
    return (bytes - 0x0101010101010101u) & ~bytes & 0x8080808080808080u;
}

/* Whether a quote, a backslash or a control character is among eight bytes. */
static bool ends_among(const char *at)
{
    const uint64_t each = 0x0101010101010101u;
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    uint64_t control = (bytes - each * 0x20) & ~bytes & each * 0x80;
    return control | zero_bytes(bytes ^ each * '"') | zero_bytes(bytes ^ each * '\\');
}

/* Passes over what surely does not end a string, eight bytes at a time. */
static size_t pass_plain(struct slice text, size_t at)
{
    while (text.size - at >= 8 && !ends_among(text.data + at))
        at += 8;
    return at;
}
#endif

/* Behind the string whose first character is at `at`; 0 where it has no end. */
static size_t read_string(struct slice text, size_t at, struct slice *out, bool *escaped)
{
    size_t start = at;
    *escaped = false;
    for (;; at++) {
        at = pass_plain(text, at);
        if (at == text.size || (unsigned char)text.data[at] < 0x20)
            return 0;
        if (text.data[at] == '"')
            break;
        if (text.data[at] != '\\')
            continue;
        *escaped = true;
        if (++at == text.size)
            return 0;
    }
    *out = slice_of(text.data + start, at - start);
    return at + 1;
}

/* --- Escapes -----------------------------------------------------------------------------------*/

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The character of four hexadecimal digits; 0 where it is none that stands for itself. */
static uint32_t read_hex(struct slice digits)
{
    uint32_t c = 0;
    for (size_t i = 0; i < 4; i++) {
        int digit = i < digits.size ? hex_digit(digits.data[i]) : -1;
        if (digit < 0)
            return 0;
        c = c << 4 | (uint32_t)digit;
    }
    return c >= 0xD800 && c <= 0xDFFF ? 0 : c;
}

/* What the escape at the start of `from`, behind its backslash, stands for, written to *to. Returns
 * how many bytes it takes there; 0 where it is for the parser. */
static size_t write_escaped(struct slice from, char **to)
{
    static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    const char *name = from.data[0] ? strchr(names, from.data[0]) : NULL;
    if (name) {
        *(*to)++ = meanings[name - names];
        return 1;
    }
    uint32_t c = from.data[0] == 'u' ? read_hex(slice_from(from, 1)) : 0;
    if (c)
        *to += utf8_encode(c, *to);
    return c ? 5 : 0;
}

/* An escape is never shorter than what it stands for. */
static bool resolve(struct slice *text, struct arena *arena)
{
    struct slice left = *text;
    char *start = arena_allocate(arena, text->size, 1), *to = start;
    if (!start)
        return false;
    for (const char *slash; (slash = memchr(left.data, '\\', left.size)) != NULL;) {
        size_t plain = (size_t)(slash - left.data), taken;
        memcpy(to, left.data, plain);
        to += plain;
        left = slice_from(left, plain + 1);
        if (!(taken = write_escaped(left, &to)))
            return false;
        left = slice_from(left, taken);
    }
    memcpy(to, left.data, left.size);
    *text = slice_of(start, (size_t)(to - start) + left.size);
    return true;
}

/* --- Members -----------------------------------------------------------------------------------*/

static bool is_new(const struct json_flat *flat, struct slice name)
{
    for (size_t i = 0; i < flat->count; i++)
        if (slice_equal(flat->names[i], name))
            return false;
    return true;
}

static size_t read_member(struct slice text, size_t at, struct arena *arena, struct json_flat *flat)
{
    struct slice name, value;
    bool odd, escaped;
    if (!(at = pass(text, at, '"')) || !(at = read_string(text, at, &name, &odd)) ||
        !(at = pass(text, at, ':')) || !(at = pass(text, at, '"')) ||
        !(at = read_string(text, at, &value, &escaped)))
        return 0;
    if (odd || (escaped && !resolve(&value, arena)))
        return 0;
    if (flat->count == JSON_FLAT_MOST || !is_new(flat, name))
        return 0;
    flat->names[flat->count] = name;
    flat->texts[flat->count++] = value;
    return at;
}

bool json_flat_read(struct slice text, struct arena *arena, struct json_flat *flat)
{
    size_t at = pass(text, 0, '{'), next;
    flat->count = 0;
    while (at && (at = read_member(text, at, arena, flat)) && (next = pass(text, at, ',')))
        at = next;
    return at && (at = pass(text, at, '}')) && skip_space(text, at) == text.size;
}
