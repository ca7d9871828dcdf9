#include "base/json_write.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/json_utf8.h"

static void before_value(struct json_writer *w)
{
    if (w->comma)
        bytes_put_u8(w->out, ',');
    w->comma = true;
}

static void begin(struct json_writer *w, uint8_t bracket)
{
    before_value(w);
    bytes_put_u8(w->out, bracket);
    w->comma = false;
}

static void end(struct json_writer *w, uint8_t bracket)
{
    bytes_put_u8(w->out, bracket);
    w->comma = true;
}

void json_begin_object(struct json_writer *w)
{
    begin(w, '{');
}

void json_end_object(struct json_writer *w)
{
    end(w, '}');
}

void json_begin_array(struct json_writer *w)
{
    begin(w, '[');
}

void json_end_array(struct json_writer *w)
{
    end(w, ']');
}

static void put_control(struct bytes *out, unsigned char c)
{
    static const char short_forms[] = "\bb\tt\nn\ff\rr";
    for (const char *form = short_forms; *form; form += 2)
        if ((unsigned char)*form == c) {
            bytes_put_u8(out, '\\');
            bytes_put_u8(out, (uint8_t)form[1]);
            return;
        }
    bytes_format(out, "\\u%04x", c);
}

/* Whether the character may stand in a string as it is. U+2028 and U+2029 end a line in old
 * JavaScript. */
static bool is_plain(const char *at, size_t length)
{
    unsigned char c = (unsigned char)*at;
    if (length == 1)
        return c >= 0x20 && c != '"' && c != '\\' && c != 0x7F;
    return !(length == 3 && c == 0xE2 && (unsigned char)at[1] == 0x80 &&
             ((unsigned char)at[2] & 0xFE) == 0xA8);
}

static void put_escaped(struct bytes *out, const char *at, size_t length)
{
    if (length == 0)
        bytes_append_string(out, "\xEF\xBF\xBD");
    else if (length == 3)
        bytes_append_string(out, (unsigned char)at[2] == 0xA8 ? "\\u2028" : "\\u2029");
    else if (*at == '"' || *at == '\\')
        bytes_append(out, (const char[]){'\\', *at}, 2);
    else
        put_control(out, (unsigned char)*at);
}

static uint64_t zero_bytes(uint64_t bytes)
{
    return (bytes - UINT64_MAX / 0xFF) & ~bytes;
}

/* Whether all eight are printable ASCII but '"' and '\\'; it may say no where they are. */
static bool eight_plain(const char *at)
{
    const uint64_t each = UINT64_MAX / 0xFF;
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    uint64_t others = bytes | ((bytes - each * 0x20) & ~bytes) | zero_bytes(bytes ^ each * '"') |
                      zero_bytes(bytes ^ each * '\\') | zero_bytes(bytes ^ each * 0x7F);
    return (others & each * 0x80) == 0;
}

/* How many bytes stand for themselves from i on: all of most strings. */
static size_t plain_ascii(struct slice s, size_t i)
{
    size_t from = i;
    while (s.size - i >= 8 && eight_plain(s.data + i))
        i += 8;
    for (; i < s.size; i++) {
        unsigned char c = (unsigned char)s.data[i];
        if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\')
            break;
    }
    return i - from;
}

static void put_string(struct bytes *out, struct slice s)
{
    size_t start = 0, i = 0;
    bytes_reserve(out, s.size + 2);
    bytes_put_u8(out, '"');
    while ((i += plain_ascii(s, i)) < s.size) {
        size_t length = json_utf8_length(s.data + i, s.size - i);
        if (length == 0 || !is_plain(s.data + i, length)) {
            bytes_append(out, s.data + start, i - start);
            put_escaped(out, s.data + i, length);
            start = i + (length ? length : 1);
        }
        i += length ? length : 1;
    }
    if (s.size > start)
        bytes_append(out, s.data + start, s.size - start);
    bytes_put_u8(out, '"');
}

void json_key_slice(struct json_writer *w, struct slice key)
{
    before_value(w);
    put_string(w->out, key);
    bytes_put_u8(w->out, ':');
    w->comma = false;
}

