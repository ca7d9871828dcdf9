#include "codec/rice.h"

#include <assert.h>
#include <string.h>

#include "base/endian.h"
#include "codec/bitpack.h"
#include "codec/kernel.h"

static unsigned bits_of(uint32_t value)
{
    return value ? 32 - (unsigned)__builtin_clz(value) : 0;
}

/* --- Writing -----------------------------------------------------------------------------------*/

enum { FEW = 16 }; /* numbers for which a kernel does not pay */

static uint64_t sum_high(const uint32_t *values, uint32_t count, unsigned width)
{
    uint64_t sum = 0;
    if (count >= FEW)
        return kernel()->sum_high(values, count, width);
    for (uint32_t i = 0; i < count; i++)
        sum += values[i] >> width;
    return sum;
}

/* The bits that any of them has, eight numbers at a time. */
static uint32_t any_bits(const uint32_t *values, uint32_t count)
{
    uint32_t lanes[8] = {0}, any = 0, i = 0;
    for (; i + 8 <= count; i += 8)
        for (uint32_t j = 0; j < 8; j++)
            lanes[j] |= values[i + j];
    for (uint32_t j = 0; j < 8; j++)
        any |= lanes[j];
    for (; i < count; i++)
        any |= values[i];
    return any;
}

static uint64_t unary_bits(const uint32_t *values, uint32_t count, unsigned width)
{
    return (uint64_t)count * (width + 1) + sum_high(values, count, width);
}

/* What a width more saves grows less from width to width: the best is where it no longer pays, and
 * that is near the logarithm of the mean. */
static struct rice_shape unary_shape(const uint32_t *values, uint32_t count, uint64_t sum)
{
    unsigned width = bits_of((uint32_t)(sum / count));
    width = width > RICE_MOST_WIDTH ? RICE_MOST_WIDTH : width;
    uint64_t bits = unary_bits(values, count, width), other;
    while (width > 0 && (other = unary_bits(values, count, width - 1)) < bits) {
        bits = other;
        width--;
    }
    while (width < RICE_MOST_WIDTH && (other = unary_bits(values, count, width + 1)) <= bits) {
        bits = other;
        width++;
    }
    return (struct rice_shape){(uint8_t)(RICE_UNARY | width), (uint32_t)bits};
}

struct rice_shape rice_shape(const uint32_t *values, uint32_t count)
{
    assert(count >= 1 && count <= RICE_MOST);
    unsigned width = bits_of(any_bits(values, count));
    if (width <= 1)
        return (struct rice_shape){(uint8_t)width, count * width};
    struct rice_shape shape = unary_shape(values, count, sum_high(values, count, 0));
    if (width <= RICE_MOST_WIDTH && count * width <= shape.bits)
        return (struct rice_shape){(uint8_t)width, count * width};
    return shape;
}

void rice_write_unary(const uint32_t *values, uint32_t count, unsigned width, unsigned bit,
                      uint8_t *out)
{
    uint64_t pending = bit ? *out & ((1u << bit) - 1) : 0;
    for (uint32_t i = 0; i < count; i++) {
        bit += values[i] >> width;
        for (; bit >= 64; bit -= 64, out += 8, pending = 0)
            store_le64(out, pending);
        pending |= (uint64_t)1 << bit++;
    }
    for (uint32_t used = 0; used < bit; used += 8, pending >>= 8)
        *out++ = (uint8_t)pending;
}

void rice_write(const uint32_t *values, uint32_t count, struct rice_shape shape, uint8_t *out)
{
    unsigned width = shape.head & RICE_WIDTH;
    bitpack_pack(values, count, width, out);
    if (shape.head & RICE_UNARY)
        rice_write_unary(values, count, width, count * width % 8, out + count * width / 8);
}

uint8_t *rice_encode(const uint32_t *values, uint32_t count, uint8_t *out)
{
    struct rice_shape shape = rice_shape(values, count);
    *out++ = shape.head;
    rice_write(values, count, shape, out);
    return out + (shape.bits + 7) / 8;
}

/* --- Reading -----------------------------------------------------------------------------------*/

