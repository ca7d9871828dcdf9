#include "base/json_scan.h"

#include "base/ascii.h"
#include "base/json_utf8.h"

static size_t fail(struct json_scan *scan, size_t at, const char *cause)
{
    if (!scan->cause) {
        scan->cause = cause;
        scan->at = at;
    }
    return scan->text.size;
}

static char char_at(const struct json_scan *scan, size_t at)
{
    return at < scan->text.size ? scan->text.data[at] : '\0';
}

/* Replaces the bytes [from, to). */
static void rewrite(struct json_scan *scan, size_t from, size_t to, const char *replacement)
{
    bytes_append(&scan->rewritten, scan->text.data + scan->copied, from - scan->copied);
    bytes_append_string(&scan->rewritten, replacement);
    scan->copied = to;
}

static size_t skip_space(const struct json_scan *scan, size_t at)
{
    while (at < scan->text.size && memchr(" \t\n\r", scan->text.data[at], 4))
        at++;
    return at;
}

static bool is_nul_escape(const struct json_scan *scan, size_t at)
{
    return slice_starts_with(slice_from(scan->text, at), SLICE("\\u0000"));
}

static void rewrite_key(struct json_scan *scan, size_t from, size_t to)
{
    for (size_t at = from; at < to; at++)
        if (is_nul_escape(scan, at))
            rewrite(scan, at, at + 6, "\\ufffd");
        else if (scan->text.data[at] == '\\')
            at++;
}

static inline bool is_plain_ascii(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

/* One character of a string that is not plain ASCII. Returns where the next begins. */
static size_t skip_special(struct json_scan *scan, size_t at)
{
    unsigned char c = (unsigned char)scan->text.data[at];
    if (c < 0x20)
        return fail(scan, at, "control character in a string");
    if (c == '\\')
        return at + 2;
    size_t length = json_utf8_length(scan->text.data + at, scan->text.size - at);
    return length ? at + length : fail(scan, at, "invalid UTF-8");
}

static size_t scan_string(struct json_scan *scan, size_t start)
{
    size_t at = start + 1, size = scan->text.size;
    bool nul = false;
    while (at < size && scan->text.data[at] != '"') {
        if (is_plain_ascii((unsigned char)scan->text.data[at])) {
            at++;
            continue;
        }
        nul |= is_nul_escape(scan, at);
        at = skip_special(scan, at);
    }
    if (at >= size)
        return fail(scan, size, "unexpected end of data");
    if (nul && char_at(scan, skip_space(scan, at + 1)) == ':')
        rewrite_key(scan, start + 1, at);
    return at + 1;
}

static size_t skip_digits(const struct json_scan *scan, size_t at)
{
    while (ascii_is_digit(char_at(scan, at)))
        at++;
    return at;
}

/* Whether the digits [from, to) overflow int64_t after a minus, else uint64_t. */
static bool is_too_large(const struct json_scan *scan, size_t from, size_t to, bool minus)
{
    struct slice most = minus ? SLICE("9223372036854775808") : SLICE("18446744073709551615");
    struct slice digits = slice_of(scan->text.data + from, to - from);
    return digits.size > most.size || (digits.size == most.size && slice_compare(digits, most) > 0);
}

/* RFC 8259, section 6: number = [ minus ] int [ frac ] [ exp ]. */
static size_t scan_number(struct json_scan *scan, size_t start)
{
    bool minus = char_at(scan, start) == '-';
    size_t whole = start + minus, end = skip_digits(scan, whole), at = end;
    if (end == whole || (end > whole + 1 && char_at(scan, whole) == '0'))
        return fail(scan, start, "not a number");
    if (char_at(scan, at) == '.' && (at = skip_digits(scan, at + 1)) == end + 1)
        return fail(scan, start, "not a number");
    if (char_at(scan, at) == 'e' || char_at(scan, at) == 'E') {
        size_t sign = char_at(scan, at + 1) == '+' || char_at(scan, at + 1) == '-';
        size_t digits = at + 1 + sign;
        if ((at = skip_digits(scan, digits)) == digits)
            return fail(scan, start, "not a number");
    }
    if (at == end && is_too_large(scan, whole, end, minus))
        rewrite(scan, end, end, "e0");
    return at;
}

static size_t scan_name(struct json_scan *scan, size_t at)
{
    static const struct slice names[] = {SLICE("true"), SLICE("false"), SLICE("null")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (slice_starts_with(slice_from(scan->text, at), names[i]))
            return at + names[i].size;
    return fail(scan, at, "unexpected character");
}

static size_t scan_token(struct json_scan *scan, size_t at)
{
    char c = scan->text.data[at];
    if (c == '"')
        return scan_string(scan, at);
    if (c == '-' || ascii_is_digit(c))
        return scan_number(scan, at);
    if (c && memchr("{}[]:,", c, 6))
        return at + 1;
    return scan_name(scan, at);
}

void json_scan(struct json_scan *scan, struct slice text)
{
    *scan = (struct json_scan){.text = text};
    size_t at = skip_space(scan, 0);
    while (at < text.size)
        at = skip_space(scan, scan_token(scan, at));
    if (!scan->copied)
        return;
    bytes_append_slice(&scan->rewritten, slice_from(text, scan->copied));
    scan->text = bytes_slice(&scan->rewritten);
}

void json_scan_release(struct json_scan *scan)
{
    bytes_release(&scan->rewritten);
}
