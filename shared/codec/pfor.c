#include "codec/pfor.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "codec/bitpack.h"
#include "codec/varint.h"

enum { EXCEPTIONS = 0x80, MOST_WIDTH = 32 };

static unsigned bits_of(uint32_t value)
{
    return value ? 32 - (unsigned)__builtin_clz(value) : 0;
}

/* How many bytes the numbers take at this width, counts[b] of them having b bits. */
static size_t bytes_at(const uint8_t counts[MOST_WIDTH + 1], uint32_t count, unsigned width,
                       unsigned most)
{
    size_t exceptions = 0, highs = 0;
    for (unsigned bits = width + 1; bits <= most; bits++) {
        exceptions += counts[bits];
        highs += counts[bits] * (size_t)((bits - width + 6) / 7);
    }
    return 1 + bitpack_bytes(count, width) + (exceptions ? 1 + exceptions + highs : 0);
}

static unsigned best_width(const uint32_t *values, uint32_t count)
{
    uint8_t counts[MOST_WIDTH + 1] = {0};
    unsigned most = 0, best = 0;
    for (uint32_t i = 0; i < count; i++) {
        unsigned bits = bits_of(values[i]);
        counts[bits]++;
        most = bits > most ? bits : most;
    }
    size_t fewest = SIZE_MAX;
    for (unsigned width = 0; width <= most; width++) {
        size_t bytes = bytes_at(counts, count, width, most);
        if (bytes < fewest) {
            fewest = bytes;
            best = width;
        }
    }
    return best;
}

static uint8_t *encode_exceptions(const uint32_t *values, uint32_t count, unsigned width,
                                  uint8_t *out)
{
    uint8_t *number = out++;
    *number = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (bits_of(values[i]) > width) {
            *out++ = (uint8_t)i;
            ++*number;
        }
    }
    for (uint8_t *place = number + 1, *end = out; place < end; place++)
        out = varint_write(out, values[*place] >> width);
    return out;
}

uint8_t *pfor_encode(const uint32_t *values, uint32_t count, uint8_t *out)
{
    assert(count >= 1 && count <= PFOR_MOST);
    unsigned width = best_width(values, count);
    bool exceptions = false;
    for (uint32_t i = 0; i < count && !exceptions; i++)
        exceptions = bits_of(values[i]) > width;
    *out++ = (uint8_t)(width | (exceptions ? EXCEPTIONS : 0));
    bitpack_pack(values, count, width, out);
    out += bitpack_bytes(count, width);
    return exceptions ? encode_exceptions(values, count, width, out) : out;
}

/* The bits behind the last number are 0, so that a run of numbers has one spelling. */
static bool tail_is_zero(const uint8_t *in, size_t bytes, uint32_t count, unsigned width)
{
    unsigned used = (unsigned)((size_t)count * width % 8);
    return used == 0 || in[bytes - 1] >> used == 0;
}

/* Nearly always one byte. */
static inline const uint8_t *read_high(const uint8_t *at, const uint8_t *end, uint32_t *high)
{
    if (at == end || *at >= 0x80)
        return varint_read32(at, end, high);
    *high = *at;
    return at + 1;
}

static const uint8_t *decode_exceptions(const uint8_t *at, const uint8_t *end, unsigned width,
                                        uint32_t count, uint32_t *values)
{
    if (at == end || *at == 0 || *at > count || end - at <= *at || width >= MOST_WIDTH)
        return NULL;
    const uint8_t *places = at + 1, *places_end = places + *at;
    int previous = -1;
    at = places_end;
    for (const uint8_t *place = places; place < places_end; place++) {
        uint32_t high;
        at = read_high(at, end, &high);
        if (!at || *place <= previous || *place >= count || high == 0 || high > UINT32_MAX >> width)
            return NULL;
        values[*place] |= high << width;
        previous = *place;
    }
    return at;
}

const uint8_t *pfor_decode(const uint8_t *at, const uint8_t *end, uint32_t count, uint32_t *values)
{
    if (at >= end)
        return NULL;
    unsigned header = *at++, width = header & ~(unsigned)EXCEPTIONS;
    size_t bytes = bitpack_bytes(count, width);
    if (width > MOST_WIDTH || (size_t)(end - at) < bytes || !tail_is_zero(at, bytes, count, width))
        return NULL;
    bitpack_unpack(kernel(), at, end, width, count, values);
    at += bytes;
    return header & EXCEPTIONS ? decode_exceptions(at, end, width, count, values) : at;
}
