/* store/zip_block.h without its library: zlib format with stored blocks alone, which every inflater
 * reads. For machines that the library is not installed for. */
#include "store/zip_block.h"

#include "base/endian.h"

enum { HEAD_BYTES = 2, STORED_BYTES = 5, SUM_BYTES = 4, MOST_STORED = 0xFFFF };

struct zip_packer {
    int nothing;
};
struct zip_unpacker {
    int nothing;
};

static uint32_t adler32(const uint8_t *data, size_t size)
{
    uint32_t a = 1, b = 0;
    for (size_t i = 0; i < size; i++) {
        a = (a + data[i]) % 65521;
        b = (b + a) % 65521;
    }
    return b << 16 | a;
}

struct zip_packer *zip_packer_open(bool squeeze)
{
    static struct zip_packer packer;
    (void)squeeze;
    return &packer;
}

void zip_pack(struct zip_packer *packer, struct slice block, struct bytes *out)
{
    size_t left = block.size;
    const uint8_t *data = (const uint8_t *)block.data;
    (void)packer;
    bytes_append(out, "\x78\x01", HEAD_BYTES);
    do {
        size_t some = left < MOST_STORED ? left : MOST_STORED;
        left -= some;
        uint8_t last = left == 0;
        bytes_append(out, &last, 1);
        bytes_put_le16(out, (uint16_t)some);
        bytes_put_le16(out, (uint16_t)~some);
        bytes_append(out, data, some);
        data += some;
    } while (left);
    bytes_put_le32(out, __builtin_bswap32(adler32((const uint8_t *)block.data, block.size)));
}

void zip_packer_close(struct zip_packer *packer)
{
    (void)packer;
}

struct zip_unpacker *zip_unpacker_open(void)
{
    static struct zip_unpacker unpacker;
    return &unpacker;
}

enum status zip_unpack(struct zip_unpacker *unpacker, struct slice packed, uint32_t bytes,
                       struct bytes *out)
{
    const uint8_t *at = (const uint8_t *)packed.data + HEAD_BYTES;
    const uint8_t *end = (const uint8_t *)packed.data + packed.size;
    bool last = false;
    (void)unpacker;
    bytes_clear(out);
    while (!last && end - at >= STORED_BYTES + SUM_BYTES) {
        size_t some = load_le16(at + 1);
        last = *at == 1;
        if (*at > 1 || (size_t)(end - at) < STORED_BYTES + some + SUM_BYTES)
            return STATUS_CORRUPT;
        bytes_append(out, at + STORED_BYTES, some);
        at += STORED_BYTES + some;
    }
    if (!last || end - at != SUM_BYTES || out->size != bytes ||
        load_le32(at) != __builtin_bswap32(adler32((const uint8_t *)out->data, out->size)))
        return STATUS_CORRUPT;
    return out->status;
}

void zip_unpacker_close(struct zip_unpacker *unpacker)
{
    (void)unpacker;
}
