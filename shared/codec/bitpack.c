#include "codec/bitpack.h"

#include <assert.h>
#include <string.h>

#include "base/endian.h"

struct packing {
    uint8_t *out;
    uint64_t pending;
    unsigned bits; /* pending, fewer than 64 */
};

/* The lowest `width` bits, 1 to 64, of a value that has no more. */
static inline void put(struct packing *packing, uint64_t value, unsigned width)
{
    packing->pending |= value << packing->bits;
    packing->bits += width;
    if (packing->bits < 64)
        return;
    store_le64(packing->out, packing->pending);
    packing->out += 8;
    packing->bits -= 64;
    packing->pending = value >> 1 >> (width - packing->bits - 1);
}

/* Two numbers at a time are one of twice the width. */
void bitpack_pack(const uint32_t *values, uint32_t count, unsigned width, uint8_t *out)
{
    struct packing packing = {out, 0, 0};
    uint64_t mask = ((uint64_t)1 << width) - 1;
    uint32_t i = 0;
    assert(width <= 32 && count <= BITPACK_MOST);
    if (width == 0)
        return;
    for (; i + 2 <= count; i += 2)
        put(&packing, (values[i] & mask) | (values[i + 1] & mask) << width, 2 * width);
    if (i < count)
        put(&packing, values[i] & mask, width);
    for (unsigned done = 0; done < packing.bits; done += 8, packing.pending >>= 8)
        *packing.out++ = (uint8_t)packing.pending;
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
