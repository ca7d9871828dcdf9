#include "codec/kernel.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define KERNEL kernel_avx512
#define MARGIN 0
#define LANES 16
#define TARGET \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt")))
#define VECTOR __m512i
#define WIDE __m512i

static TARGET inline VECTOR vector_of(uint32_t value)
{
    return _mm512_set1_epi32((int)value);
}

static TARGET inline VECTOR lane_numbers(void)
{
    return _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}

static TARGET inline VECTOR load(const uint32_t *at)
{
    return _mm512_loadu_si512(at);
}

static TARGET inline VECTOR load_some(const uint32_t *at, uint32_t count)
{
    return _mm512_maskz_loadu_epi32((__mmask16)((1u << count) - 1), at);
}

/* What is masked out is not touched, so that no margin is needed. */
static TARGET inline VECTOR load_bytes(const uint8_t *at, size_t bytes)
{
    return _mm512_maskz_loadu_epi8(bytes < 64 ? ((uint64_t)1 << bytes) - 1 : UINT64_MAX, at);
}

static TARGET inline void store(uint32_t *at, VECTOR v)
{
    _mm512_storeu_si512(at, v);
}

static TARGET inline void store_some(uint32_t *at, VECTOR v, uint32_t count)
{
    _mm512_mask_storeu_epi32(at, (__mmask16)((1u << count) - 1), v);
}

static TARGET inline VECTOR load_small(const uint8_t *at)
{
    return _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)(const void *)at));
}

static TARGET inline VECTOR pick(VECTOR v, VECTOR places)
{
    return _mm512_permutexvar_epi32(places, v);
}

static TARGET inline VECTOR add(VECTOR a, VECTOR b)
{
    return _mm512_add_epi32(a, b);
}

static TARGET inline VECTOR subtract(VECTOR a, VECTOR b)
{
    return _mm512_sub_epi32(a, b);
}

static TARGET inline VECTOR both(VECTOR a, VECTOR b)
{
    return _mm512_and_si512(a, b);
}

static TARGET inline VECTOR either(VECTOR a, VECTOR b)
{
    return _mm512_or_si512(a, b);
}

static TARGET inline VECTOR multiply(VECTOR a, VECTOR b)
{
    return _mm512_mullo_epi32(a, b);
}

static TARGET inline VECTOR shift_down(VECTOR v, VECTOR by)
{
    return _mm512_srlv_epi32(v, by);
}

static TARGET inline VECTOR shift_up(VECTOR v, VECTOR by)
{
    return _mm512_sllv_epi32(v, by);
}

/* In each quarter, then the quarters before it. */
static TARGET inline VECTOR sums_along(VECTOR v)
{
    const __m512i one = _mm512_setr_epi32(0, 0, 0, 0, 3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11);
    const __m512i two = _mm512_setr_epi32(0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 7, 7, 7, 7);
    v = add(v, _mm512_bslli_epi128(v, 4));
    v = add(v, _mm512_bslli_epi128(v, 8));
    v = add(v, _mm512_maskz_permutexvar_epi32(0xFFF0, one, v));
    return add(v, _mm512_maskz_permutexvar_epi32(0xFF00, two, v));
}

static TARGET inline VECTOR last_everywhere(VECTOR v)
{
    return _mm512_permutexvar_epi32(_mm512_set1_epi32(15), v);
}

static TARGET inline bool any_top_bit(VECTOR v)
{
    return _mm512_test_epi32_mask(v, _mm512_set1_epi32(INT32_MIN)) != 0;
}

static TARGET inline uint32_t equal_lanes(VECTOR a, VECTOR b)
{
    return _mm512_cmpeq_epi32_mask(a, b);
}

static TARGET inline VECTOR load_zeros(const uint8_t *at, uint8_t less)
{
    const __m128i numbers = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    bytes = _mm_sub_epi8(bytes, _mm_add_epi8(numbers, _mm_set1_epi8((char)less)));
    return _mm512_cvtepu8_epi32(bytes);
}

#define NEAR_WIDTH 25

/* The numbers of four bytes one behind the other. */
static TARGET inline VECTOR near_places(VECTOR bits)
{
    VECTOR first = multiply(shift_down(bits, vector_of(3)), vector_of(0x01010101));
    return add(first, vector_of(0x03020100));
}

static TARGET inline VECTOR near_pick(VECTOR v, VECTOR places)
{
    return _mm512_permutexvar_epi8(places, v);
}

static TARGET inline WIDE wide_zero(void)
{
    return _mm512_setzero_si512();
}

