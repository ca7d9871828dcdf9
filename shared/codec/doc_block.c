#include "codec/doc_block.h"

#include <assert.h>
#include <string.h>

#include "codec/kernel.h"
#include "codec/rice.h"

_Static_assert((int)DOC_BLOCK_GREATEST == (int)KERNEL_GREATEST, "gaps are summed by a kernel");
_Static_assert((int)DOC_BLOCK_MOST == (int)RICE_MOST, "a block is a run of gaps and one of counts");
_Static_assert((int)DOC_BLOCK_MOST_BYTES == 2 * (int)RICE_MOST_BYTES, "likewise");

/* How the counts follow the gaps: the two highest bits of the block's first byte. */
enum { FORM_SHIFT = 6, ALL_ONE = 0, IN_UNARY = 1, APART = 2 };

static uint32_t bytes_of(uint32_t bits)
{
    return (bits + 7) / 8;
}

/* Counts in unary go on in the byte where the gaps end. */
static unsigned choose_form(uint32_t gap_bits, uint64_t count_sum, uint32_t count,
                            struct rice_shape apart)
{
    if (count_sum == 0)
        return ALL_ONE;
    if (count_sum >= 2 * (uint64_t)count)
        return APART;
    uint32_t together = bytes_of(gap_bits + count + (uint32_t)count_sum);
    return together <= bytes_of(gap_bits) + 1 + bytes_of(apart.bits) ? IN_UNARY : APART;
}

static uint8_t *put_counts(const uint32_t *less_one, uint32_t count, uint32_t gap_bits,
                           uint8_t *head)
{
    uint8_t *out = head + 1;
    uint64_t sum = kernel()->sum_high(less_one, count, 0);
    struct rice_shape apart = {0};
    if (sum)
        apart = rice_shape(less_one, count);
    unsigned form = choose_form(gap_bits, sum, count, apart);
    *head |= (uint8_t)(form << FORM_SHIFT);
    if (form == IN_UNARY) {
        rice_write_unary(less_one, count, 0, gap_bits % 8, out + gap_bits / 8);
        return out + bytes_of(gap_bits + count + (uint32_t)sum);
    }
    out += bytes_of(gap_bits);
    if (form == ALL_ONE)
        return out;
    *out++ = apart.head;
    rice_write(less_one, count, apart, out);
    return out + bytes_of(apart.bits);
}

uint8_t *doc_block_encode(const uint32_t *docs, const uint32_t *counts, uint32_t count,
                          uint32_t base, uint8_t *out)
{
    uint32_t gaps[DOC_BLOCK_MOST], less_one[DOC_BLOCK_MOST], next = base;
    gaps[0] = less_one[0] = 0;
    assert(count >= 1 && count <= DOC_BLOCK_MOST);
    for (uint32_t i = 0; i < count; i++) {
        assert(docs[i] >= next && docs[i] <= DOC_BLOCK_GREATEST && counts[i] > 0);
        gaps[i] = docs[i] - next;
        next = docs[i] + 1;
        less_one[i] = counts[i] - 1;
    }
    struct rice_shape shape = rice_shape(gaps, count);
    *out = shape.head;
    rice_write(gaps, count, shape, out + 1);
    return put_counts(less_one, count, shape.bits, out);
}

bool doc_block_decode(const uint8_t *at, const uint8_t *end, uint32_t base, uint32_t count,
                      uint32_t *docs, struct doc_block_counts *counts)
{
    if (at >= end)
        return false;
    rice_fetch(at, end);
    struct rice_place place = {at + 1, 0};
    bool good = rice_climb(&place, end, *at & (RICE_WIDTH | RICE_UNARY), count, base, docs);
    *counts = (struct doc_block_counts){place.at, end, (uint8_t)place.bit, *at >> FORM_SHIFT};
    return good;
}

static void add_one(uint32_t *counts, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        counts[i]++;
}

/* One of 2^32 has become 0. */
static bool any_zero(const uint32_t *counts, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (counts[i] == 0)
            return true;
    return false;
}

static bool decode_apart(const uint8_t *at, const uint8_t *end, uint32_t count, uint32_t *out,
                         uint64_t *sum)
{
    if (rice_decode(at, end, count, out) != end)
        return false;
    *sum = kernel()->sum_high(out, count, 0) + count;
    add_one(out, count);
    return *sum <= UINT32_MAX || !any_zero(out, count);
}

bool doc_block_decode_counts(const struct doc_block_counts *counts, uint32_t count, uint32_t *out,
                             uint64_t *sum)
{
    struct rice_place place = {counts->at, counts->bit};
    if (counts->form == IN_UNARY) {
        *sum = rice_count(&place, counts->end, count, out);
        return *sum && rice_behind(place) == counts->end;
    }
    const uint8_t *behind = rice_behind(place);
    if (counts->form == APART)
        return behind && decode_apart(behind, counts->end, count, out, sum);
    *sum = count;
    for (uint32_t i = 0; i < count; i++)
        out[i] = 1;
    return counts->form == ALL_ONE && behind == counts->end;
}
