/* The kernels that this processor has, or fewer where VERBATIM_CPU says so; the scalar one first.
 */
#ifndef VERBATIM_TESTS_CODEC_KERNELS_H
#define VERBATIM_TESTS_CODEC_KERNELS_H

#include "codec/kernel.h"

/* Whether the best is a variant of another that this processor has too. */
static inline bool kernel_varies(void)
{
#if defined(__x86_64__)
    return kernel_of(cpu_level()) == &kernel_avx512_pairs;
#else
    return false;
#endif
}

static inline size_t kernel_count(void)
{
    size_t levels = cpu_level() == CPU_AVX512 ? 3 : cpu_level() == CPU_SCALAR ? 1 : 2;
    return levels + kernel_varies();
}

static inline const struct kernel *kernel_at(size_t i)
{
#if defined(__x86_64__)
    if (kernel_varies() && i == kernel_count() - 1)
        return &kernel_avx512;
#endif
    return kernel_of(i == 0 ? CPU_SCALAR : cpu_level() == CPU_NEON ? CPU_NEON : CPU_SCALAR + i);
}

#endif
