#include "codec/kernel.h"

#include <stdatomic.h>

#include "base/endian.h"
#include "codec/kernel_ones.h"

static void unpack(const uint8_t *in, unsigned width, const uint8_t *ones, uint32_t count,
                   uint32_t *out)
{
    uint64_t mask = ((uint64_t)1 << width) - 1;
    size_t bit = 0;
    for (uint32_t i = 0; i < count; i++, bit += width)
        out[i] = (uint32_t)(load_le64(in + bit / 8) >> (bit % 8) & mask);
    for (uint32_t i = 0; ones && i < count; i++, ones++)
        out[i] |= (uint32_t)(uint8_t)(ones[0] - ones[-1] - 1) << width;
}

static uint64_t sum_high(const uint32_t *values, uint32_t count, unsigned width)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < count; i++)
        sum += values[i] >> width;
    return sum;
}

static bool ascend(const uint32_t *gaps, uint32_t count, uint32_t base, uint32_t *out)
{
    uint64_t next = base;
    for (uint32_t i = 0; i < count; i++) {
        next += gaps[i];
        out[i] = (uint32_t)next++;
    }
    return count == 0 || next - 1 <= KERNEL_GREATEST;
}

static void climb(const uint8_t *in, unsigned width, const uint8_t *ones, uint32_t count,
                  uint32_t base, uint32_t *out)
{
    unpack(in, width, ones, count, out);
    for (uint32_t i = 0; i < count; i++)
        base = (out[i] += base) + 1;
}

static void steps(const uint8_t *ones, uint32_t count, uint32_t *out)
{
    for (uint32_t i = 0; i < count; i++, ones++)
        out[i] = (uint8_t)(ones[0] - ones[-1] - 1) + 1u;
}

/* Every step moves on in one or both without a branch to guess. */
static uint32_t share(struct kernel_numbers few, struct kernel_numbers many,
                      uint8_t (*places)[KERNEL_SHARE])
{
    uint32_t i = few.from, j = many.from, shared = 0;
    while (i < few.count && j < many.count) {
        uint32_t left = few.at[i], right = many.at[j];
        places[0][shared] = (uint8_t)i;
        places[1][shared] = (uint8_t)j;
        shared += left == right;
        i += left <= right;
        j += right <= left;
    }
    return shared;
}

const struct kernel kernel_scalar = {8, unpack, kernel_ones, sum_high, ascend, climb, steps, share};

#if defined(__x86_64__)

static const struct kernel *best_avx512(void)
{
    return __builtin_cpu_supports("avx512vp2intersect") ? &kernel_avx512_pairs : &kernel_avx512;
}

const struct kernel *kernel_of(enum cpu_level level)
{
    return level == CPU_AVX512 ? best_avx512() : level == CPU_AVX2 ? &kernel_avx2 : &kernel_scalar;
}

#elif defined(__AARCH64EL__)

const struct kernel *kernel_of(enum cpu_level level)
{
    return level == CPU_NEON ? &kernel_neon : &kernel_scalar;
}

#else

const struct kernel *kernel_of(enum cpu_level level)
{
    (void)level;
    return &kernel_scalar;
}

#endif

/* Whichever thread comes first finds what all others would. */
const struct kernel *kernel(void)
{
    static const struct kernel *_Atomic chosen;
    const struct kernel *known = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (!known) {
        known = kernel_of(cpu_level());
        atomic_store_explicit(&chosen, known, memory_order_relaxed);
    }
    return known;
}
