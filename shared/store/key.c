#include "store/key.h"

#include <assert.h>

#include "base/hash.h"

enum { CUT_BYTES = 991, TEXT_MOST_BYTES = KEY_MAX_BYTES - KEY_PREFIX_BYTES };

static size_t whole_characters(struct slice text, size_t most)
{
    while (most && ((uint8_t)text.data[most] & 0xC0) == 0x80)
        most--;
    return most;
}

static void append_cut(struct bytes *out, struct slice text)
{
    struct hash128 hash = hash_bytes_128(text.data, text.size);
    bytes_append(out, text.data, whole_characters(text, CUT_BYTES));
    bytes_format(out, "#%016llx%016llx", (unsigned long long)hash.high,
                 (unsigned long long)hash.low);
}

void key_write(struct bytes *out, int kind, int field, struct slice text)
{
    assert(kind == KEY_VALUE || kind == KEY_VALUE_WORD);
    assert(field >= 0 && field < 4);
    bytes_clear(out);
    bytes_put_u8(out, (uint8_t)kind);
    bytes_put_u8(out, (uint8_t) "sagl"[field]);
    if (text.size > TEXT_MOST_BYTES)
        append_cut(out, text);
    else
        bytes_append_slice(out, text);
}
