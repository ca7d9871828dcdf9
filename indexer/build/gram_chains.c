#include "build/gram_chains.h"

#include "base/memory.h"

enum status gram_chains_open(struct gram_chains *chains, uint32_t range_count)
{
    chains->spools = memory_allocate_zeroed(range_count, sizeof(void *));
    chains->offsets = memory_allocate_zeroed(range_count, sizeof *chains->offsets);
    chains->sizes = memory_allocate_zeroed(range_count, sizeof *chains->sizes);
    return chains->spools && chains->offsets && chains->sizes ? STATUS_OK : STATUS_NO_MEMORY;
}

void gram_chains_release(struct gram_chains *chains)
{
    memory_free(chains->spools);
    memory_free(chains->offsets);
    memory_free(chains->sizes);
    *chains = (struct gram_chains){0};
}

void gram_chains_begin(struct gram_chains *chains, uint32_t range, struct spool *spool)
{
    chains->spools[range] = spool;
    chains->offsets[range] = spool_size(spool);
}

enum status gram_chains_put(struct spool *spool, uint32_t slot, const uint32_t *numbers,
                            uint32_t count)
{
    const uint32_t head[] = {slot, count};
    enum status status = spool_append(spool, head, sizeof head);
    return status == STATUS_OK ? spool_append(spool, numbers, count * sizeof *numbers) : status;
}

void gram_chains_end(struct gram_chains *chains, uint32_t range)
{
    chains->sizes[range] = spool_size(chains->spools[range]) - chains->offsets[range];
}

enum status gram_chains_read(const struct gram_chains *chains, uint32_t range, struct bytes *room,
                             struct slice *out)
{
    size_t size = (size_t)chains->sizes[range];
    const struct spool *spool = chains->spools[range];
    bytes_clear(room);
    *out = (struct slice){0};
    if (size == 0)
        return STATUS_OK;
    const uint8_t *held = spool_held(spool, chains->offsets[range], size);
    uint8_t *at = held ? NULL : bytes_extend(room, size);
    *out = slice_of(held ? held : at, size);
    if (held)
        return STATUS_OK;
    return at ? spool_read(spool, chains->offsets[range], at, size) : room->status;
}
