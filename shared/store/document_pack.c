/* Packs batches of articles into compressed blocks. */
#include "store/documents_write.h"

#include <assert.h>

#include "base/memory.h"
#include "codec/varint_put.h"
#include "store/zip_block.h"

struct document_packer {
    struct zip_packer *field_zip, *text_zip;
    struct packed_documents packed; /* what is done of the batch */
    struct bytes records;           /* the block of fields at hand */
    uint32_t record_first;          /* article of its first record */
    uint32_t articles;              /* records so far */

    struct bytes heads, text; /* the block of text at hand: heads of closed pieces, and the text */
    size_t body_bytes;        /* of bodies that it stands for: text, and what is left out of it */
    uint32_t pieces;          /* the open one included */
    uint32_t text_first;      /* article of its first piece */
    uint64_t text_byte;       /* where that begins in its body */
    uint32_t text_position;
    uint32_t article;        /* of the open piece */
    uint32_t article_before; /* of the piece before it */
    size_t piece_start;      /* of the open piece, in text */
    size_t piece_lead;       /* bytes left out in front of it */
    struct bytes block;      /* to be compressed */
    enum status status;
};

struct document_packer *document_packer_open(bool squeeze_text)
{
    struct document_packer *packer = memory_allocate_zeroed(1, sizeof *packer);
    if (!packer)
        return NULL;
    packer->field_zip = zip_packer_open(true);
    packer->text_zip = zip_packer_open(squeeze_text);
    if (packer->field_zip && packer->text_zip)
        return packer;
    document_packer_close(packer);
    return NULL;
}

void document_packer_close(struct document_packer *packer)
{
    if (!packer)
        return;
    zip_packer_close(packer->field_zip);
    zip_packer_close(packer->text_zip);
    packed_documents_release(&packer->packed);
    bytes_release(&packer->records);
    bytes_release(&packer->heads);
    bytes_release(&packer->text);
    bytes_release(&packer->block);
    memory_free(packer);
}

/* The entry that both directories begin with, and the block behind the ones before. */
static void pack_block(struct document_packer *packer, struct zip_packer *zip,
                       const struct bytes *block, uint32_t first, struct bytes *blocks,
                       struct bytes *entries)
{
    if (block->status != STATUS_OK)
        packer->status = block->status;
    if (block->size > UINT32_MAX)
        packer->status = STATUS_LIMIT;
    bytes_put_le64(entries, blocks->size);
    bytes_put_le32(entries, first);
    bytes_put_le32(entries, (uint32_t)block->size);
    if (packer->status == STATUS_OK)
        zip_pack(zip, bytes_slice(block), blocks);
}

/* --- Fields ------------------------------------------------------------------------------------*/

static void end_records(struct document_packer *packer)
{
    if (packer->records.status != STATUS_OK)
        packer->status = packer->records.status;
    if (packer->records.size)
        pack_block(packer, packer->field_zip, &packer->records, packer->record_first,
                   &packer->packed.fields, &packer->packed.field_blocks);
    bytes_clear(&packer->records);
}

void document_packer_fields(struct document_packer *packer, struct slice record)
{
    if (packer->records.size == 0)
        packer->record_first = packer->articles;
    varint_put(&packer->records, record.size);
    bytes_append_slice(&packer->records, record);
    packer->articles++;
    if (packer->records.size >= FIELD_BLOCK_BYTES || packer->records.status != STATUS_OK)
        end_records(packer);
}

/* --- Text --------------------------------------------------------------------------------------*/

static void end_piece(struct document_packer *packer)
{
    if (packer->pieces == 0)
        return;
    varint_put(&packer->heads, packer->article - packer->article_before);
    varint_put(&packer->heads, packer->text.size - packer->piece_start);
    varint_put(&packer->heads, packer->piece_lead);
}

static void end_text(struct document_packer *packer)
{
    if (packer->pieces == 0)
        return;
    end_piece(packer);
    bytes_clear(&packer->block);
    varint_put(&packer->block, packer->pieces);
    bytes_append_slice(&packer->block, bytes_slice(&packer->heads));
    bytes_append_slice(&packer->block, bytes_slice(&packer->text));
    if (packer->heads.status != STATUS_OK || packer->text.status != STATUS_OK)
        packer->status = STATUS_NO_MEMORY;
    pack_block(packer, packer->text_zip, &packer->block, packer->text_first, &packer->packed.text,
               &packer->packed.text_blocks);
    bytes_put_le64(&packer->packed.text_blocks, packer->text_byte);
    bytes_put_le32(&packer->packed.text_blocks, packer->text_position);
    bytes_put_le32(&packer->packed.text_blocks, 0);
    bytes_clear(&packer->heads);
    bytes_clear(&packer->text);
    packer->body_bytes = 0;
    packer->pieces = 0;
}

size_t document_packer_room(const struct document_packer *packer)
{
    return TEXT_BLOCK_BYTES - packer->body_bytes;
}

static void begin_piece(struct document_packer *packer, uint32_t article, uint64_t byte,
                        uint32_t position, size_t lead)
{
    if (packer->pieces++ == 0) {
        packer->text_first = packer->article_before = article;
        packer->text_byte = byte;
        packer->text_position = position;
    } else {
        assert(byte == 0 && article > packer->article);
        packer->article_before = packer->article;
    }
    packer->article = article;
    packer->piece_start = packer->text.size;
    packer->piece_lead = lead;
}

void document_packer_text(struct document_packer *packer, uint32_t article, uint64_t byte,
                          uint32_t position, size_t lead, struct slice piece)
{
    if (piece.size == 0)
        return;
    if (byte != 0)
        lead = 0;
    if (lead > piece.size)
        lead = piece.size;
    if (packer->pieces == 0 || article != packer->article) {
        end_piece(packer);
        begin_piece(packer, article, byte, position, lead);
    }
    bytes_append_slice(&packer->text, slice_from(piece, lead));
    packer->body_bytes += piece.size;
    if (packer->body_bytes >= TEXT_BLOCK_BYTES || packer->text.status != STATUS_OK)
        end_text(packer);
}

/* --- The batch ---------------------------------------------------------------------------------*/

enum status document_packer_finish(struct document_packer *packer, struct packed_documents *packed)
{
    end_records(packer);
    end_text(packer);
    enum status status = packer->status;
    *packed = packer->packed;
    packed->article_count = packer->articles;
    packer->packed = (struct packed_documents){0};
    packer->articles = 0;
    packer->status = STATUS_OK;
    const struct bytes *parts[] = {&packed->fields, &packed->field_blocks, &packed->text,
                                   &packed->text_blocks};
    for (int i = 0; i < 4 && status == STATUS_OK; i++)
        status = parts[i]->status;
    return status;
}

void packed_documents_release(struct packed_documents *packed)
{
    bytes_release(&packed->fields);
    bytes_release(&packed->field_blocks);
    bytes_release(&packed->text);
    bytes_release(&packed->text_blocks);
    packed->article_count = 0;
}
