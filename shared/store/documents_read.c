#include "store/documents_read.h"

#include "codec/reader.h"
#include "store/columns_read.h"
#include "store/settings.h"
#include "store/text_block.h"

enum status documents_open(struct documents *documents, const struct snapshot *snapshot)
{
    documents->snapshot = snapshot;
    documents->text = (struct document_blocks){0};
    documents->joined = (struct bytes){0};
    enum status status = document_blocks_open(&documents->fields, snapshot, CHUNK_FIELDS);
    return status == STATUS_OK ? document_blocks_open(&documents->text, snapshot, CHUNK_TEXT)
                               : status;
}

void documents_use_cache(struct documents *documents, struct block_cache *cache, uint32_t file)
{
    enum { FILE_SHIFT = 33, CHUNK_SHIFT = 32 };
    uint64_t key = (uint64_t)file << FILE_SHIFT;
    documents->fields.cache = documents->text.cache = cache;
    documents->fields.cache_key = key;
    documents->text.cache_key = key | (uint64_t)1 << CHUNK_SHIFT;
}

void documents_watch(struct documents *documents, bool (*may_read)(void *context, uint64_t bytes),
                     void *context)
{
    documents->fields.may_read = documents->text.may_read = may_read;
    documents->fields.context = documents->text.context = context;
}

void documents_release(struct documents *documents)
{
    document_blocks_release(&documents->fields);
    document_blocks_release(&documents->text);
    bytes_release(&documents->joined);
}

/* --- Fields ------------------------------------------------------------------------------------*/

static enum status corrupt_if_absent(enum status status)
{
    return status == STATUS_NOT_FOUND ? STATUS_CORRUPT : status;
}

enum status documents_record(struct documents *documents, uint32_t doc, struct slice *record)
{
    struct document_entry entry;
    struct slice content;
    uint32_t at;
    if (doc >= snapshot_settings(documents->snapshot)->article_count)
        return STATUS_NOT_FOUND;
    enum status status = document_blocks_find(&documents->fields, doc, 0, &at);
    if (status == STATUS_OK)
        status = document_blocks_entry(&documents->fields, at, &entry);
    if (status == STATUS_OK)
        status = document_blocks_load(&documents->fields, at, &content);
    if (status != STATUS_OK)
        return corrupt_if_absent(status);
    struct reader reader = reader_of(content);
    for (uint32_t article = entry.article; article < doc && reader.ok; article++)
        reader_string(&reader);
    *record = reader_string(&reader);
    return reader.ok ? STATUS_OK : STATUS_CORRUPT;
}

enum status documents_fields(struct documents *documents, uint32_t doc, struct arena *arena,
                             struct fields *fields)
{
    struct slice record;
    enum status status = documents_record(documents, doc, &record);
    return status == STATUS_OK ? fields_copy(record, arena, fields) : status;
}

enum status documents_lead(struct documents *documents, uint32_t doc, size_t size,
                           struct slice *lead)
{
    struct slice record;
    enum status status = corrupt_if_absent(documents_record(documents, doc, &record));
    if (status == STATUS_OK)
        status = fields_read_shown_title(record, lead);
    if (status != STATUS_OK)
        return status;
    if (lead->size < size)
        return STATUS_CORRUPT;
    *lead = slice_of(lead->data, size);
    return STATUS_OK;
}

/* --- Text --------------------------------------------------------------------------------------*/

/* The piece of an article in a block, or the block's last where last is asked for. */
static enum status piece_in_block(struct documents *documents, uint32_t at, uint32_t doc, bool last,
                                  struct text_block *block, struct block_piece *piece)
{
    enum status status = text_block_open(block, &documents->text, at);
    *piece = (struct block_piece){0};
    while (status == STATUS_OK && block->left) {
        status = text_block_next(block, piece);
        if (status != STATUS_OK || (piece->article == doc && (!last || piece->last)))
            return status;
        if (piece->article > doc)
            return STATUS_NOT_FOUND;
    }
    return status == STATUS_OK ? STATUS_NOT_FOUND : status;
}

/* Whether the body goes on in the next block; if so it must begin where this piece ends. */
static enum status goes_on(const struct documents *documents, uint32_t at, uint32_t doc,
                           uint64_t end, bool *more)
{
    struct document_entry next;
    *more = false;
    if (at + 1 >= documents->text.count)
        return STATUS_OK;
    enum status status = document_blocks_entry(&documents->text, at + 1, &next);
    if (status != STATUS_OK)
        return status;
    *more = next.article == doc && next.byte != 0;
    return *more && next.byte != end ? STATUS_CORRUPT : STATUS_OK;
}

