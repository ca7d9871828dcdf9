#include "text/spelling.h"

#include <string.h>

void spelling_drain(struct spelling *s)
{
    size_t from = s->cut;
    if (!s->hashing) {
        s->hashing = true;
        s->cut = utf8_floor(slice_of(s->data, s->size), WORD_CUT_BYTES);
        from = 0;
        hash_stream_reset(s->stream);
    }
    hash_stream_add(s->stream, s->data + from, s->size - from);
    s->size = s->cut;
}

static void write_hex(uint64_t value, char out[16])
{
    for (int i = 0; i < 16; i++)
        out[i] = "0123456789abcdef"[value >> (60 - 4 * i) & 15];
}

size_t spelling_write(struct spelling *s, char out[WORD_MAX_BYTES])
{
    if (!s->hashing && s->size <= WORD_MAX_BYTES) {
        memcpy(out, s->data, s->size);
        return s->size;
    }
    spelling_drain(s);
    struct hash128 hash = hash_stream_value_128(s->stream);
    memcpy(out, s->data, s->cut);
    out[s->cut] = '#';
    write_hex(hash.high, out + s->cut + 1);
    write_hex(hash.low, out + s->cut + 17);
    return s->cut + 33;
}
