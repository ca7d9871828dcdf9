#include "codec/doc_block.h"

#include <assert.h>
#include <string.h>

#include "base/endian.h"

enum { BITSET = 0x40, BITSET_MOST_BYTES = 255 };

static uint8_t *encode_bitset(const uint32_t *docs, uint32_t count, uint32_t base, uint32_t bytes,
                              uint8_t *out)
{
    *out++ = BITSET;
    *out++ = (uint8_t)bytes;
    memset(out, 0, bytes);
    for (uint32_t i = 0; i < count; i++)
        out[(docs[i] - base) / 8] |= (uint8_t)(1 << (docs[i] - base) % 8);
    return out + bytes;
}

uint8_t *doc_block_encode(const uint32_t *docs, uint32_t count, uint32_t base, uint8_t *out)
{
    uint32_t gaps[DOC_BLOCK_MOST], next = base;
    assert(count >= 1 && count <= DOC_BLOCK_MOST);
    for (uint32_t i = 0; i < count; i++) {
        assert(docs[i] >= next && docs[i] <= DOC_BLOCK_GREATEST);
        gaps[i] = docs[i] - next;
        next = docs[i] + 1;
    }
    uint8_t *end = pfor_encode(gaps, count, out);
    uint32_t bytes = (docs[count - 1] - base) / 8 + 1;
    if (bytes <= BITSET_MOST_BYTES && 2 + (size_t)bytes < (size_t)(end - out))
        return encode_bitset(docs, count, base, bytes, out);
    return end;
}

/* A word of the bitset; bytes behind its end are 0. */
static uint64_t word_at(const uint8_t *bits, uint32_t bytes, uint32_t at)
{
    uint8_t word[8] = {0};
    uint32_t left = bytes - at;
    memcpy(word, bits + at, left < 8 ? left : 8);
    return load_le64(word);
}

static const uint8_t *decode_bitset(const uint8_t *at, const uint8_t *end, uint32_t base,
                                    uint32_t count, uint32_t *docs)
{
    if (at == end || *at == 0 || end - at <= *at || at[*at] == 0)
        return NULL;
    uint32_t bytes = *at++, found = 0;
    uint64_t greatest =
        (uint64_t)base + 8 * bytes - 1 - ((uint32_t)__builtin_clz(at[bytes - 1]) - 24);
    if (greatest > DOC_BLOCK_GREATEST)
        return NULL;
    for (uint32_t i = 0; i < bytes; i += 8)
        found += (uint32_t)__builtin_popcountll(word_at(at, bytes, i));
    if (found != count)
        return NULL;
    for (uint32_t i = 0; i < bytes; i += 8)
        for (uint64_t word = word_at(at, bytes, i); word; word &= word - 1)
            *docs++ = base + 8 * i + (uint32_t)__builtin_ctzll(word);
    return at + bytes;
}

const uint8_t *doc_block_decode(const uint8_t *at, const uint8_t *end, uint32_t base,
                                uint32_t count, uint32_t *docs)
{
    if (at >= end)
        return NULL;
    if (*at == BITSET)
        return decode_bitset(at + 1, end, base, count, docs);
    at = pfor_decode(at, end, count, docs);
    return at && kernel()->ascend(docs, count, base, docs) ? at : NULL;
}
