#include "store/compounds_read.h"

#include "base/endian.h"

enum status compounds_open(struct compounds *compounds, const struct snapshot *snapshot)
{
    const uint8_t *footer;
    uint64_t bytes = snapshot_chunk_bytes(snapshot, CHUNK_COMPOUNDS);
    *compounds = (struct compounds){.snapshot = snapshot};
    compounds->present = snapshot_has(snapshot, CHUNK_COMPOUNDS);
    if (!compounds->present)
        return STATUS_OK;
    if (bytes < COMPOUNDS_FOOTER_BYTES)
        return STATUS_CORRUPT;
    enum status status = snapshot_view(snapshot, CHUNK_COMPOUNDS, bytes - COMPOUNDS_FOOTER_BYTES,
                                       COMPOUNDS_FOOTER_BYTES, &footer);
    if (status != STATUS_OK)
        return status;
    uint64_t count = load_le64(footer);
    compounds->count = (uint32_t)count;
    bool good = count <= UINT32_MAX && count * (COMPOUNDS_ENTRY_BYTES + COMPOUNDS_NUMBER_BYTES) ==
                                           bytes - COMPOUNDS_FOOTER_BYTES;
    return good ? STATUS_OK : STATUS_CORRUPT;
}

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

static enum status at_place(const struct compounds *compounds, enum order order, uint32_t place,
                            struct compound *compound)
{
    uint32_t number = place;
    enum status status = STATUS_OK;
    if (order == BY_CLOSED)
        status = compounds_closed_number(compounds, place, &number);
    if (status == STATUS_OK)
        status = compounds_at(compounds, number, compound);
    return status == STATUS_NOT_FOUND ? STATUS_CORRUPT : status;
}

static uint64_t pair_key(uint32_t left, uint32_t right)
{
    return (uint64_t)left << 32 | right;
}

/* The first place whose key is not less. */
static enum status find_place(const struct compounds *compounds, enum order order, uint64_t key,
                              uint32_t *place)
{
    uint32_t low = 0, high = compounds->count;
    struct compound compound;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        enum status status = at_place(compounds, order, middle, &compound);
        if (status != STATUS_OK)
            return status;
        uint64_t found =
            order == BY_PAIR ? pair_key(compound.left, compound.right) : compound.closed;
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
    enum status status = find_place(compounds, BY_PAIR, pair_key(left, right), &place);
    if (status != STATUS_OK)
        return status;
    status = compounds_at(compounds, place, compound);
    bool other = status == STATUS_OK && (compound->left != left || compound->right != right);
    return other ? STATUS_NOT_FOUND : status;
}

enum status compounds_closed(const struct compounds *compounds, uint32_t closed, uint32_t which,
                             struct compound *compound)
{
    uint32_t place;
    enum status status = find_place(compounds, BY_CLOSED, closed, &place);
    if (status != STATUS_OK)
        return status;
    if (closed == COMPOUND_NO_TERM || which >= compounds->count - place)
        return STATUS_NOT_FOUND;
    status = at_place(compounds, BY_CLOSED, place + which, compound);
    return status == STATUS_OK && compound->closed != closed ? STATUS_NOT_FOUND : status;
}
