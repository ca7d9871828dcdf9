#include "input/json_flat.h"

#include <stdint.h>
#include <string.h>

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

/* Behind the string whose first character is at `at`; 0 where it has an escape or no end. */
static size_t read_string(struct slice text, size_t at, struct slice *out)
{
    size_t start = at;
    for (;; at++) {
        while (text.size - at >= 8 && !ends_among(text.data + at))
            at += 8;
        if (at == text.size || (unsigned char)text.data[at] < 0x20 || text.data[at] == '\\')
            return 0;
        if (text.data[at] == '"')
            break;
    }
    *out = slice_of(text.data + start, at - start);
    return at + 1;
}

static bool is_new(const struct json_flat *flat, struct slice name)
{
    for (size_t i = 0; i < flat->count; i++)
        if (slice_equal(flat->names[i], name))
            return false;
    return true;
}

static size_t read_member(struct slice text, size_t at, struct json_flat *flat)
{
    struct slice name, value;
    if (!(at = pass(text, at, '"')) || !(at = read_string(text, at, &name)) ||
        !(at = pass(text, at, ':')) || !(at = pass(text, at, '"')) ||
        !(at = read_string(text, at, &value)))
        return 0;
    if (flat->count == JSON_FLAT_MOST || !is_new(flat, name))
        return 0;
    flat->names[flat->count] = name;
    flat->texts[flat->count++] = value;
    return at;
}

bool json_flat_read(struct slice text, struct json_flat *flat)
{
    size_t at = pass(text, 0, '{'), next;
    flat->count = 0;
    while (at && (at = read_member(text, at, flat)) && (next = pass(text, at, ',')))
        at = next;
    return at && (at = pass(text, at, '}')) && skip_space(text, at) == text.size;
}
