#include "codec/kernel_ones.h"

#include "base/endian.h"

/* The places of a byte's ones, a byte each, the first lowest; made by the compiler. */
#define BEFORE(byte, bit) ((unsigned)__builtin_popcount((byte) & ((1 << (bit)) - 1)))
#define ONE(byte, bit) (((uint64_t)((byte) >> (bit)&1) * (bit)) << 8 * (BEFORE(byte, bit) & 7))
#define PLACES_1(byte)                                                                         \
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

/* Eight places are written for every byte, however many of them count. Returns how many there are
 * now. */
static inline uint32_t add_byte(uint8_t *places, uint32_t found, unsigned byte, uint32_t before)
{
    const uint64_t all = 0x0101010101010101;
    store_le64(places + found, places_of[byte] + (before & 0xFF) * all);
    return found + ones_of[byte];
}

uint32_t kernel_ones(const uint8_t *in, const uint8_t *end, unsigned bit, uint32_t count,
                     uint8_t *places)
{
    uint32_t found = 0, before = 0, most = bit + 3 * count - 1;
    uint64_t kept = ~(uint64_t)0 << bit;
    for (; found < count && before < most && end - in >= 8; in += 8, kept = ~(uint64_t)0) {
        uint64_t word = load_le64(in) & kept;
        for (unsigned i = 0; i < 8; i++, before += 8, word >>= 8)
            found = add_byte(places, found, word & 0xFF, before);
    }
    for (; found < count && before < most && in < end; before += 8, kept = ~(uint64_t)0)
        found = add_byte(places, found, *in++ & kept & 0xFF, before);
    if (found < count)
        return 0;
    uint32_t behind = before - (uint8_t)(before - 1 - places[count - 1]); /* of the last 64 bits */
    return behind <= most ? behind : 0;
}
