/* Up to 128 numbers, each as its low bits and, in unary, what stands above them (Rice codes); or
 * all in one width where that is shorter. FORMAT.md, "Packed numbers".
 *
 * Low bits and unary parts stand apart, so that vectors read both: the low bits are a stream of one
 * width, and the unary parts a map of bits whose ones are looked for. Sources: Rice and Plaunt,
 * Adaptive variable-length coding (IEEE Trans. Communications 1971); the two parts as in Elias,
 * Efficient storage and retrieval by content and address of static files (JACM 1974), and Vigna,
 * Quasi-succinct indices (WSDM 2013). Any thread. */
#ifndef VERBATIM_CODEC_RICE_H
#define VERBATIM_CODEC_RICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    RICE_MOST = 128,
    RICE_MOST_WIDTH = 31,
    RICE_WIDTH = 0x1F, /* of the first byte; what is above is free for whoever embeds it */
    RICE_UNARY = 0x20,
    RICE_MOST_BYTES = 1 + RICE_MOST * 4 + RICE_MOST / 8, /* of one encoded run */
};

/* Where the numbers of a run end, or begin, within a byte. */
struct rice_place {
    const uint8_t *at;
    unsigned bit; /* 0 … 7 */
};

/* Where the unary part lies is known only by the head: so the lines of a run are asked of memory at
 * once, not one after the other. */
static inline void rice_fetch(const uint8_t *at, const uint8_t *end)
{
    for (size_t line = 64; line < 256 && line < (size_t)(end - at); line += 64)
        __builtin_prefetch(at + line);
}

struct rice_shape { /* how a run is written */
    uint8_t head;   /* the first byte */
    uint32_t bits;  /* of the numbers behind it */
};

/* The shape of the fewest bits; one width where it takes no more, of widths of equal size the
 * greatest. count is 1 … 128. */
struct rice_shape rice_shape(const uint32_t *values, uint32_t count);
/* Writes the numbers (not the head) from `out` on, which has room and is overwritten up to whole
 * bytes; bits behind the last are 0. */
void rice_write(const uint32_t *values, uint32_t count, struct rice_shape shape, uint8_t *out);
/* What stands above the width alone, from bit `bit` of *out on; the bits below that are kept. */
void rice_write_unary(const uint32_t *values, uint32_t count, unsigned width, unsigned bit,
                      uint8_t *out);

/* Head and numbers; out has RICE_MOST_BYTES. Returns what is behind. */
uint8_t *rice_encode(const uint32_t *values, uint32_t count, uint8_t *out);

/* Reads the numbers behind a head. False where they reach past end or are malformed: any bytes are
 * safe, and never more than count values are written. */
bool rice_read(struct rice_place *place, const uint8_t *end, uint8_t head, uint32_t count,
               uint32_t *values);
/* The numbers as gaps: the first number is base and its gap, each other the one before it, 1 and
 * its gap. False too where one would be over KERNEL_GREATEST. */
bool rice_climb(struct rice_place *place, const uint8_t *end, uint8_t head, uint32_t count,
                uint32_t base, uint32_t *numbers);
/* The numbers of width 0, each with 1 added, and how many bits they take: the sum of what comes
 * back. 0 where they reach past end or are malformed. */
uint32_t rice_count(struct rice_place *place, const uint8_t *end, uint32_t count,
                    uint32_t *numbers);
/* What is behind the byte in which numbers end; NULL where bits behind them are not 0. */
const uint8_t *rice_behind(struct rice_place place);
/* The inverse of rice_encode: what is behind the run, or NULL. */
const uint8_t *rice_decode(const uint8_t *at, const uint8_t *end, uint32_t count, uint32_t *values);

#endif
