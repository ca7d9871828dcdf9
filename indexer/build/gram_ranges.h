/* Where the words of each article lie when a range of articles is laid out word by word again.
 *
 * An article has a slot for each word: the title's, an empty one, the body's, and one or more empty
 * ones; so what stands in two slots side by side stood side by side in the text. */
#ifndef VERBATIM_BUILD_GRAM_RANGES_H
#define VERBATIM_BUILD_GRAM_RANGES_H

#include <stdbool.h>

#include "base/bytes.h"

struct gram_articles { /* all borrowed; any thread reads */
    uint32_t count;
    const uint8_t *norms;
    const uint32_t *title_words;
    const uint32_t *places; /* in the input; NULL: their numbers */
};

/* More than an article has. */
uint64_t gram_article_slots(const struct gram_articles *articles, uint32_t doc);

struct gram_range {
    uint32_t first_doc, end_doc;
    uint64_t first_slot, slots; /* the first among those of all ranges */
};

struct gram_ranges { /* any thread reads; release when done */
    uint32_t count;
    uint32_t most_articles; /* of any range */
    uint64_t most_slots;
    struct bytes ranges; /* struct gram_range */
};

/* Ranges of about so many slots and at most so many articles (2^16 at most), each of one article at
 * least. */
enum status gram_ranges_cut(struct gram_ranges *ranges, const struct gram_articles *articles,
                            uint64_t slots, uint32_t most_articles);
void gram_ranges_release(struct gram_ranges *ranges); /* twice is fine */

static inline const struct gram_range *gram_range(const struct gram_ranges *ranges, uint32_t number)
{
    return (const struct gram_range *)(const void *)ranges->ranges.data + number;
}

enum { GRAM_PLACES_STEP = 64 };

struct gram_places { /* of a range's articles among its slots; one thread's; release when done */
    const struct gram_articles *articles; /* borrowed */
    const struct gram_range *range;       /* likewise; the one at hand */
    uint32_t *starts;                     /* of each article, and where the last ends */
    uint16_t *article_at;                 /* the article of each slot that the step divides */
};

enum status gram_places_open(struct gram_places *places, const struct gram_articles *articles,
                             const struct gram_ranges *ranges);
void gram_places_fill(struct gram_places *places, const struct gram_range *range);
void gram_places_release(struct gram_places *places); /* twice is fine */

/* Which article a slot belongs to, by its number in the range. */
static inline uint32_t gram_places_article(const struct gram_places *places, uint32_t slot)
{
    uint32_t article = places->article_at[slot / GRAM_PLACES_STEP];
    while (places->starts[article + 1] <= slot)
        article++;
    return article;
}

static inline bool gram_places_title(const struct gram_places *places, uint32_t slot,
                                     uint32_t article)
{
    return slot - places->starts[article] <
           places->articles->title_words[places->range->first_doc + article];
}

#endif
