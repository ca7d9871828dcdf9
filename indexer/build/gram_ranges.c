#include "build/gram_ranges.h"

#include "base/memory.h"
#include "store/norm.h"

/* A norm tells a little less than the number of words; so many slots are always enough. */
uint64_t gram_article_slots(const struct gram_articles *articles, uint32_t doc)
{
    uint8_t norm = articles->norms[doc];
    return (uint64_t)norm_length(norm == UINT8_MAX ? norm : norm + 1) + 1;
}

static void end_range(struct gram_ranges *ranges, const struct gram_range *range)
{
    uint32_t articles = range->end_doc - range->first_doc;
    if (articles > ranges->most_articles)
        ranges->most_articles = articles;
    if (range->slots > ranges->most_slots)
        ranges->most_slots = range->slots;
    bytes_append(&ranges->ranges, range, sizeof *range);
    ranges->count++;
}

enum status gram_ranges_cut(struct gram_ranges *ranges, const struct gram_articles *articles,
                            uint64_t slots, uint32_t most_articles)
{
    struct gram_range range = {0};
    *ranges = (struct gram_ranges){0};
    for (uint32_t doc = 0; doc < articles->count; doc++) {
        uint64_t more = gram_article_slots(articles, doc);
        uint32_t held = doc - range.first_doc;
        if (held && (range.slots + more > slots || held == most_articles)) {
            end_range(ranges, &range);
            range =
                (struct gram_range){.first_doc = doc, .first_slot = range.first_slot + range.slots};
        }
        range.slots += more;
        range.end_doc = doc + 1;
    }
    if (range.slots)
        end_range(ranges, &range);
    return ranges->ranges.status;
}

void gram_ranges_release(struct gram_ranges *ranges)
{
    bytes_release(&ranges->ranges);
}

enum status gram_places_open(struct gram_places *places, const struct gram_articles *articles,
                             const struct gram_ranges *ranges)
{
    size_t steps = (size_t)ranges->most_slots / GRAM_PLACES_STEP + 1;
    *places = (struct gram_places){.articles = articles};
    places->starts = memory_allocate(((size_t)ranges->most_articles + 1) * sizeof *places->starts);
    places->article_at = memory_allocate(steps * sizeof *places->article_at);
    return places->starts && places->article_at ? STATUS_OK : STATUS_NO_MEMORY;
}

void gram_places_fill(struct gram_places *places, const struct gram_range *range)
{
    uint64_t slot = 0, step = 0;
    places->range = range;
    for (uint32_t doc = range->first_doc; doc < range->end_doc; doc++) {
        places->starts[doc - range->first_doc] = (uint32_t)slot;
        slot += gram_article_slots(places->articles, doc);
        for (; step * GRAM_PLACES_STEP < slot; step++)
            places->article_at[step] = (uint16_t)(doc - range->first_doc);
    }
    places->starts[range->end_doc - range->first_doc] = (uint32_t)slot;
}

void gram_places_release(struct gram_places *places)
{
    memory_free(places->starts);
    memory_free(places->article_at);
    places->starts = NULL;
    places->article_at = NULL;
}
