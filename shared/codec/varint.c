#include "codec/varint.h"

const uint8_t *varint_read(const uint8_t *at, const uint8_t *end, uint64_t *value)
{
    uint64_t v = 0;
    for (unsigned shift = 0; at < end && shift < 64; shift += 7) {
        uint8_t byte = *at++;
        uint64_t part = byte & 0x7F;
        if (shift == 63 && part > 1)
            return NULL;
        v |= part << shift;
        if (byte & 0x80)
            continue;
        if (byte == 0 && shift > 0)
            return NULL;
        *value = v;
        return at;
    }
    return NULL;
}
