#include "text/ascii_scan.h"

#include <string.h>

#include "base/cpu.h"

enum { BLOCK = 64 };

/* One bit for each byte of a block. */
struct block_bits {
    uint64_t word, mark, high; /* letters and digits; dots and commas; not ASCII */
};

static struct block_bits classify_plainly(const unsigned char *text, char *lower)
{
    struct block_bits bits = {0};
    for (int i = 0; i < BLOCK; i++) {
        unsigned char c = text[i];
        uint64_t letter = (unsigned char)((c | 0x20) - 'a') < 26,
                 digit = (unsigned char)(c - '0') < 10;
        lower[i] = (char)(c | letter << 5);
        bits.word |= (letter | digit) << i;
        bits.mark |= (uint64_t)(c == '.' || c == ',') << i;
        bits.high |= (uint64_t)(c >> 7) << i;
    }
    return bits;
}

#ifdef __SSE2__
#include <emmintrin.h>

/* Bytes of [low, high], by a signed comparison: moved so that high is the greatest number there is.
 */
static __m128i within(__m128i bytes, char low, char high)
{
    __m128i moved = _mm_add_epi8(bytes, _mm_set1_epi8((char)(127 - high)));
    return _mm_cmpgt_epi8(moved, _mm_set1_epi8((char)(127 - (high - low) - 1)));
}

static struct block_bits classify(const unsigned char *text, char *lower)
{
    struct block_bits bits = {0};
    const __m128i case_bit = _mm_set1_epi8(0x20);
    for (int i = 0; i < BLOCK; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text + i));
        __m128i letters = within(_mm_or_si128(bytes, case_bit), 'a', 'z');
        __m128i words = _mm_or_si128(letters, within(bytes, '0', '9'));
        __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('.')),
                                     _mm_cmpeq_epi8(bytes, _mm_set1_epi8(',')));
        _mm_storeu_si128((__m128i *)(void *)(lower + i),
                         _mm_or_si128(bytes, _mm_and_si128(letters, case_bit)));
        bits.word |= (uint64_t)(uint32_t)_mm_movemask_epi8(words) << i;
        bits.mark |= (uint64_t)(uint32_t)_mm_movemask_epi8(marks) << i;
        bits.high |= (uint64_t)(uint32_t)_mm_movemask_epi8(bytes) << i;
    }
    return bits;
}
#else
static struct block_bits classify(const unsigned char *text, char *lower)
{
    return classify_plainly(text, lower);
}
#endif

static size_t put_places(uint16_t *places, size_t count, uint64_t bits, size_t base)
{
    while (bits) {
        places[count++] = (uint16_t)(base + (size_t)__builtin_ctzll(bits));
        bits &= bits - 1;
    }
    return count;
}

/* The last bits of the block before. */
struct carry {
    uint64_t word, mark, high;
};

static void put_block(struct ascii_scan *scan, struct block_bits bits, size_t base,
                      struct carry *carry)
{
    uint64_t edges = bits.word ^ (bits.word << 1 | carry->word);
    uint64_t behind_mark = (bits.mark << 1 | carry->mark) & bits.word;
    uint64_t first_high = bits.high & ~(bits.high << 1 | carry->high);
    scan->edge_count = put_places(scan->edges, scan->edge_count, edges, base);
    scan->care_count = put_places(scan->cares, scan->care_count, behind_mark | first_high, base);
    scan->has_long_run = scan->has_long_run || bits.word == UINT64_MAX;
    *carry = (struct carry){bits.word >> 63, bits.mark >> 63, bits.high >> 63};
}

void ascii_scan(struct ascii_scan *scan, const char *text, size_t size, char lower[ASCII_WINDOW])
{
    struct carry carry = {0};
    bool scalar = cpu_level() == CPU_SCALAR;
    size_t at = 0;
    scan->edge_count = scan->care_count = 0;
    scan->has_long_run = false;
    for (; at + BLOCK <= size; at += BLOCK) {
        const unsigned char *block = (const unsigned char *)text + at;
        put_block(scan, scalar ? classify_plainly(block, lower + at) : classify(block, lower + at),
                  at, &carry);
    }
    unsigned char last[BLOCK] = {0}; /* the zeros end a word that ends the window */
    char last_lower[BLOCK];
    memcpy(last, text + at, size - at);
    put_block(scan, scalar ? classify_plainly(last, last_lower) : classify(last, last_lower), at,
              &carry);
    memcpy(lower + at, last_lower, size - at);
    scan->cares[scan->care_count] = UINT16_MAX;
}
