#include "store/text_block.h"

#include "store/settings.h"

enum { HEAD_NUMBERS = 2 }; /* of a byte at least, without a lead */

enum status text_block_open(struct text_block *block, struct document_blocks *blocks, uint32_t at)
{
    struct slice content;
    block->leads = snapshot_has_leads(blocks->snapshot);
    uint32_t numbers = HEAD_NUMBERS + block->leads;
    enum status status = document_blocks_entry(blocks, at, &block->entry);
    if (status == STATUS_OK)
        status = document_blocks_load(blocks, at, &content);
    if (status != STATUS_OK)
        return status;
    block->heads = reader_of(content);
    block->count = block->left = reader_varint32(&block->heads);
    block->text = slice_of(block->heads.at, reader_left(&block->heads));
    if (!block->heads.ok || block->left == 0 || block->left > block->text.size / numbers)
        return STATUS_CORRUPT;
    struct reader skip = block->heads; /* the text begins behind all heads */
    for (uint64_t i = 0; i < numbers * (uint64_t)block->left && skip.ok; i++)
        reader_varint(&skip);
    block->text = slice_of(skip.at, reader_left(&skip));
    return skip.ok ? STATUS_OK : STATUS_CORRUPT;
}

enum status text_block_next(struct text_block *block, struct block_piece *piece)
{
    bool first = piece->first = block->left == block->count;
    uint64_t article = reader_varint32(&block->heads), size = reader_varint(&block->heads);
    piece->lead = block->leads ? reader_varint32(&block->heads) : 0;
    bool carried = first && block->entry.byte != 0;
    if (!block->heads.ok || size > block->text.size || first != (article == 0) ||
        (carried ? size == 0 || piece->lead : size + piece->lead == 0))
        return STATUS_CORRUPT;
    article += first ? block->entry.article : piece->article;
    if (article > STORE_MAX_ARTICLES)
        return STATUS_CORRUPT;
    piece->article = (uint32_t)article;
    piece->text = slice_of(block->text.data, (size_t)size);
    block->text = slice_from(block->text, (size_t)size);
    piece->last = --block->left == 0;
    return piece->last && block->text.size ? STATUS_CORRUPT : STATUS_OK;
}
