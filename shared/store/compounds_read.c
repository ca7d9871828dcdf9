#include "store/compounds_read.h"

#include "base/endian.h"

enum status compounds_at(const struct compounds *compounds, uint32_t number,
                         struct compound *compound)
{
    const uint8_t *at;
    if (number >= compounds->count)
        return STATUS_NOT_FOUND;
    enum status status =
        snapshot_view(compounds->snapshot, CHUNK_COMPOUNDS,
                      (uint64_t)COMPOUNDS_ENTRY_BYTES * number, COMPOUNDS_ENTRY_BYTES, &at);
    if (status != STATUS_OK)
        return status;
    uint32_t kind = load_le32(at + 20);
    *compound = (struct compound){load_le32(at),      load_le32(at + 4),  load_le32(at + 8),
                                  load_le32(at + 12), load_le32(at + 16), (enum compound_kind)kind};
    return kind <= COMPOUND_APOSTROPHE ? STATUS_OK : STATUS_CORRUPT;
}

enum status compounds_closed_number(const struct compounds *compounds, uint32_t place,
                                    uint32_t *number)
{
    const uint8_t *at;
    enum status status = snapshot_view(compounds->snapshot, CHUNK_COMPOUNDS,
                                       (uint64_t)COMPOUNDS_ENTRY_BYTES * compounds->count +
                                           (uint64_t)COMPOUNDS_NUMBER_BYTES * place,
                                       COMPOUNDS_NUMBER_BYTES, &at);
    if (status == STATUS_OK)
        *number = load_le32(at);
    return status;
}

/* --- Looking up --------------------------------------------------------------------------------*/

enum order { BY_PAIR, BY_CLOSED };

/* Of the entry at a place: its left and right term, or its closed one. */
static enum status key_at(const struct compounds *compounds, enum order order, uint32_t place,
                          uint64_t *key)
{
    enum { PAIR_BYTES = 8, CLOSED_AT = 8, CLOSED_BYTES = 4 };
    const uint8_t *at;
    uint32_t number = place;
    enum status status = STATUS_OK;
    if (order == BY_CLOSED)
        status = compounds_closed_number(compounds, place, &number);
    if (status == STATUS_OK && number >= compounds->count)
        status = STATUS_CORRUPT;
    if (status != STATUS_OK)
        return status;
    uint64_t entry = (uint64_t)COMPOUNDS_ENTRY_BYTES * number;
    if (order == BY_CLOSED)
        status = snapshot_view(compounds->snapshot, CHUNK_COMPOUNDS, entry + CLOSED_AT,
                               CLOSED_BYTES, &at);
    else
        status = snapshot_view(compounds->snapshot, CHUNK_COMPOUNDS, entry, PAIR_BYTES, &at);
    if (status == STATUS_OK)
        *key =
            order == BY_CLOSED ? load_le32(at) : (uint64_t)load_le32(at) << 32 | load_le32(at + 4);
    return status;
}

/* The first place whose key is not less. */
static enum status find_place(const struct compounds *compounds, enum order order, uint64_t key,
                              uint32_t *place)
{
    uint32_t low = 0, high = order == BY_CLOSED ? compounds->closed_count : compounds->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint64_t found;
        enum status status = key_at(compounds, order, middle, &found);
        if (status != STATUS_OK)
            return status;
        if (found < key)
            low = middle + 1;
        else
            high = middle;
    }
    *place = low;
    return STATUS_OK;
}

enum status compounds_pair(const struct compounds *compounds, uint32_t left, uint32_t right,
                           struct compound *compound)
{
    uint32_t place;
    enum status status = find_place(compounds, BY_PAIR, (uint64_t)left << 32 | right, &place);
    if (status != STATUS_OK)
        return status;
    status = compounds_at(compounds, place, compound);
    bool other = status == STATUS_OK && (compound->left != left || compound->right != right);
    return other ? STATUS_NOT_FOUND : status;
}

enum status compounds_closed(const struct compounds *compounds, uint32_t closed, uint32_t which,
                             struct compound *compound)
{
    uint32_t place, number;
    if (closed == COMPOUND_NO_TERM)
        return STATUS_NOT_FOUND;
    enum status status = find_place(compounds, BY_CLOSED, closed, &place);
    if (status != STATUS_OK)
        return status;
    if (which >= compounds->count - place)
        return STATUS_NOT_FOUND;
    status = compounds_closed_number(compounds, place + which, &number);
    if (status == STATUS_OK)
        status = compounds_at(compounds, number, compound);
    if (status == STATUS_NOT_FOUND)
        return STATUS_CORRUPT;
    return status == STATUS_OK && compound->closed != closed ? STATUS_NOT_FOUND : status;
}

/* Those without a closed word come last. */
static void count_closed(struct compounds *compounds)
{
    uint32_t place;
    compounds->closed_count = compounds->count;
    if (find_place(compounds, BY_CLOSED, COMPOUND_NO_TERM, &place) == STATUS_OK)
        compounds->closed_count = place;
}

enum status compounds_open(struct compounds *compounds, const struct snapshot *snapshot)
{
    const uint8_t *footer;
    uint64_t left;
    *compounds = (struct compounds){.snapshot = snapshot};
    compounds->present = snapshot_has(snapshot, CHUNK_COMPOUNDS);
    if (!compounds->present)
        return STATUS_OK;
    enum status status =
        snapshot_footer(snapshot, CHUNK_COMPOUNDS, COMPOUNDS_FOOTER_BYTES, &footer, &left);
    if (status != STATUS_OK)
        return status;
    uint64_t count = load_le64(footer);
    compounds->count = (uint32_t)count;
    if (count > UINT32_MAX || count * (COMPOUNDS_ENTRY_BYTES + COMPOUNDS_NUMBER_BYTES) != left)
        return STATUS_CORRUPT;
    count_closed(compounds);
    return STATUS_OK;
}
