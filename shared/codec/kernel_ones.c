#include "codec/kernel_ones.h"

#include "base/endian.h"

/* The places of a byte's ones, a byte each, the first lowest; made by the compiler. */
#define BEFORE(byte, bit) ((unsigned)__builtin_popcount((byte) & ((1 << (bit)) - 1)))
#define ONE(byte, bit) (((uint64_t)((byte) >> (bit) & 1) * (bit)) << 8 * (BEFORE(byte, bit) & 7))
#define PLACES_1(byte) \
    (ONE(byte, 1) | ONE(byte, 2) | ONE(byte, 3) | ONE(byte, 4) | ONE(byte, 5) | ONE(byte, 6) | \
     ONE(byte, 7))
#define COUNT_1(byte) __builtin_popcount(byte)

#define EACH_4(of, byte) of(byte), of((byte) + 1), of((byte) + 2), of((byte) + 3)
#define EACH_16(of, byte) \
    EACH_4(of, byte), EACH_4(of, (byte) + 4), EACH_4(of, (byte) + 8), EACH_4(of, (byte) + 12)
#define EACH_64(of, byte) \
    EACH_16(of, byte), EACH_16(of, (byte) + 16), EACH_16(of, (byte) + 32), EACH_16(of, (byte) + 48)
#define EACH_256(of) EACH_64(of, 0), EACH_64(of, 64), EACH_64(of, 128), EACH_64(of, 192)

static const uint64_t places_of[256] = {EACH_256(PLACES_1)};
static const uint8_t ones_of[256] = {EACH_256(COUNT_1)};

/* Eight places are written for every byte, however many of them count. */
uint32_t kernel_ones(const uint8_t *in, const uint8_t *end, unsigned bit, uint32_t count,
                     uint8_t *places)
{
    const uint64_t all = 0x0101010101010101;
    uint32_t found = 0, before = 0, most = bit + 3 * count - 1;
    unsigned skipped = 0xFFu << bit;
    for (; found < count && before < most && in < end; before += 8, skipped = 0xFF) {
        unsigned byte = *in++ & skipped;
        store_le64(places + found, places_of[byte] + (before & 0xFF) * all);
        found += ones_of[byte];
    }
    if (found < count)
        return 0;
    uint32_t behind = before - 8 + (places[count - 1] & 7) + 1u;
    return behind <= most ? behind : 0;
}
