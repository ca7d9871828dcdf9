/* A varint at the end of bytes. */
#ifndef VERBATIM_CODEC_VARINT_PUT_H
#define VERBATIM_CODEC_VARINT_PUT_H

#include "base/bytes.h"
#include "codec/varint.h"

static inline void varint_put(struct bytes *out, uint64_t value)
{
    uint8_t buffer[VARINT_MOST_BYTES];
    bytes_append(out, buffer, (size_t)(varint_write(buffer, value) - buffer));
}

#endif