static TARGET inline WIDE wide_add(WIDE sums, VECTOR v)
{
    WIDE low = _mm512_and_si512(v, _mm512_set1_epi64(UINT32_MAX));
    return _mm512_add_epi64(_mm512_add_epi64(sums, low), _mm512_srli_epi64(v, 32));
}

static TARGET inline uint64_t wide_total(WIDE sums)
{
    return (uint64_t)_mm512_reduce_add_epi64(sums);
}

static TARGET inline __m512i byte_numbers(void)
{
    __m512i fours = _mm512_mullo_epi32(lane_numbers(), _mm512_set1_epi32(0x04040404));
    return _mm512_add_epi8(fours, _mm512_set1_epi32(0x03020100));
}

/* Where a word's ones stand, pressed together. What is written beyond `count` of them counts for
 * nothing, but must have room. */
static TARGET inline uint32_t add_word(uint64_t word, __m512i numbers, uint32_t found,
                                       uint32_t count, uint8_t *places)
{
    _mm512_storeu_si512(places + (found < count ? found : count),
                        _mm512_maskz_compress_epi8(word, numbers));
    return found + (uint32_t)_mm_popcnt_u64(word);
}

enum { USUAL_WORDS = 5 }; /* that most have or less: taken without asking, as a guess is dear */

/* The last one stands among 2 count bits, so that its place mod 256 tells which. */
static TARGET uint32_t ones(const uint8_t *in, const uint8_t *end, unsigned bit, uint32_t count,
                            uint8_t *places)
{
    uint64_t words[8];
    uint32_t found = 0, most = bit + 3 * count - 1, least = bit + count - 1;
    size_t bytes = (most + 7) / 8;
    if ((size_t)(end - in) < bytes)
        bytes = (size_t)(end - in);
    _mm512_storeu_si512(words, load_bytes(in, bytes));
    words[0] &= ~(uint64_t)0 << bit;
    words[most / 64] &= ((uint64_t)1 << most % 64) - 1;
    __m512i numbers = byte_numbers();
    const __m512i on = _mm512_set1_epi8(64);
    uint32_t i = 0;
    for (; i < USUAL_WORDS; i++, numbers = _mm512_add_epi8(numbers, on))
        found = add_word(words[i], numbers, found, count, places);
    for (; found < count && i < 8; i++, numbers = _mm512_add_epi8(numbers, on))
        found = add_word(words[i], numbers, found, count, places);
    return found < count ? 0 : least + (uint8_t)(places[count - 1] - least) + 1;
}

#include "codec/kernel_template.h"

/* As share of the template, where one instruction compares all with all: what pairs up stands in
 * the same order in both. */
#define PAIRS __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,avx512vp2intersect")))

/* What is not asked for becomes greater than any number. */
static PAIRS inline __m512i asked(const struct kernel_numbers *numbers, uint32_t i)
{
    return _mm512_mask_loadu_epi32(_mm512_set1_epi32(-1), (__mmask16)lanes_of(numbers, i),
                                   numbers->at + i);
}

static PAIRS inline void store_places(uint8_t *places, __mmask16 lanes, uint32_t first,
                                      uint32_t count)
{
    const __m128i numbers = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    __m128i here = _mm_add_epi8(numbers, _mm_set1_epi8((char)first));
    _mm_mask_storeu_epi8(places, (__mmask16)((1u << count) - 1),
                         _mm_maskz_compress_epi8(lanes, here));
}

static PAIRS uint32_t share_pairs(struct kernel_numbers few, struct kernel_numbers many,
                                  uint8_t (*places)[KERNEL_SHARE])
{
    uint32_t i = few.from / LANES * LANES, j = many.from / LANES * LANES, shared = 0;
    while (i < few.count && j < many.count) {
        __mmask16 left, right;
        _mm512_2intersect_epi32(asked(&few, i), _mm512_loadu_si512(many.at + j), &left, &right);
        uint32_t count = (uint32_t)__builtin_popcount(left);
        store_places(places[0] + shared, left, i, count);
        store_places(places[1] + shared, right, j, count);
        shared += count;
        uint32_t left_last = few.at[i + LANES - 1], right_last = many.at[j + LANES - 1];
        i += left_last <= right_last ? LANES : 0;
        j += right_last <= left_last ? LANES : 0;
    }
    return shared;
}

const struct kernel kernel_avx512_pairs = {MARGIN, unpack, ones,  sum_high,
                                           ascend, climb,  steps, share_pairs};

#endif
