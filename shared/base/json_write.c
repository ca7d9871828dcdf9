#include "base/json_write.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

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

static void put_string(struct bytes *out, struct slice s)
{
    size_t start = 0, i = 0;
    bytes_put_u8(out, '"');
    while (i < s.size) {
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

void json_key(struct json_writer *w, const char *key)
{
    json_key_slice(w, slice_of_string(key));
}

void json_string(struct json_writer *w, struct slice value)
{
    before_value(w);
    put_string(w->out, value);
}

void json_uint(struct json_writer *w, uint64_t value)
{
    before_value(w);
    bytes_format(w->out, "%" PRIu64, value);
}

void json_int(struct json_writer *w, int64_t value)
{
    before_value(w);
    bytes_format(w->out, "%" PRId64, value);
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

void json_number(struct json_writer *w, double value, int digits)
{
    char text[400]; /* the longest double has 309 digits before its point */
    if (!isfinite(value)) {
        json_null(w);
        return;
    }
    before_value(w);
    int n = snprintf(text, sizeof text, "%.*f", digits < 0 ? 0 : digits > 17 ? 17 : digits, value);
    bytes_append_slice(w->out, trim_number(text, (size_t)n));
}

void json_bool(struct json_writer *w, bool value)
{
    before_value(w);
    bytes_append_string(w->out, value ? "true" : "false");
}

void json_null(struct json_writer *w)
{
    before_value(w);
    bytes_append_string(w->out, "null");
}
