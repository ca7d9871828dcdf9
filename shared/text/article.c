#include "text/article.h"

#include "base/endian.h"
#include "text/utf8_inline.h"

enum { SHOWN_CHARACTERS = 120 };

const char *const article_list_names[ARTICLE_LISTS] = {"source", "author", "tag", "lang"};

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x3000 || c == 0xFEFF;
}

static bool ends_line(uint32_t c)
{
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Behind the white space at the beginning of s, line ends among it. */
static struct slice without_lead(struct slice s)
{
    uint32_t c;
    while (s.size) {
        size_t n = utf8_decode_inline(s.data, s.size, &c);
        if (!is_space(c))
            break;
        s = slice_from(s, n);
    }
    return s;
}

/* The first `size` bytes of s without the white space that they end with. */
static struct slice without_tail(struct slice s, size_t size)
{
    uint32_t c;
    while (size) {
        size_t start = utf8_floor(slice_of(s.data, size), size - 1);
        utf8_decode_inline(s.data + start, size - start, &c);
        if (!is_space(c))
            break;
        size = start;
    }
    return slice_of(s.data, size);
}

/* Whether nothing but white space comes before the end of the line. */
static bool rest_is_blank(struct slice s)
{
    uint32_t c = ' ';
    for (size_t at = 0; at < s.size && is_space(c) && !ends_line(c);)
        at += utf8_decode_inline(s.data + at, s.size - at, &c);
    return is_space(c);
}

static bool is_plain_ascii(char c)
{
    return c >= ' ' && c < 0x7F;
}

static const uint64_t each = 0x0101010101010101u;

/* Whether eight bytes are all plain ASCII. */
static bool are_plain_ascii(uint64_t bytes)
{
    uint64_t low = (bytes - each * ' ') & ~bytes, high = bytes | (bytes + each);
    return !((low | high) & each * 0x80);
}

/* Whether c is among eight bytes. */
static bool are_without(uint64_t bytes, char c)
{
    uint64_t other = bytes ^ each * (unsigned char)c;
    return !((other - each) & ~other & each * 0x80);
}

/* How many characters from the start of s are plain ASCII, at most `most`. */
static size_t plain_run(struct slice s, size_t most)
{
    size_t at = 0, end = most < s.size ? most : s.size;
    while (end - at >= 8 && are_plain_ascii(load_le64(s.data + at)))
        at += 8;
    while (at < most && at < s.size && is_plain_ascii(s.data[at]))
        at++;
    return at;
}

/* The first SHOWN_CHARACTERS characters of the first line of s; *whole where that is all of the
 * line. */
static struct slice first_line(struct slice s, bool *whole)
{
    size_t at = plain_run(s, SHOWN_CHARACTERS);
    uint32_t c;
    for (size_t count = at; at < s.size; count++) {
        size_t n = utf8_decode_inline(s.data + at, s.size - at, &c);
        if (ends_line(c))
            break;
        if (count == SHOWN_CHARACTERS) {
            *whole = rest_is_blank(slice_from(s, at));
            return slice_of(s.data, at);
        }
        at += n;
    }
    *whole = true;
    return slice_of(s.data, at);
}

static bool closes(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x2019 || c == 0x201D ||
           c == 0xBB || c == 0x300D;
}

/* Whether the dot at `at` may end a sentence: not behind a single letter (J. Smith, U.S.). */
static bool dot_ends(struct slice s, size_t at)
{
    if (at < 2)
        return false;
    char before = s.data[at - 2];
    return before != ' ' && before != '.' && before != '(';
}

static bool may_end(char c)
{
    return c == '.' || c == '!' || c == '?';
}

static bool may_end_none(uint64_t eight)
{
    return are_plain_ascii(eight) && are_without(eight, '.') && are_without(eight, '!') &&
           are_without(eight, '?');
}

/* The end of the first sentence that ends within s, 0 where none does. */
static size_t first_sentence(struct slice s)
{
    uint32_t c;
    bool ended = false;
    for (size_t at = 0, n; at < s.size; at += n) {
        n = 8;
        if (!ended && s.size - at >= 8 && may_end_none(load_le64(s.data + at)))
            continue;
        if (!ended && is_plain_ascii(s.data[at]) && !may_end(s.data[at])) {
            n = 1;
            continue;
        }
        n = utf8_decode_inline(s.data + at, s.size - at, &c);
        if (ended && is_space(c))
            return at;
        if (c == 0x3002 || c == 0xFF01 || c == 0xFF1F)
            return at + n;
        ended = c == '!' || c == '?' || c == 0x2026 || (c == '.' && dot_ends(s, at)) ||
                (ended && closes(c));
    }
    return 0;
}

/* The last place in the first `size` bytes of s, which has more, where a word ends; size where they
 * are one word. */
static size_t last_word_end(struct slice s, size_t size)
{
    uint32_t c;
    size_t end = 0;
    if (plain_run(s, size + 1) == size + 1) { /* a space is what ends a word then */
        for (end = size; end && s.data[end] != ' ';)
            end--;
        return end ? end : size;
    }
    for (size_t at = 0, n; at <= size && at < s.size; at += n) {
        n = 1;
        if (is_plain_ascii(s.data[at]) && s.data[at] != ' ')
            continue;
        n = utf8_decode_inline(s.data + at, s.size - at, &c);
        if (is_space(c) && at)
            end = at;
    }
    return end ? end : size;
}

struct slice article_shown_title(struct slice title, struct slice body, _Bool *cut)
{
    *cut = false;
    struct slice given = without_lead(title);
    given = without_tail(given, given.size);
    if (given.size)
        return given;
    bool whole;
    struct slice text = without_lead(body), line = first_line(text, &whole);
    if (whole)
        return without_tail(line, line.size);
    size_t sentence = first_sentence(line);
    if (sentence)
        return slice_of(line.data, sentence);
    *cut = true;
    return without_tail(text, last_word_end(text, line.size));
}
