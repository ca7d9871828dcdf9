#include "codec/bitpack.h"

#include <assert.h>
#include <string.h>

#include "base/endian.h"

void bitpack_pack(const uint32_t *values, uint32_t count, unsigned width, uint8_t *out)
{
    uint64_t pending = 0, mask = ((uint64_t)1 << width) - 1;
    unsigned bits = 0;
    assert(width <= 32 && count <= BITPACK_MOST);
    for (uint32_t i = 0; i < count; i++) {
        pending |= (values[i] & mask) << bits;
        for (bits += width; bits >= 8; bits -= 8, pending >>= 8)
            *out++ = (uint8_t)pending;
    }
    if (bits)
        *out = (uint8_t)pending;
}

static void unpack_scalar(const uint8_t *in, unsigned width, uint32_t count, uint32_t *out)
{
    uint64_t mask = ((uint64_t)1 << width) - 1;
    size_t bit = 0;
    for (uint32_t i = 0; i < count; i++, bit += width)
        out[i] = (uint32_t)(load_le64(in + bit / 8) >> (bit % 8) & mask);
}

static const struct bitpack_kernel scalar = {unpack_scalar};

const struct bitpack_kernel *bitpack_kernel_of(enum cpu_level level)
{
    static const struct bitpack_kernel *const kernels[] = {
        [CPU_SCALAR] = &scalar, [CPU_AVX2] = &scalar, [CPU_AVX512] = &scalar, [CPU_NEON] = &scalar};
    return kernels[level];
}

const struct bitpack_kernel *bitpack_kernel(void)
{
    return bitpack_kernel_of(cpu_level());
}
