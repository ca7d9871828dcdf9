#include "codec/kernel.h"

#if defined(__AARCH64EL__)

#include <arm_neon.h>
#include <string.h>

#include "codec/kernel_ones.h"

#define KERNEL kernel_neon
#define MARGIN 32
#define LANES 8
#define TARGET
#define VECTOR uint32x4x2_t
#define WIDE uint64x2x2_t

static inline VECTOR vector_of(uint32_t value)
{
    return (VECTOR){{vdupq_n_u32(value), vdupq_n_u32(value)}};
}

static inline VECTOR lane_numbers(void)
{
    static const uint32_t numbers[LANES] = {0, 1, 2, 3, 4, 5, 6, 7};
    return (VECTOR){{vld1q_u32(numbers), vld1q_u32(numbers + 4)}};
}

static inline VECTOR load(const uint32_t *at)
{
    return (VECTOR){{vld1q_u32(at), vld1q_u32(at + 4)}};
}

static inline VECTOR load_some(const uint32_t *at, uint32_t count)
{
    uint32_t all[LANES] = {0};
    for (uint32_t i = 0; i < count; i++)
        all[i] = at[i];
    return load(all);
}

static inline VECTOR load_bytes(const uint8_t *at, size_t bytes)
{
    (void)bytes;
    return (VECTOR){{vreinterpretq_u32_u8(vld1q_u8(at)), vreinterpretq_u32_u8(vld1q_u8(at + 16))}};
}

static inline void store(uint32_t *at, VECTOR v)
{
    vst1q_u32(at, v.val[0]);
    vst1q_u32(at + 4, v.val[1]);
}

static inline void store_some(uint32_t *at, VECTOR v, uint32_t count)
{
    uint32_t all[LANES];
    store(all, v);
    memcpy(at, all, count * sizeof *at);
}

static inline VECTOR load_small(const uint8_t *at)
{
    uint16x8_t wide = vmovl_u8(vld1_u8(at));
    return (VECTOR){{vmovl_u16(vget_low_u16(wide)), vmovl_u16(vget_high_u16(wide))}};
}

/* Bytes 4 p … 4 p + 3 of the 32. */
static inline uint32x4_t pick_four(uint8x16x2_t bytes, uint32x4_t places)
{
    uint32x4_t at = vmlaq_n_u32(vdupq_n_u32(0x03020100), places, 0x04040404);
    return vreinterpretq_u32_u8(vqtbl2q_u8(bytes, vreinterpretq_u8_u32(at)));
}

static inline VECTOR pick(VECTOR v, VECTOR places)
{
    uint8x16x2_t bytes = {{vreinterpretq_u8_u32(v.val[0]), vreinterpretq_u8_u32(v.val[1])}};
    return (VECTOR){{pick_four(bytes, places.val[0]), pick_four(bytes, places.val[1])}};
}

static inline VECTOR add(VECTOR a, VECTOR b)
{
    return (VECTOR){{vaddq_u32(a.val[0], b.val[0]), vaddq_u32(a.val[1], b.val[1])}};
}

static inline VECTOR subtract(VECTOR a, VECTOR b)
{
    return (VECTOR){{vsubq_u32(a.val[0], b.val[0]), vsubq_u32(a.val[1], b.val[1])}};
}

static inline VECTOR both(VECTOR a, VECTOR b)
{
    return (VECTOR){{vandq_u32(a.val[0], b.val[0]), vandq_u32(a.val[1], b.val[1])}};
}

static inline VECTOR either(VECTOR a, VECTOR b)
{
    return (VECTOR){{vorrq_u32(a.val[0], b.val[0]), vorrq_u32(a.val[1], b.val[1])}};
}

static inline VECTOR multiply(VECTOR a, VECTOR b)
{
    return (VECTOR){{vmulq_u32(a.val[0], b.val[0]), vmulq_u32(a.val[1], b.val[1])}};
}

static inline VECTOR shift_up(VECTOR v, VECTOR by)
{
    return (VECTOR){{vshlq_u32(v.val[0], vreinterpretq_s32_u32(by.val[0])),
                     vshlq_u32(v.val[1], vreinterpretq_s32_u32(by.val[1]))}};
}

static inline VECTOR shift_down(VECTOR v, VECTOR by)
{
    return shift_up(v, subtract(vector_of(0), by));
}

static inline VECTOR last_everywhere(VECTOR v)
{
    uint32x4_t last = vdupq_laneq_u32(v.val[1], 3);
    return (VECTOR){{last, last}};
}

static inline uint32x4_t four_sums(uint32x4_t v)
{
    const uint32x4_t zero = vdupq_n_u32(0);
    v = vaddq_u32(v, vextq_u32(zero, v, 3));
    return vaddq_u32(v, vextq_u32(zero, v, 2));
}

static inline VECTOR sums_along(VECTOR v)
{
    uint32x4_t low = four_sums(v.val[0]), high = four_sums(v.val[1]);
    return (VECTOR){{low, vaddq_u32(high, vdupq_laneq_u32(low, 3))}};
}

static inline bool any_top_bit(VECTOR v)
{
    return vmaxvq_u32(vorrq_u32(v.val[0], v.val[1])) >> 31;
}

static inline uint32_t equal_lanes(VECTOR a, VECTOR b)
{
    static const uint32_t bits[LANES] = {1, 2, 4, 8, 16, 32, 64, 128};
    uint32x4_t low = vandq_u32(vceqq_u32(a.val[0], b.val[0]), vld1q_u32(bits));
    uint32x4_t high = vandq_u32(vceqq_u32(a.val[1], b.val[1]), vld1q_u32(bits + 4));
    return vaddvq_u32(vorrq_u32(low, high));
}

static inline VECTOR load_zeros(const uint8_t *at, uint8_t less)
{
    static const uint8_t numbers[LANES] = {0, 1, 2, 3, 4, 5, 6, 7};
    uint8x8_t bytes = vsub_u8(vsub_u8(vld1_u8(at), vld1_u8(numbers)), vdup_n_u8(less));
    uint16x8_t wide = vmovl_u8(bytes);
    return (VECTOR){{vmovl_u16(vget_low_u16(wide)), vmovl_u16(vget_high_u16(wide))}};
}

static inline WIDE wide_zero(void)
{
    return (WIDE){{vdupq_n_u64(0), vdupq_n_u64(0)}};
}

static inline WIDE wide_add(WIDE sums, VECTOR v)
{
    return (WIDE){{vpadalq_u32(sums.val[0], v.val[0]), vpadalq_u32(sums.val[1], v.val[1])}};
}

static inline uint64_t wide_total(WIDE sums)
{
    return vaddvq_u64(sums.val[0]) + vaddvq_u64(sums.val[1]);
}

#define ones kernel_ones
#include "codec/kernel_template.h"

#endif
