#include "store/groups_read.h"

#include "base/endian.h"
#include "store/settings.h"

enum { ARTICLE, BEGIN, MEMBER }; /* the parts of the chunk, in order */

enum status groups_open(struct groups *groups, const struct snapshot *snapshot)
{
    const uint8_t *footer;
    uint64_t left;
    *groups = (struct groups){.snapshot = snapshot};
    if (!snapshot_has(snapshot, CHUNK_GROUPS))
        return STATUS_OK;
    enum status status =
        snapshot_footer(snapshot, CHUNK_GROUPS, GROUPS_FOOTER_BYTES, &footer, &left);
    if (status != STATUS_OK)
        return status;
    uint64_t count = load_le64(footer);
    if (count > snapshot_settings(snapshot)->article_count ||
        left != count * GROUPS_NUMBERS * GROUPS_NUMBER_BYTES)
        return STATUS_CORRUPT;
    groups->count = (uint32_t)count;
    groups->present = true;
    return STATUS_OK;
}

static enum status number(const struct groups *groups, uint64_t part, uint32_t at, uint32_t *value)
{
    const uint8_t *data;
    if (at >= groups->count)
        return STATUS_CORRUPT;
    uint64_t offset = (part * groups->count + at) * GROUPS_NUMBER_BYTES;
    enum status status =
        snapshot_view(groups->snapshot, CHUNK_GROUPS, offset, GROUPS_NUMBER_BYTES, &data);
    if (status == STATUS_OK)
        *value = load_le32(data);
    return status;
}

enum status groups_find(const struct groups *groups, uint32_t doc, uint32_t *begin)
{
    uint32_t low = 0, high = groups->count; /* those before low are less */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2, article;
        enum status status = number(groups, ARTICLE, middle, &article);
        if (status != STATUS_OK)
            return status;
        if (article == doc)
            return number(groups, BEGIN, middle, begin);
        if (article < doc)
            low = middle + 1;
        else
            high = middle;
    }
    return STATUS_NOT_FOUND;
}

enum status groups_member(const struct groups *groups, uint32_t at, uint32_t *doc, bool *last)
{
    uint32_t member;
    enum status status = number(groups, MEMBER, at, &member);
    if (status != STATUS_OK)
        return status;
    *doc = member & ~GROUPS_LAST;
    *last = member & GROUPS_LAST;
    return *doc < snapshot_settings(groups->snapshot)->article_count ? STATUS_OK : STATUS_CORRUPT;
}

enum status groups_entry(const struct groups *groups, uint32_t at, uint32_t *doc, uint32_t *begin)
{
    enum status status = number(groups, ARTICLE, at, doc);
    return status == STATUS_OK ? number(groups, BEGIN, at, begin) : status;
}
