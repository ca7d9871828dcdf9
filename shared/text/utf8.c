#include "text/utf8.h"

#include "base/endian.h"
#include "text/utf8_inline.h"

size_t utf8_decode(const char *data, size_t size, uint32_t *code_point)
{
    return utf8_decode_inline(data, size, code_point);
}

size_t utf8_encode(uint32_t code_point, char out[4])
{
    return utf8_encode_inline(code_point, out);
}

/* How many bytes from `at` on are ASCII. */
static size_t ascii_run(struct slice s, size_t at)
{
    const uint64_t high = 0x8080808080808080u;
    size_t start = at;
    while (s.size - at >= 32 && !((load_le64(s.data + at) | load_le64(s.data + at + 8) |
                                   load_le64(s.data + at + 16) | load_le64(s.data + at + 24)) &
                                  high))
        at += 32;
    while (s.size - at >= 8 && !(load_le64(s.data + at) & high))
        at += 8;
    while (at < s.size && (unsigned char)s.data[at] < 0x80)
        at++;
    return at - start;
}

/* Whether the character of `taken` bytes at data is one that was written, not a replacement. */
static bool well_formed(const char *data, size_t taken, uint32_t code_point)
{
    return code_point != UTF8_REPLACEMENT || (taken == 3 && memcmp(data, "\xEF\xBF\xBD", 3) == 0);
}

/* How many bytes from `at` on are well formed. */
static size_t valid_run(struct slice s, size_t at)
{
    size_t start = at;
    while (at < s.size) {
        uint32_t code_point;
        at += ascii_run(s, at);
        if (at == s.size)
            break;
        size_t n = utf8_decode_inline(s.data + at, s.size - at, &code_point);
        if (!well_formed(s.data + at, n, code_point))
            break;
        at += n;
    }
    return at - start;
}

bool utf8_valid(struct slice s)
{
    return valid_run(s, 0) == s.size;
}

void utf8_append_valid(struct bytes *out, struct slice s)
{
    size_t at = 0;
    while (at < s.size) {
        size_t good = valid_run(s, at);
        bytes_append(out, s.data + at, good);
        at += good;
        if (at == s.size)
            break;
        uint32_t code_point;
        at += utf8_decode_inline(s.data + at, s.size - at, &code_point);
        bytes_append(out, "\xEF\xBF\xBD", 3);
    }
}

struct slice utf8_valid_copy(struct slice s, struct arena *arena)
{
    struct bytes valid = {0};
    utf8_append_valid(&valid, s);
    if (valid.status != STATUS_OK)
        arena->status = valid.status;
    struct slice copy = arena_copy(arena, bytes_slice(&valid));
    bytes_release(&valid);
    return copy;
}

size_t utf8_length(struct slice s)
{
    size_t count = 0;
    for (size_t at = 0; at < s.size; count++) {
        size_t ascii = ascii_run(s, at);
        at += ascii;
        count += ascii;
        if (at == s.size)
            break;
        uint32_t code_point;
        at += utf8_decode_inline(s.data + at, s.size - at, &code_point);
    }
    return count;
}

size_t utf8_floor(struct slice s, size_t limit)
{
    if (limit >= s.size)
        return s.size;
    /* A character takes at most 4 bytes: one that crosses the limit starts at most 3 before it. */
    for (size_t back = 1; back <= 3 && back <= limit; back++) {
        uint32_t code_point;
        size_t start = limit - back;
        if (utf8_continues((unsigned char)s.data[start]))
            continue;
        size_t n = utf8_decode_inline(s.data + start, s.size - start, &code_point);
        return start + n > limit ? start : limit;
    }
    return limit;
}
