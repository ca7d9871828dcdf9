/* The kernels that this processor has, or fewer where VERBATIM_CPU says so; the scalar one first.
 */
#ifndef VERBATIM_TESTS_CODEC_KERNELS_H
#define VERBATIM_TESTS_CODEC_KERNELS_H

#include "codec/kernel.h"

static inline size_t kernel_count(void)
{
    return cpu_level() == CPU_AVX512 ? 3 : cpu_level() == CPU_SCALAR ? 1 : 2;
}

static inline const struct kernel *kernel_at(size_t i)
{
    return kernel_of(i == 0 ? CPU_SCALAR : cpu_level() == CPU_NEON ? CPU_NEON : CPU_SCALAR + i);
}

#endif
