#include "store/bodies_read.h"

#include "store/text_block.h"

/* The block that the body begins in: one that it goes on in has it before itself. */
static enum status find_first(struct document_blocks *text, uint32_t doc, uint32_t *at)
{
    struct document_entry entry;
    enum status status = document_blocks_find(text, doc, 0, at);
    while (status == STATUS_OK) {
        status = document_blocks_entry(text, *at, &entry);
        if (status != STATUS_OK || entry.article != doc || entry.byte == 0)
            break;
        if (*at == 0)
            return STATUS_CORRUPT;
        --*at;
    }
    return status;
}

static enum status append_piece(struct documents *documents, const struct block_piece *piece,
                                struct bytes *out)
{
    struct slice lead = {0};
    enum status status = STATUS_OK;
    if (piece->lead)
        status = documents_lead(documents, piece->article, piece->lead, &lead);
    bytes_append_slice(out, lead);
    bytes_append_slice(out, piece->text);
    return status;
}

/* What a block has of the body; *more where it is the block's last. */
static enum status append_from(struct documents *documents, uint32_t at, uint32_t doc,
                               struct bytes *out, bool *more)
{
    struct text_block block;
    struct block_piece piece = {0};
    enum status status = text_block_open(&block, &documents->text, at);
    *more = false;
    while (status == STATUS_OK && block.left) {
        status = text_block_next(&block, &piece);
        if (status != STATUS_OK || piece.article > doc)
            break;
        if (piece.article == doc)
            status = append_piece(documents, &piece, out);
        *more = piece.article == doc && piece.last;
    }
    return status == STATUS_OK ? out->status : status;
}

enum status bodies_append(struct documents *documents, uint32_t doc, struct bytes *out)
{
    struct document_blocks *text = &documents->text;
    uint32_t at = 0;
    enum status status = find_first(text, doc, &at);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    for (bool more = true; status == STATUS_OK && more; at++) {
        status = append_from(documents, at, doc, out, &more);
        struct document_entry next = {0};
        if (status != STATUS_OK || at + 1 >= text->count)
            break;
        if (more)
            status = document_blocks_entry(text, at + 1, &next);
        more = more && next.article == doc && next.byte != 0;
    }
    return status;
}
