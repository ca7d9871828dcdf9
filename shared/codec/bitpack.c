#include "codec/bitpack.h"

#include <assert.h>
#include <string.h>

#include "base/endian.h"

void bitpack_pack(const uint32_t *values, uint32_t count, unsigned width, uint8_t *out)
{
    uint64_t pending = 0, mask = ((uint64_t)1 << width) - 1;
    unsigned bits = 0; /* pending */
    assert(width <= 32 && count <= BITPACK_MOST);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t value = values[i] & mask;
        pending |= value << bits;
        bits += width;
        if (bits < 64)
            continue;
        store_le64(out, pending);
        out += 8;
        bits -= 64;
        pending = value >> (width - bits);
    }
    for (unsigned put = 0; put < bits; put += 8, pending >>= 8)
        *out++ = (uint8_t)pending;
}

/* What stands too near the end to be read with a margin is unpacked from a copy. */
static void unpack_near_end(const struct kernel *by, const uint8_t *in, const uint8_t *end,
                            unsigned width, const uint8_t *ones, uint32_t count, uint32_t *values)
{
    uint8_t copy[BITPACK_MOST_BYTES + KERNEL_MOST_MARGIN];
    size_t room = (size_t)(end - in), eights = 0;
    if (width && room > by->margin)
        eights = (room - by->margin) / width;
    if (eights)
        by->unpack(in, width, ones, (uint32_t)eights * 8, values);
    in += eights * width;
    values += eights * 8;
    count -= (uint32_t)eights * 8;
    size_t bytes = bitpack_bytes(count, width);
    memcpy(copy, in, bytes);
    memset(copy + bytes, 0, by->margin);
    by->unpack(copy, width, ones ? ones + eights * 8 : NULL, count, values);
}

void bitpack_unpack_high(const struct kernel *by, const uint8_t *in, const uint8_t *end,
                         unsigned width, const uint8_t *ones, uint32_t count, uint32_t *values)
{
    size_t bytes = bitpack_bytes(count, width);
    assert(width <= 32 && count <= BITPACK_MOST && bytes <= (size_t)(end - in));
    if ((size_t)(end - in) - bytes >= by->margin)
        by->unpack(in, width, ones, count, values);
    else
        unpack_near_end(by, in, end, width, ones, count, values);
}

void bitpack_unpack(const struct kernel *by, const uint8_t *in, const uint8_t *end, unsigned width,
                    uint32_t count, uint32_t *values)
{
    bitpack_unpack_high(by, in, end, width, NULL, count, values);
}
