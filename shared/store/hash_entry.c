#include "store/hash_entry.h"

#include "base/endian.h"
#include "store/settings.h"

enum { DOC_AT = 8 };

void hash_entry_write(uint8_t entry[HASH_ENTRY_BYTES], uint64_t hash, uint32_t doc)
{
    store_le64(entry, hash);
    store_le32(entry + DOC_AT, doc);
}

enum status hash_entry_read(const struct snapshot *snapshot, enum chunk_id chunk, uint64_t at,
                            uint64_t *hash, uint32_t *doc)
{
    const uint8_t *entry;
    enum status status =
        snapshot_view(snapshot, chunk, at * HASH_ENTRY_BYTES, HASH_ENTRY_BYTES, &entry);
    if (status != STATUS_OK)
        return status;
    *hash = load_le64(entry);
    *doc = load_le32(entry + DOC_AT);
    return *doc < snapshot_settings(snapshot)->article_count ? STATUS_OK : STATUS_CORRUPT;
}

enum status hash_entry_find(const struct snapshot *snapshot, enum chunk_id chunk, uint64_t hash,
                            uint64_t low, uint64_t high, uint64_t *found)
{
    while (low < high) {
        uint64_t middle = low + (high - low) / 2, there;
        uint32_t doc;
        enum status status = hash_entry_read(snapshot, chunk, middle, &there, &doc);
        if (status != STATUS_OK)
            return status;
        if (there < hash)
            low = middle + 1;
        else
            high = middle;
    }
    *found = low;
    return STATUS_OK;
}