/* All at once: there are many in an answer. */
void json_key(struct json_writer *w, const char *key)
{
    size_t size = strlen(key);
    uint8_t *at = bytes_extend(w->out, w->comma + size + 3);
    if (at && w->comma)
        *at++ = ',';
    w->comma = false;
    if (!at)
        return;
    *at = '"';
    memcpy(at + 1, key, size);
    memcpy(at + 1 + size, "\":", 2);
}

void json_string(struct json_writer *w, struct slice value)
{
    before_value(w);
    put_string(w->out, value);
}

void json_uint(struct json_writer *w, uint64_t value)
{
    before_value(w);
    bytes_append_uint(w->out, value);
}

/* Cuts the zeros behind the point, and the point and a minus where nothing else is left of them. */
static struct slice trim_number(const char *text, size_t size)
{
    if (memchr(text, '.', size)) {
        while (text[size - 1] == '0')
            size--;
        if (text[size - 1] == '.')
            size--;
    }
    bool minus_zero = size == 2 && text[0] == '-' && text[1] == '0';
    return minus_zero ? SLICE("0") : slice_of(text, size);
}

enum { FIXED_BITS = 20, FIXED_DIGITS = 6, FIXED_SCALE = 1000000, FIXED_MOST = 1 << 22 };

/* What printf makes of a number of whole 1/1,048,576, as scores are: exact, ties to even. */
static bool put_fixed(struct bytes *out, double value)
{
    if (!(value >= 0 && value < FIXED_MOST))
        return false;
    double scaled = value * (1 << FIXED_BITS);
    uint64_t parts = (uint64_t)scaled, half = (uint64_t)1 << (FIXED_BITS - 1);
    if ((double)parts != scaled)
        return false;
    uint64_t units = parts * FIXED_SCALE >> FIXED_BITS;
    uint64_t rest = parts * FIXED_SCALE & (2 * half - 1);
    units += rest > half || (rest == half && units % 2);
    char text[FIXED_DIGITS + 1] = ".";
    uint64_t decimals = units % FIXED_SCALE;
    for (int i = FIXED_DIGITS; i > 0; i--, decimals /= 10)
        text[i] = (char)('0' + decimals % 10);
    size_t size = sizeof text;
    while (size && (text[size - 1] == '0' || text[size - 1] == '.'))
        size--;
    bytes_append_uint(out, units / FIXED_SCALE);
    bytes_append(out, text, size);
    return true;
}

void json_number(struct json_writer *w, double value, int digits)
{
    char text[400]; /* the longest double has 309 digits before its point */
    if (!isfinite(value)) {
        json_null(w);
        return;
    }
    before_value(w);
    if (digits == FIXED_DIGITS && put_fixed(w->out, value))
        return;
    int n = snprintf(text, sizeof text, "%.*f", digits < 0 ? 0 : digits > 17 ? 17 : digits, value);
    bytes_append_slice(w->out, trim_number(text, (size_t)n));
}

void json_raw(struct json_writer *w, struct slice json)
{
    before_value(w);
    bytes_append_slice(w->out, json);
}

void json_bool(struct json_writer *w, bool value)
{
    json_raw(w, value ? SLICE("true") : SLICE("false"));
}

void json_null(struct json_writer *w)
{
    json_raw(w, SLICE("null"));
}

void json_member_string(struct json_writer *w, const char *key, struct slice value)
{
    json_key(w, key);
    json_string(w, value);
}

void json_member_strings(struct json_writer *w, const char *key, const struct slice *values,
                         size_t count)
{
    json_member_array(w, key);
    for (size_t i = 0; i < count; i++)
        json_string(w, values[i]);
    json_end_array(w);
}

void json_member_uint(struct json_writer *w, const char *key, uint64_t value)
{
    json_key(w, key);
    json_uint(w, value);
}

void json_member_number(struct json_writer *w, const char *key, double value, int digits)
{
    json_key(w, key);
    json_number(w, value, digits);
}

void json_member_bool(struct json_writer *w, const char *key, bool value)
{
    json_key(w, key);
    json_bool(w, value);
}

void json_member_array(struct json_writer *w, const char *key)
{
    json_key(w, key);
    json_begin_array(w);
}

void json_member_object(struct json_writer *w, const char *key)
{
    json_key(w, key);
    json_begin_object(w);
}
