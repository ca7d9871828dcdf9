/* What decoding does most, by each set of vector instructions: one template (kernel_template.h),
 * taken in once for each set. The scalar kernel is the oracle of every other: all give the same
 * numbers from the same bytes.
 *
 * Source of the unpacking by permuted words and shifts of each lane: Lemire and Boytsov, Decoding
 * billions of integers per second through vectorization (SP&E 2015); of the prefix sums: Hillis and
 * Steele, Data parallel algorithms (CACM 1986); of comparing all with all in two vectors: Lemire,
 * Boytsov and Kurz, SIMD compression and the intersection of sorted integers (SP&E 2016). Any
 * thread. */
#ifndef VERBATIM_CODEC_KERNEL_H
#define VERBATIM_CODEC_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cpu.h"

enum {
    KERNEL_GREATEST = 0x7FFFFFFF, /* what ascending numbers may reach */
    KERNEL_MOST_MARGIN = 32,
    KERNEL_CLIMB_WIDTH = 20,                  /* numbers of so many bits, all added up, are few */
    KERNEL_SHARE = 128,                       /* numbers of a block that may be shared */
    KERNEL_MOST_ONES = 128,                   /* ones at a time */
    KERNEL_ONES_ROOM = KERNEL_MOST_ONES + 64, /* what their places need to be written into */
};

struct kernel_numbers {
    const uint32_t *at;
    uint32_t from, count; /* nothing is asked of those before `from`; at most KERNEL_SHARE */
};

struct kernel {
    /* Bytes behind a stream that unpack may read, and take no heed of: 0 … KERNEL_MOST_MARGIN. */
    size_t margin;
    /* A stream of bits as in bitpack.h. width is 0 … 32; writes count numbers. Unless ones is NULL,
     * ones[i] - ones[i - 1] - 1 (mod 256) is number i's part above the width, which is then below
     * 32; ones has a byte before it, and 16 behind its count that may be read. */
    void (*unpack)(const uint8_t *in, unsigned width, const uint8_t *ones, uint32_t count,
                   uint32_t *out);
    /* Where, from bit `bit` (0 … 7) of in on, the first count ones stand: places[i] is how many
     * bits of in, from its first, are before the i-th, mod 256. Returns how many there are up to
     * and with the last one; 0 where that does not lie before end, or is more than 3 count - 1 bits
     * behind `bit`. count is 1 … 128; places has KERNEL_ONES_ROOM. */
    uint32_t (*ones)(const uint8_t *in, const uint8_t *end, unsigned bit, uint32_t count,
                     uint8_t *places);
    /* The sum of what stands above the lowest bits, width (0 … 31) of them. */
    uint64_t (*sum_high)(const uint32_t *values, uint32_t count, unsigned width);
    /* From gaps to the numbers that ascend by them: the first is base and its gap, each other the
     * one before it, 1 and its gap. out may be gaps. False where one would be over KERNEL_GREATEST;
     * what is written is then worthless. */
    bool (*ascend)(const uint32_t *gaps, uint32_t count, uint32_t base, uint32_t *out);
    /* unpack and then ascend at once. width is 0 … KERNEL_CLIMB_WIDTH, base at most
     * KERNEL_GREATEST + 1; all unary parts together are at most 255. Whether a number is over
     * KERNEL_GREATEST shows in the last. */
    void (*climb)(const uint8_t *in, unsigned width, const uint8_t *ones, uint32_t count,
                  uint32_t base, uint32_t *out);
    /* out[i] = 1 + what unpack says of ones, without low bits. */
    void (*steps)(const uint8_t *ones, uint32_t count, uint32_t *out);
    /* The numbers that both have, of few from its place `from` on: places[0][i] in few and
     * places[1][i] in many are equal. Returns how many. Both ascend and have room for KERNEL_SHARE
     * numbers, those behind the count greater than any. */
    uint32_t (*share)(struct kernel_numbers few, struct kernel_numbers many,
                      uint8_t (*places)[KERNEL_SHARE]);
};

extern const struct kernel kernel_scalar, kernel_avx2, kernel_avx512, kernel_neon;
extern const struct kernel kernel_avx512_pairs; /* with an instruction for share that few have */

/* Scalar where this program has no better. The processor must have what is asked for. */
const struct kernel *kernel_of(enum cpu_level level);
const struct kernel *kernel(void); /* this processor's */

#endif
