#include "build/gram_longer.h"

/* Two of `below` side by side: the key is the first, and the second is the doc until it goes out.
 */
static struct gram_hit hit_of(const struct gram_longer *longer, uint32_t slot, uint32_t first,
                              uint32_t second)
{
    const struct gram_places *places = &longer->places;
    uint32_t article = gram_places_article(places, slot);
    uint32_t place = 2 * (places->range->first_doc + article);
    return (struct gram_hit){first, place + gram_places_title(places, slot, article), second};
}

static enum status add_chain(struct gram_longer *longer, uint32_t slot, const uint32_t *numbers,
                             uint32_t count, struct spool *spool)
{
    struct gram_hit *hits =
        (struct gram_hit *)(void *)bytes_extend(&longer->hits, (size_t)(count - 1) * sizeof *hits);
    if (!hits)
        return STATUS_NO_MEMORY;
    for (uint32_t i = 0; i + 1 < count; i++)
        hits[i] = hit_of(longer, slot + i, numbers[i], numbers[i + 1]);
    return spool && count > 2 ? gram_chains_put(spool, slot, numbers, count) : STATUS_OK;
}

/* A chain of the parts of grams: what of it is a gram stands in chains again. */
static enum status read_chain(struct gram_longer *longer, uint32_t slot, const uint32_t *parts,
                              uint32_t count, struct spool *spool)
{
    enum status status = STATUS_OK;
    uint32_t *numbers = (uint32_t *)(void *)longer->numbers.data, held = 0;
    for (uint32_t i = 0; i < count && status == STATUS_OK; i++) {
        uint32_t number =
            i + 1 < count ? gram_level_find(longer->below, parts[i], parts[i + 1]) : 0;
        if (number) {
            numbers[held++] = number;
            continue;
        }
        if (held > 1)
            status = add_chain(longer, slot + i - held, numbers, held, spool);
        held = 0;
    }
    return status;
}

static enum status read_chains(struct gram_longer *longer, struct spool *spool)
{
    const uint32_t *at = (const uint32_t *)(const void *)longer->chains.data;
    size_t left = longer->chains.size / sizeof *at;
    enum status status = STATUS_OK;
    bytes_clear(&longer->numbers); /* of any chain: no more than there are bytes of all */
    bytes_extend(&longer->numbers, longer->chains.size);
    status = longer->numbers.status;
    while (left && status == STATUS_OK) {
        if (left < 2 || at[1] > left - 2 || at[0] >= longer->places.range->slots ||
            at[1] > longer->places.range->slots - at[0])
            return STATUS_IO; /* not what was written */
        status = read_chain(longer, at[0], at + 2, at[1], spool);
        left -= 2 + (size_t)at[1];
        at += 2 + (size_t)at[1];
    }
    return status;
}

enum status gram_longer_read(struct gram_longer *longer, const struct gram_chains *chains,
                             uint32_t range, struct spool *spool)
{
    bytes_clear(&longer->hits);
    enum status status = gram_chains_read(chains, range, &longer->chains);
    return status == STATUS_OK ? read_chains(longer, spool) : status;
}

/* Hits of one first half go out together, with their second halves as keys. */
static enum status put_sorted(struct gram_hit *hits, size_t count, struct gram_run *run)
{
    enum status status = STATUS_OK;
    for (size_t i = 0, behind; i < count && status == STATUS_OK; i = behind) {
        uint32_t first = hits[i].key;
        for (behind = i; behind < count && hits[behind].key == first; behind++) {
            hits[behind].key = hits[behind].doc;
            hits[behind].doc = hits[behind].place / 2;
        }
        status = gram_run_put(run, first, hits + i, (uint32_t)(behind - i));
    }
    return status;
}

enum status gram_longer_put(struct gram_longer *longer, struct gram_run *run)
{
    size_t count = longer->hits.size / sizeof(struct gram_hit);
    if (count == 0)
        return STATUS_OK;
    bytes_clear(&longer->spare);
    if (!bytes_extend(&longer->spare, longer->hits.size))
        return STATUS_NO_MEMORY;
    struct gram_hit *hits = gram_sort((struct gram_hit *)(void *)longer->hits.data,
                                      (struct gram_hit *)(void *)longer->spare.data, count,
                                      gram_bits(longer->below->count));
    return put_sorted(hits, count, run);
}

void gram_longer_release(struct gram_longer *longer)
{
    gram_places_release(&longer->places);
    bytes_release(&longer->chains);
    bytes_release(&longer->numbers);
    bytes_release(&longer->hits);
    bytes_release(&longer->spare);
}