/* A high part is below 256, so that only great widths bring it over 32 bits. */
static bool highs_fit(const uint8_t *ones, uint32_t count, unsigned width)
{
    bool fit = true;
    for (uint32_t i = 0; width > 24 && i < count; i++)
        fit = fit && (uint8_t)(ones[i] - ones[(int)i - 1] - 1) >> (32 - width) == 0;
    return fit;
}

/* So many bits from the first of the byte on. */
static void move_on(struct rice_place *place, size_t bits)
{
    place->at += bits / 8;
    place->bit = (unsigned)(bits % 8);
}

struct unary { /* the ones of unary parts, as a kernel finds them */
    uint8_t room[1 + KERNEL_ONES_ROOM];
};

/* From where unary parts begin to where they end; says how many bits they are, 0 where they are
 * malformed. */
static inline uint32_t find_ones(const struct kernel *by, struct rice_place *place,
                                 const uint8_t *end, uint32_t count, struct unary *unary)
{
    unary->room[0] = (uint8_t)(place->bit - 1); /* a one before all others */
    uint32_t behind = by->ones(place->at, end, place->bit, count, unary->room + 1);
    uint32_t bits = behind ? behind - place->bit : 0;
    move_on(place, behind);
    return bits;
}

/* Passes what a head says; *ones becomes NULL where there are no unary parts. */
static inline bool pass(const struct kernel *by, struct rice_place *place, const uint8_t *end,
                        uint8_t head, uint32_t count, struct unary *unary, uint8_t **ones)
{
    unsigned width = head & RICE_WIDTH;
    assert(count >= 1 && count <= RICE_MOST);
    if ((size_t)(end - place->at) < bitpack_bytes(count, width))
        return false;
    assert(place->bit == 0 || width == 0);
    move_on(place, place->bit + (size_t)count * width);
    *ones = head & RICE_UNARY ? unary->room + 1 : NULL;
    return !*ones || (find_ones(by, place, end, count, unary) && highs_fit(*ones, count, width));
}

bool rice_read(struct rice_place *place, const uint8_t *end, uint8_t head, uint32_t count,
               uint32_t *values)
{
    struct unary unary;
    uint8_t *ones;
    const struct kernel *by = kernel();
    const uint8_t *in = place->at;
    if (!pass(by, place, end, head, count, &unary, &ones))
        return false;
    bitpack_unpack_high(by, in, end, head & RICE_WIDTH, ones, count, values);
    return true;
}

bool rice_climb(struct rice_place *place, const uint8_t *end, uint8_t head, uint32_t count,
                uint32_t base, uint32_t *numbers)
{
    struct unary unary;
    uint8_t *ones;
    const struct kernel *by = kernel();
    unsigned width = head & RICE_WIDTH;
    const uint8_t *in = place->at;
    if (!pass(by, place, end, head, count, &unary, &ones))
        return false;
    if (width <= KERNEL_CLIMB_WIDTH && base <= (uint32_t)KERNEL_GREATEST + 1 &&
        (size_t)(end - in) - bitpack_bytes(count, width) >= by->margin) {
        by->climb(in, width, ones, count, base, numbers);
        return numbers[count - 1] <= KERNEL_GREATEST;
    }
    bitpack_unpack_high(by, in, end, width, ones, count, numbers);
    return by->ascend(numbers, count, base, numbers);
}

uint32_t rice_count(struct rice_place *place, const uint8_t *end, uint32_t count, uint32_t *numbers)
{
    struct unary unary;
    const struct kernel *by = kernel();
    uint32_t bits = find_ones(by, place, end, count, &unary);
    if (bits)
        by->steps(unary.room + 1, count, numbers);
    return bits;
}

const uint8_t *rice_behind(struct rice_place place)
{
    if (place.bit == 0)
        return place.at;
    return *place.at >> place.bit == 0 ? place.at + 1 : NULL;
}

const uint8_t *rice_decode(const uint8_t *at, const uint8_t *end, uint32_t count, uint32_t *values)
{
    if (at >= end)
        return NULL;
    rice_fetch(at, end);
    if (*at & ~(RICE_WIDTH | RICE_UNARY))
        return NULL;
    struct rice_place place = {at + 1, 0};
    return rice_read(&place, end, *at, count, values) ? rice_behind(place) : NULL;
}
