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

enum status gram_chains_head(struct spool *spool, uint32_t slot, uint32_t count)
{
    const uint32_t head[] = {slot, count};
    return spool_append(spool, head, sizeof head);
}

enum status gram_chains_put(struct spool *spool, uint32_t slot, const uint32_t *numbers,
                            uint32_t count)
{
    enum status status = gram_chains_head(spool, slot, count);
    return status == STATUS_OK ? spool_append(spool, numbers, count * sizeof *numbers) : status;
}

void gram_chains_end(struct gram_chains *chains, uint32_t range)
{
    chains->sizes[range] = spool_size(chains->spools[range]) - chains->offsets[range];
}

enum status gram_chains_read(const struct gram_chains *chains, uint32_t range, struct bytes *out)
{
    bytes_clear(out);
    if (chains->sizes[range] == 0)
        return STATUS_OK;
    uint8_t *at = bytes_extend(out, (size_t)chains->sizes[range]);
    if (!at)
        return out->status;
    return spool_read(chains->spools[range], chains->offsets[range], at,
                      (size_t)chains->sizes[range]);
}
