/* The body of a kernel, for the set of instructions that whoever includes it has defined: no
 * include guard, as each includes it once.
 *
 *   KERNEL, MARGIN, LANES          the kernel's name; bytes; numbers in a vector, a multiple of 8
 *   TARGET                         attribute of a function that uses the instructions
 *   VECTOR                         LANES numbers of 32 bits
 *   vector_of, lane_numbers        all lanes one number; 0, 1, 2, …
 *   load, store                    whole vectors
 *   load_some                      less than LANES, and zeros behind them; no more is touched
 *   load_bytes                     so many of a stream, LANES * 4 at most; at its end up to MARGIN
 *                                  more are read. What they hold has no bearing
 *   store_some                     less than LANES
 *   pick                           lane i: the 32-bit word of the vector with the number in lane i;
 *                                  any number over the last word is allowed
 *   load_small                     LANES bytes, each as a number
 *   add, subtract, multiply, both, either   of each lane
 *   shift_down, shift_up           by the number in each lane; by 32 gives 0
 *   sums_along                     each lane and all before it
 *   last_everywhere                the last lane in all
 *   any_top_bit                    whether some lane has bit 31
 *   equal_lanes                    bit i: whether lane i of both is equal
 *   load_zeros                     lane i: byte i, less a number and less i (mod 256)
 *   NEAR_WIDTH, near_places, near_pick   need not be there: of widths up to NEAR_WIDTH, from the
 *                                  first bit of each lane what to pick by, and the 32 bits from the
 *                                  byte of that bit on
 *   ones                           as in kernel.h; a function's name
 *   WIDE, wide_zero, wide_add, wide_total   sums of 64 bits, and a vector added to them */

struct places { /* where the numbers of a VECTOR lie in its stream */
    VECTOR low, high, down, up, mask;
#ifdef NEAR_WIDTH
    VECTOR near, down_near;
#endif
};

static TARGET inline struct places places_of(unsigned width)
{
    VECTOR bit = multiply(lane_numbers(), vector_of(width));
    VECTOR low = shift_down(bit, vector_of(5)), down = both(bit, vector_of(31));
    return (struct places){
        .low = low,
        .high = add(low, vector_of(1)),
        .down = down,
        .up = subtract(vector_of(32), down),
        .mask = vector_of((uint32_t)(((uint64_t)1 << width) - 1)),
#ifdef NEAR_WIDTH
        .near = near_places(bit),
        .down_near = both(bit, vector_of(7)),
#endif
    };
}

static TARGET inline VECTOR numbers_of(VECTOR stream, const struct places *places)
{
    VECTOR low = shift_down(pick(stream, places->low), places->down);
    VECTOR high = shift_up(pick(stream, places->high), places->up);
    return both(either(low, high), places->mask);
}

#ifdef NEAR_WIDTH
static TARGET inline VECTOR near_numbers_of(VECTOR stream, const struct places *places)
{
    return both(shift_down(near_pick(stream, places->near), places->down_near), places->mask);
}
#else
static TARGET inline VECTOR near_numbers_of(VECTOR stream, const struct places *places)
{
    return numbers_of(stream, places);
}
#endif

/* What stands above the width, as kernel.h says. */
static TARGET inline VECTOR highs_of(const uint8_t *ones, VECTOR width)
{
    VECTOR steps = subtract(subtract(load_small(ones), load_small(ones - 1)), vector_of(1));
    return shift_up(both(steps, vector_of(UINT8_MAX)), width);
}

static TARGET inline void unpack_low(const uint8_t *in, unsigned width, uint32_t count,
                                     uint32_t *out)
{
    const struct places places = places_of(width);
    size_t bytes = LANES / 8 * width;
    for (; count >= LANES; count -= LANES, in += bytes, out += LANES)
        store(out, numbers_of(load_bytes(in, bytes), &places));
    if (count)
        store_some(out, numbers_of(load_bytes(in, (count * width + 7) / 8), &places), count);
}

static TARGET inline void unpack_both(const uint8_t *in, unsigned width, const uint8_t *ones,
                                      uint32_t count, uint32_t *out)
{
    const struct places places = places_of(width);
    const VECTOR up = vector_of(width);
    size_t bytes = LANES / 8 * width;
    for (; count >= LANES; count -= LANES, in += bytes, ones += LANES, out += LANES)
        store(out, either(numbers_of(load_bytes(in, bytes), &places), highs_of(ones, up)));
    if (count == 0)
        return;
    VECTOR low = numbers_of(load_bytes(in, (count * width + 7) / 8), &places);
    store_some(out, either(low, highs_of(ones, up)), count);
}

static TARGET void unpack(const uint8_t *in, unsigned width, const uint8_t *ones, uint32_t count,
                          uint32_t *out)
{
    if (ones)
        unpack_both(in, width, ones, count, out);
    else
        unpack_low(in, width, count, out);
}

static TARGET uint64_t sum_high(const uint32_t *values, uint32_t count, unsigned width)
{
    const VECTOR down = vector_of(width);
    WIDE sums = wide_zero();
    uint32_t i = 0;
    for (; i + LANES <= count; i += LANES)
        sums = wide_add(sums, shift_down(load(values + i), down));
    return wide_total(wide_add(sums, shift_down(load_some(values + i, count - i), down)));
}

/* No sum passes 2^32 unseen: one that does has a gap or a sum before it with bit 31, and those are
 * gathered. */
static TARGET bool ascend(const uint32_t *gaps, uint32_t count, uint32_t base, uint32_t *out)
{
    if (base > (uint32_t)KERNEL_GREATEST + 1)
        return kernel_scalar.ascend(gaps, count, base, out);
    VECTOR before = vector_of(base - 1), seen = vector_of(0);
    uint32_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        VECTOR gap = load(gaps + i), steps = sums_along(add(gap, vector_of(1)));
        VECTOR sums = add(before, steps);
        seen = either(seen, either(gap, sums));
        store(out + i, sums);
        before = add(before, last_everywhere(steps));
    }
    uint32_t next = i ? out[i - 1] + 1 : base;
    return !any_top_bit(seen) && kernel_scalar.ascend(gaps + i, count - i, next, out + i);
}

#include "codec/kernel_template_climb.h"
#include "codec/kernel_template_share.h"

const struct kernel KERNEL = {MARGIN, unpack, ones, sum_high, ascend, climb, steps, share};
