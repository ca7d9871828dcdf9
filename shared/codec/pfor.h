/* Up to 128 numbers, most of them in few bits each, the rest patched (PFOR). FORMAT.md, "Packed
 * numbers". Source: Zukowski, Héman, Nes and Boncz, Super-Scalar RAM-CPU Cache Compression (ICDE
 * 2006); here with the patches behind the stream, by their places. */
#ifndef VERBATIM_CODEC_PFOR_H
#define VERBATIM_CODEC_PFOR_H

#include <stdint.h>

enum {
    PFOR_MOST = 128,
    PFOR_MOST_BYTES = 1 + PFOR_MOST * 4, /* of one encoded run */
};

/* Writes to out, which has PFOR_MOST_BYTES; returns what is behind. The width is the one of the
 * fewest bytes, of equals the least. count is 1 … 128. */
uint8_t *pfor_encode(const uint32_t *values, uint32_t count, uint8_t *out);

/* Returns what is behind the run; NULL where it reaches past end or is malformed. Any bytes are
 * safe, and never more than count values are written. count is 1 … 128. */
const uint8_t *pfor_decode(const uint8_t *at, const uint8_t *end, uint32_t count, uint32_t *values);

#endif
