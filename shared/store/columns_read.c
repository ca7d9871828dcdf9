#include "store/columns_read.h"

#include "base/arena.h"
#include "base/endian.h"
#include "store/columns_write.h"
#include "store/documents_read.h"
#include "store/fields.h"
#include "store/hash_entry.h"
#include "store/settings.h"

enum status columns_open(struct columns *columns, const struct snapshot *snapshot)
{
    const uint8_t *width;
    uint64_t count = snapshot_settings(snapshot)->article_count;
    *columns = (struct columns){.snapshot = snapshot, .article_count = (uint32_t)count};
    enum status status = snapshot_view(snapshot, CHUNK_TITLE_WORDS, 0, 1, &width);
    if (status != STATUS_OK)
        return status;
    columns->title_word_bytes = *width;
    columns->has_dates = snapshot_chunk_bytes(snapshot, CHUNK_DATES) > 0;
    columns->has_order = snapshot_has(snapshot, CHUNK_ORDER);
    if ((*width != 0 && *width != 1 && *width != 2 && *width != 4) ||
        snapshot_chunk_bytes(snapshot, CHUNK_TITLE_WORDS) != 1 + count * *width ||
        snapshot_chunk_bytes(snapshot, CHUNK_NORMS) != count ||
        (columns->has_dates && snapshot_chunk_bytes(snapshot, CHUNK_DATES) != count * 8) ||
        (columns->has_order && snapshot_chunk_bytes(snapshot, CHUNK_ORDER) != count * 4) ||
        snapshot_chunk_bytes(snapshot, CHUNK_IDS) != count * HASH_ENTRY_BYTES)
        return STATUS_CORRUPT;
    return STATUS_OK;
}

enum status columns_norm(const struct columns *columns, uint32_t doc, uint8_t *norm)
{
    const uint8_t *at;
    enum status status = snapshot_view(columns->snapshot, CHUNK_NORMS, doc, 1, &at);
    if (status == STATUS_OK)
        *norm = *at;
    return status;
}

enum status columns_title_words(const struct columns *columns, uint32_t doc, uint32_t *words)
{
    const uint8_t *at;
    uint8_t width = columns->title_word_bytes;
    *words = 0;
    if (width == 0)
        return STATUS_OK;
    enum status status =
        snapshot_view(columns->snapshot, CHUNK_TITLE_WORDS, 1 + (uint64_t)doc * width, width, &at);
    if (status == STATUS_OK)
        *words = width == 1 ? *at : width == 2 ? load_le16(at) : load_le32(at);
    return status;
}

enum status columns_date(const struct columns *columns, uint32_t doc, uint64_t *packed)
{
    const uint8_t *at;
    *packed = FIELDS_NO_DATE;
    if (!columns->has_dates)
        return STATUS_OK;
    enum status status = snapshot_view(columns->snapshot, CHUNK_DATES, (uint64_t)doc * 8, 8, &at);
    if (status == STATUS_OK)
        *packed = load_le64(at);
    return status;
}

enum status columns_place(const struct columns *columns, uint32_t doc, uint32_t *place)
{
    const uint8_t *at;
    *place = doc;
    if (!columns->has_order)
        return STATUS_OK;
    enum status status = snapshot_view(columns->snapshot, CHUNK_ORDER, (uint64_t)doc * 4, 4, &at);
    if (status == STATUS_OK)
        *place = load_le32(at);
    return status == STATUS_OK && *place >= columns->article_count ? STATUS_CORRUPT : status;
}

enum status columns_norms(const struct columns *columns, const uint8_t **norms)
{
    return snapshot_view(columns->snapshot, CHUNK_NORMS, 0, columns->article_count, norms);
}

/* --- Ids ---------------------------------------------------------------------------------------*/

enum status columns_id_entry(const struct columns *columns, uint32_t at, uint64_t *hash,
                             uint32_t *doc)
{
    return hash_entry_read(columns->snapshot, CHUNK_IDS, at, hash, doc);
}

/* The first of the entries [low, high) whose hash is not less, or high. */
static enum status first_of_hash(const struct columns *columns, uint64_t hash, uint32_t low,
                                 uint32_t high, uint32_t *found)
{
    uint64_t at = low;
    enum status status = hash_entry_find(columns->snapshot, CHUNK_IDS, hash, low, high, &at);
    *found = (uint32_t)at;
    return status;
}

/* Steps that double, until one reaches behind the place. */
enum status columns_seek_id(const struct columns *columns, uint64_t hash, uint32_t from,
                            uint32_t *at)
{
    uint32_t low = from, step = 1, doc;
    uint64_t there;
    while (low < columns->article_count && step <= columns->article_count - low) {
        enum status status = columns_id_entry(columns, low + step - 1, &there, &doc);
        if (status != STATUS_OK)
            return status;
        if (there >= hash)
            return first_of_hash(columns, hash, low, low + step - 1, at);
        low += step;
        step *= 2;
    }
    return first_of_hash(columns, hash, low, columns->article_count, at);
}

static enum status compare_id(struct documents *documents, uint32_t doc, struct slice id,
                              bool *same)
{
    struct arena arena = {0};
    struct fields fields;
    struct slice record;
    enum status status = documents_record(documents, doc, &record);
    if (status == STATUS_OK)
        status = fields_read(record, &arena, &fields);
    *same = status == STATUS_OK && slice_equal(fields.id, id);
    arena_release(&arena);
    return status;
}

enum status columns_find_id(const struct columns *columns, struct documents *documents,
                            struct slice id, uint32_t *doc)
{
    uint64_t hash = id_hash(id), there;
    uint32_t at = 0;
    enum status status = first_of_hash(columns, hash, 0, columns->article_count, &at);
    for (; status == STATUS_OK && at < columns->article_count; at++) {
        bool same = false;
        status = columns_id_entry(columns, at, &there, doc);
        if (status != STATUS_OK)
            return status;
        if (there != hash)
            return STATUS_NOT_FOUND;
        status = compare_id(documents, *doc, id, &same);
        if (same)
            return STATUS_OK;
    }
    return status == STATUS_OK ? STATUS_NOT_FOUND : status;
}
