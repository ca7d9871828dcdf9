#include "codec/kernel.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

#include "codec/kernel_ones.h"

#define KERNEL kernel_avx2
#define MARGIN 32
#define LANES 8
#define TARGET __attribute__((target("avx2")))
#define VECTOR __m256i
#define WIDE __m256i

static TARGET inline VECTOR vector_of(uint32_t value)
{
    return _mm256_set1_epi32((int)value);
}

static TARGET inline VECTOR lane_numbers(void)
{
    return _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
}

static TARGET inline VECTOR load(const uint32_t *at)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

static TARGET inline VECTOR load_some(const uint32_t *at, uint32_t count)
{
    VECTOR some = _mm256_cmpgt_epi32(_mm256_set1_epi32((int)count), lane_numbers());
    return _mm256_maskload_epi32((const int *)(const void *)at, some);
}

static TARGET inline VECTOR load_bytes(const uint8_t *at, size_t bytes)
{
    (void)bytes;
    return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

static TARGET inline void store(uint32_t *at, VECTOR v)
{
    _mm256_storeu_si256((__m256i *)(void *)at, v);
}

static TARGET inline void store_some(uint32_t *at, VECTOR v, uint32_t count)
{
    uint32_t all[LANES];
    store(all, v);
    memcpy(at, all, count * sizeof *at);
}

static TARGET inline VECTOR load_small(const uint8_t *at)
{
    return _mm256_cvtepu8_epi32(_mm_loadu_si64(at));
}

static TARGET inline VECTOR pick(VECTOR v, VECTOR places)
{
    return _mm256_permutevar8x32_epi32(v, places);
}

static TARGET inline VECTOR add(VECTOR a, VECTOR b)
{
    return _mm256_add_epi32(a, b);
}

static TARGET inline VECTOR subtract(VECTOR a, VECTOR b)
{
    return _mm256_sub_epi32(a, b);
}

static TARGET inline VECTOR both(VECTOR a, VECTOR b)
{
    return _mm256_and_si256(a, b);
}

static TARGET inline VECTOR either(VECTOR a, VECTOR b)
{
    return _mm256_or_si256(a, b);
}

static TARGET inline VECTOR multiply(VECTOR a, VECTOR b)
{
    return _mm256_mullo_epi32(a, b);
}

static TARGET inline VECTOR shift_down(VECTOR v, VECTOR by)
{
    return _mm256_srlv_epi32(v, by);
}

static TARGET inline VECTOR shift_up(VECTOR v, VECTOR by)
{
    return _mm256_sllv_epi32(v, by);
}

static TARGET inline VECTOR last_everywhere(VECTOR v)
{
    return _mm256_permutevar8x32_epi32(v, _mm256_set1_epi32(7));
}

/* In each half, then the last of the lower half onto the upper. */
static TARGET inline VECTOR sums_along(VECTOR v)
{
    v = add(v, _mm256_slli_si256(v, 4));
    v = add(v, _mm256_slli_si256(v, 8));
    VECTOR lower = _mm256_permute2x128_si256(v, v, 0x08);
    return add(v, _mm256_shuffle_epi32(lower, 0xFF));
}

static TARGET inline bool any_top_bit(VECTOR v)
{
    return _mm256_movemask_ps(_mm256_castsi256_ps(v)) != 0;
}

static TARGET inline uint32_t equal_lanes(VECTOR a, VECTOR b)
{
    return (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(a, b)));
}

static TARGET inline VECTOR load_zeros(const uint8_t *at, uint8_t less)
{
    const __m128i numbers = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0);
    __m128i bytes = _mm_sub_epi8(_mm_loadu_si64(at), numbers);
    return _mm256_cvtepu8_epi32(_mm_sub_epi8(bytes, _mm_set1_epi8((char)less)));
}

static TARGET inline WIDE wide_zero(void)
{
    return _mm256_setzero_si256();
}

static TARGET inline WIDE wide_add(WIDE sums, VECTOR v)
{
    WIDE low = _mm256_and_si256(v, _mm256_set1_epi64x(UINT32_MAX));
    return _mm256_add_epi64(_mm256_add_epi64(sums, low), _mm256_srli_epi64(v, 32));
}

static TARGET inline uint64_t wide_total(WIDE sums)
{
    uint64_t all[4];
    _mm256_storeu_si256((__m256i *)(void *)all, sums);
    return all[0] + all[1] + all[2] + all[3];
}

#define ones kernel_ones
#include "codec/kernel_template.h"

#endif
