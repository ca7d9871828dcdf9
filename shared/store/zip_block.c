#include "store/zip_block.h"

#include <libdeflate.h>

enum {
    LEVEL = 1,         /* level 6 takes two and a half times as long for a twentieth of the size */
    MOST_RATIO = 1032, /* of deflate: 258 bytes in two bits */
};

struct zip_packer *zip_packer_open(bool squeeze)
{
    return (struct zip_packer *)(void *)libdeflate_alloc_compressor(squeeze ? LEVEL : 0);
}

void zip_pack(struct zip_packer *packer, struct slice block, struct bytes *out)
{
    struct libdeflate_compressor *compressor = (struct libdeflate_compressor *)(void *)packer;
    size_t most = libdeflate_zlib_compress_bound(compressor, block.size);
    if (!bytes_reserve(out, most))
        return;
    out->size +=
        libdeflate_zlib_compress(compressor, block.data, block.size, out->data + out->size, most);
}

void zip_packer_close(struct zip_packer *packer)
{
    libdeflate_free_compressor((struct libdeflate_compressor *)(void *)packer);
}

struct zip_unpacker *zip_unpacker_open(void)
{
    return (struct zip_unpacker *)(void *)libdeflate_alloc_decompressor();
}

enum status zip_unpack(struct zip_unpacker *unpacker, struct slice packed, uint32_t bytes,
                       struct bytes *out)
{
    struct libdeflate_decompressor *inflater = (struct libdeflate_decompressor *)(void *)unpacker;
    size_t used = 0, made = 0;
    bytes_clear(out);
    if (bytes == 0 || bytes / MOST_RATIO > packed.size)
        return STATUS_CORRUPT;
    uint8_t *to = bytes_extend(out, bytes);
    if (!to)
        return out->status;
    if (libdeflate_zlib_decompress_ex(inflater, packed.data, packed.size, to, bytes, &used,
                                      &made) == LIBDEFLATE_SUCCESS &&
        used == packed.size && made == bytes)
        return STATUS_OK;
    bytes_clear(out);
    return STATUS_CORRUPT;
}

void zip_unpacker_close(struct zip_unpacker *unpacker)
{
    libdeflate_free_decompressor((struct libdeflate_decompressor *)(void *)unpacker);
}
