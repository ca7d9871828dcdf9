#include "build/gram_longer.h"

#include "build/gram_sort.h"

enum { AT_ONCE = 1024 };

/* Two of `below` side by side. */
static struct gram_link link_of(const struct gram_longer *longer, uint32_t slot, uint32_t first,
                                uint32_t second)
{
    const struct gram_places *places = &longer->places;
    uint32_t article = gram_places_article(places, slot);
    uint32_t place = 2 * (places->range->first_doc + article);
    return (struct gram_link){first, place + gram_places_title(places, slot, article), second};
}

static enum status add_chain(struct gram_longer *longer, uint32_t slot, const uint32_t *numbers,
                             uint32_t count, struct spool *spool)
{
    size_t bytes = (size_t)(count - 1) * sizeof(struct gram_link);
    struct gram_link *links = (struct gram_link *)(void *)bytes_extend(&longer->links, bytes);
    if (!links)
        return STATUS_NO_MEMORY;
    for (uint32_t i = 0; i + 1 < count; i++)
        links[i] = link_of(longer, slot + i, numbers[i], numbers[i + 1]);
    return spool && count > 2 ? gram_chains_put(spool, slot, numbers, count) : STATUS_OK;
}

/* Grams side by side, as far as they are read. */
struct reach {
    uint32_t slot, count; /* of the first; their numbers are longer->numbers */
    struct spool *spool;
};

static enum status end_reach(struct gram_longer *longer, struct reach *reach)
{
    const uint32_t *numbers = (const uint32_t *)(const void *)longer->numbers.data;
    uint32_t count = reach->count;
    reach->count = 0;
    return count > 1 ? add_chain(longer, reach->slot, numbers, count, reach->spool) : STATUS_OK;
}

static enum status take_pair(struct gram_longer *longer, struct reach *reach, uint32_t slot,
                             const uint32_t *pair)
{
    uint32_t number = gram_level_find(longer->below, pair[0], pair[1]);
    enum status status = STATUS_OK;
    if (number == 0)
        return STATUS_OK;
    if (slot != reach->slot + reach->count) {
        status = end_reach(longer, reach);
        reach->slot = slot;
    }
    ((uint32_t *)(void *)longer->numbers.data)[reach->count++] = number;
    return status;
}

/* Those of the parts that may begin a gram; without a branch, as nobody could guess it. */
static uint32_t choose(const struct gram_level *below, const uint32_t *parts, uint32_t count,
                       uint32_t chosen[AT_ONCE])
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < count; i++) {
        chosen[n] = i;
        n += gram_level_may_hold(below, parts[i], parts[i + 1]);
    }
    return n;
}

/* A chain of the parts of grams: what of it is a gram stands in chains again. */
static enum status read_chain(struct gram_longer *longer, uint32_t slot, const uint32_t *parts,
                              uint32_t count, struct spool *spool)
{
    uint32_t chosen[AT_ONCE];
    struct reach reach = {slot, 0, spool};
    enum status status = STATUS_OK;
    for (uint32_t at = 0; at + 1 < count && status == STATUS_OK; at += AT_ONCE) {
        uint32_t rest = count - 1 - at;
        uint32_t n = choose(longer->below, parts + at, rest < AT_ONCE ? rest : AT_ONCE, chosen);
        for (uint32_t k = 0; k < n && status == STATUS_OK; k++)
            status = take_pair(longer, &reach, slot + at + chosen[k], parts + at + chosen[k]);
    }
    return status == STATUS_OK ? end_reach(longer, &reach) : status;
}

static enum status read_chains(struct gram_longer *longer, struct slice chains, struct spool *spool)
{
    const uint32_t *at = (const uint32_t *)(const void *)chains.data;
    size_t left = chains.size / sizeof *at;
    enum status status = STATUS_OK;
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

/* The words of a text are one chain. */
static enum status read_text(struct gram_longer *longer, struct slice text, struct spool *spool)
{
    size_t count = (size_t)longer->places.range->slots;
    if (text.size < count * longer->word_bytes)
        return STATUS_IO;
    if (longer->word_bytes == sizeof(uint32_t))
        return read_chain(longer, 0, (const uint32_t *)(const void *)text.data, (uint32_t)count,
                          spool);
    const uint16_t *halves = (const uint16_t *)(const void *)text.data;
    bytes_clear(&longer->parts);
    uint32_t *parts = (uint32_t *)(void *)bytes_extend(&longer->parts, count * sizeof *parts);
    if (!parts)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        parts[i] = halves[i];
    return read_chain(longer, 0, parts, (uint32_t)count, spool);
}

/* The same of a text in memory. */
static enum status read_slots(struct gram_longer *longer, struct spool *spool)
{
    const struct gram_range *range = longer->places.range;
    const uint32_t *slots = longer->text->slots + range->first_slot;
    size_t count = (size_t)range->slots;
    bytes_clear(&longer->parts);
    uint32_t *parts = (uint32_t *)(void *)bytes_extend(&longer->parts, count * sizeof *parts);
    if (!parts)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        parts[i] = slots[i] >> longer->text->rank_bits;
    return read_chain(longer, 0, parts, (uint32_t)count, spool);
}

enum status gram_longer_read(struct gram_longer *longer, const struct gram_chains *chains,
                             uint32_t range, struct spool *spool)
{
    struct slice data = {0};
    enum status status = STATUS_OK;
    if (!longer->text)
        status = gram_chains_read(chains, range, &longer->chains, &data);
    bytes_clear(&longer->links);
    bytes_clear(&longer->numbers); /* of any chain: no more than the range has slots */
    bytes_reserve(&longer->numbers, (size_t)longer->places.range->slots * sizeof(uint32_t));
    if (status == STATUS_OK)
        status = longer->numbers.status;
    if (status != STATUS_OK)
        return status;
    if (longer->text)
        return read_slots(longer, spool);
    return longer->word_bytes ? read_text(longer, data, spool) : read_chains(longer, data, spool);
}

/* Links of one first half go out together. */
static enum status put_sorted(const struct gram_link *links, size_t count, struct gram_hit *hits,
                              struct gram_run *run)
{
    enum status status = STATUS_OK;
    for (size_t i = 0, behind; i < count && status == STATUS_OK; i = behind) {
        uint32_t first = links[i].key;
        for (behind = i; behind < count && links[behind].key == first; behind++)
            hits[behind - i] = (struct gram_hit){links[behind].second, links[behind].place};
        status = gram_run_put(run, first, hits, (uint32_t)(behind - i));
    }
    return status;
}

enum status gram_longer_put(struct gram_longer *longer, struct gram_run *run)
{
    size_t count = longer->links.size / sizeof(struct gram_link);
    if (count == 0)
        return STATUS_OK;
    bytes_clear(&longer->spare);
    bytes_clear(&longer->hits);
    uint8_t *spare = bytes_extend(&longer->spare, longer->links.size);
    uint8_t *hits = bytes_extend(&longer->hits, count * sizeof(struct gram_hit));
    if (!spare || !hits)
        return STATUS_NO_MEMORY;
    const struct gram_link *links =
        gram_sort((struct gram_link *)(void *)longer->links.data, (struct gram_link *)(void *)spare,
                  count, gram_bits(longer->below->count));
    return put_sorted(links, count, (struct gram_hit *)(void *)hits, run);
}

void gram_longer_release(struct gram_longer *longer)
{
    gram_places_release(&longer->places);
    bytes_release(&longer->chains);
    bytes_release(&longer->numbers);
    bytes_release(&longer->links);
    bytes_release(&longer->hits);
    bytes_release(&longer->parts);
    bytes_release(&longer->spare);
}
