#include "store/document_blocks.h"

#include "base/endian.h"
#include "store/block_cache.h"
#include "store/document_layout.h"
#include "store/zip_block.h"

enum status document_blocks_open(struct document_blocks *blocks, const struct snapshot *snapshot,
                                 enum chunk_id chunk)
{
    const uint8_t *footer;
    uint64_t left;
    *blocks =
        (struct document_blocks){.snapshot = snapshot, .chunk = chunk, .block_at = UINT32_MAX};
    blocks->entry_bytes = chunk == CHUNK_TEXT ? TEXT_ENTRY_BYTES : FIELD_ENTRY_BYTES;
    if (!snapshot_has(snapshot, chunk))
        return STATUS_OK;
    enum status status = snapshot_footer(snapshot, chunk, DOCUMENT_FOOTER_BYTES, &footer, &left);
    if (status != STATUS_OK)
        return status;
    uint64_t data_bytes = load_le64(footer);
    uint32_t count = load_le32(footer + 8);
    if (load_le32(footer + 12) != 0 || data_bytes > left ||
        chunk_padded(data_bytes) + (uint64_t)count * blocks->entry_bytes != left)
        return STATUS_CORRUPT;
    blocks->data_bytes = data_bytes;
    blocks->count = count;
    return STATUS_OK;
}

static void forget(struct document_blocks *blocks)
{
    block_cache_give_back(blocks->lent);
    blocks->lent = NULL;
    blocks->block_at = UINT32_MAX;
}

void document_blocks_release(struct document_blocks *blocks)
{
    zip_unpacker_close(blocks->unpacker);
    blocks->unpacker = NULL;
    bytes_release(&blocks->block);
    forget(blocks);
}

enum status document_blocks_entry(const struct document_blocks *blocks, uint32_t at,
                                  struct document_entry *entry)
{
    const uint8_t *data = blocks->directory;
    uint64_t offset = (uint64_t)at * blocks->entry_bytes;
    enum status status = STATUS_OK;
    if (data)
        data += offset;
    else
        status =
            snapshot_view(blocks->snapshot, blocks->chunk,
                          chunk_padded(blocks->data_bytes) + offset, blocks->entry_bytes, &data);
    if (status != STATUS_OK)
        return status;
    *entry = (struct document_entry){
        .offset = load_le64(data + ENTRY_OFFSET),
        .article = load_le32(data + ENTRY_ARTICLE),
        .inflated = load_le32(data + ENTRY_INFLATED),
    };
    if (blocks->chunk != CHUNK_TEXT)
        return STATUS_OK;
    entry->byte = load_le64(data + ENTRY_BYTE);
    entry->position = load_le32(data + ENTRY_POSITION);
    return STATUS_OK;
}

static enum status inflate(struct document_blocks *blocks, uint64_t start, uint64_t end,
                           uint32_t inflated)
{
    const uint8_t *data;
    if (start >= end || end > blocks->data_bytes)
        return STATUS_CORRUPT;
    enum status status = snapshot_view(blocks->snapshot, blocks->chunk, start, end - start, &data);
    if (status != STATUS_OK)
        return status;
    if (!blocks->unpacker && !(blocks->unpacker = zip_unpacker_open()))
        return STATUS_NO_MEMORY;
    return zip_unpack(blocks->unpacker, slice_of(data, (size_t)(end - start)), inflated,
                      &blocks->block);
}

static enum status load(struct document_blocks *blocks, uint32_t at)
{
    struct document_entry entry, next = {.offset = blocks->data_bytes};
    enum status status = document_blocks_entry(blocks, at, &entry);
    if (status == STATUS_OK && at + 1 < blocks->count)
        status = document_blocks_entry(blocks, at + 1, &next);
    if (status == STATUS_OK && entry.inflated > LARGE_BLOCK_BYTES && blocks->may_read &&
        !blocks->may_read(blocks->context, entry.inflated))
        return STATUS_DEADLINE;
    if (status == STATUS_OK)
        status = inflate(blocks, entry.offset, next.offset, entry.inflated);
    blocks->content = bytes_slice(&blocks->block);
    if (status == STATUS_OK && blocks->cache)
        block_cache_put(blocks->cache, blocks->cache_key + at, blocks->content);
    return status;
}

enum status document_blocks_load(struct document_blocks *blocks, uint32_t at, struct slice *content)
{
    enum status status = STATUS_OK;
    if (blocks->block_at != at) {
        forget(blocks);
        if (blocks->cache)
            blocks->lent =
                block_cache_lend(blocks->cache, blocks->cache_key + at, &blocks->content);
        if (!blocks->lent)
            status = load(blocks, at);
        if (status != STATUS_OK)
            return status;
        blocks->block_at = at;
    }
    *content = blocks->content;
    return STATUS_OK;
}

/* A directory of few pages is checked at once, not entry by entry. */
static enum status view_directory(struct document_blocks *blocks)
{
    enum { AT_ONCE_BYTES = 1 << 20 };
    uint64_t bytes = (uint64_t)blocks->count * blocks->entry_bytes;
    if (blocks->directory || bytes == 0 || bytes > AT_ONCE_BYTES)
        return STATUS_OK;
    return snapshot_view(blocks->snapshot, blocks->chunk, chunk_padded(blocks->data_bytes), bytes,
                         &blocks->directory);
}

static bool is_behind(const struct document_entry *entry, uint32_t article, uint32_t position)
{
    if (entry->article != article)
        return entry->article > article;
    return entry->byte != 0 && entry->position > position;
}

enum status document_blocks_find(struct document_blocks *blocks, uint32_t article,
                                 uint32_t position, uint32_t *at)
{
    uint32_t low = 0,
             high = blocks->count; /* blocks before low are not behind, those from high on are */
    enum status status = view_directory(blocks);
    while (low < high && status == STATUS_OK) {
        uint32_t middle = low + (high - low) / 2;
        struct document_entry entry = {0};
        status = document_blocks_entry(blocks, middle, &entry);
        if (is_behind(&entry, article, position))
            high = middle;
        else
            low = middle + 1;
    }
    if (status == STATUS_OK && low == 0)
        return STATUS_NOT_FOUND;
    *at = low - 1;
    return status;
}