static enum status body_start(const struct documents *documents, uint32_t doc, uint32_t *position)
{
    struct columns columns;
    uint32_t title_words = 0;
    enum status status = columns_open(&columns, documents->snapshot);
    if (status == STATUS_OK)
        status = columns_title_words(&columns, doc, &title_words);
    if (status == STATUS_OK && title_words > STORE_MAX_POSITION - STORE_BODY_GAP)
        status = STATUS_CORRUPT;
    if (status == STATUS_OK)
        *position = settings_body_start(title_words);
    return status;
}

/* The text of a piece behind what its article's shown title has of it. */
static enum status join(struct documents *documents, const struct block_piece *found,
                        struct slice *text)
{
    struct slice lead;
    enum status status = documents_lead(documents, found->article, found->lead, &lead);
    if (status != STATUS_OK)
        return status;
    bytes_clear(&documents->joined);
    bytes_append_slice(&documents->joined, lead);
    bytes_append_slice(&documents->joined, found->text);
    *text = bytes_slice(&documents->joined);
    return documents->joined.status;
}

static enum status fill_piece(struct documents *documents, uint32_t at,
                              const struct text_block *block, const struct block_piece *found,
                              struct text_piece *piece)
{
    bool carried = found->first && block->entry.byte != 0, more = false;
    *piece = (struct text_piece){.text = found->text, .first = !carried, .block = at};
    enum status status = found->lead ? join(documents, found, &piece->text) : STATUS_OK;
    if (status != STATUS_OK)
        return status;
    if (carried) {
        piece->byte = block->entry.byte;
        piece->position = block->entry.position;
    } else {
        status = body_start(documents, found->article, &piece->position);
    }
    if (status == STATUS_OK && found->last)
        status = goes_on(documents, at, found->article, piece->byte + piece->text.size, &more);
    piece->last = !more;
    return status;
}

enum status documents_piece(struct documents *documents, uint32_t doc, uint32_t position,
                            struct text_piece *piece)
{
    struct text_block block;
    struct block_piece found;
    uint32_t at;
    if (doc >= snapshot_settings(documents->snapshot)->article_count)
        return STATUS_NOT_FOUND;
    enum status status = document_blocks_find(&documents->text, doc, position, &at);
    if (status == STATUS_OK)
        status = piece_in_block(documents, at, doc, false, &block, &found);
    return status == STATUS_OK ? fill_piece(documents, at, &block, &found, piece) : status;
}

static enum status neighbour(struct documents *documents, uint32_t at, uint32_t doc, bool before,
                             struct text_piece *piece)
{
    struct text_block block;
    struct block_piece found;
    uint64_t byte = piece->byte, end = piece->byte + piece->text.size;
    enum status status = piece_in_block(documents, at, doc, before, &block, &found);
    if (status == STATUS_OK)
        status = fill_piece(documents, at, &block, &found, piece);
    if (status != STATUS_OK)
        return corrupt_if_absent(status);
    return before ? (piece->byte + piece->text.size == byte ? STATUS_OK : STATUS_CORRUPT)
                  : (piece->byte == end ? STATUS_OK : STATUS_CORRUPT);
}

enum status documents_piece_after(struct documents *documents, uint32_t doc,
                                  struct text_piece *piece)
{
    if (piece->last)
        return STATUS_NOT_FOUND;
    return neighbour(documents, piece->block + 1, doc, false, piece);
}

enum status documents_piece_before(struct documents *documents, uint32_t doc,
                                   struct text_piece *piece)
{
    if (piece->first)
        return STATUS_NOT_FOUND;
    return piece->block == 0 ? STATUS_CORRUPT
                             : neighbour(documents, piece->block - 1, doc, true, piece);
}

enum status documents_first_piece(struct documents *documents, uint32_t doc,
                                  struct text_piece *piece)
{
    enum status status = documents_piece(documents, doc, 0, piece);
    while (status == STATUS_OK && !piece->first)
        status = corrupt_if_absent(documents_piece_before(documents, doc, piece));
    return status;
}

enum status documents_body(struct documents *documents, uint32_t doc, struct bytes *out)
{
    struct text_piece piece;
    if (!snapshot_has(documents->snapshot, CHUNK_TEXT))
        return STATUS_NOT_FOUND;
    enum status status = documents_first_piece(documents, doc, &piece);
    if (status == STATUS_NOT_FOUND)
        return doc < snapshot_settings(documents->snapshot)->article_count ? STATUS_OK : status;
    while (status == STATUS_OK) {
        bytes_append_slice(out, piece.text);
        status =
            out->status == STATUS_OK ? documents_piece_after(documents, doc, &piece) : out->status;
    }
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}
