/* Looking for ones by a table of what stands in a byte: for kernels that have nothing better. */
#ifndef VERBATIM_CODEC_KERNEL_ONES_H
#define VERBATIM_CODEC_KERNEL_ONES_H

#include <stdint.h>

/* As `ones` of a kernel. */
uint32_t kernel_ones(const uint8_t *in, const uint8_t *end, unsigned bit, uint32_t count,
                     uint8_t *places);

#endif
