/* A stretch of a stored body around some words, and where each of its words stands. */
#ifndef VERBATIM_SEARCH_REGION_H
#define VERBATIM_SEARCH_REGION_H

#include "base/bytes.h"
#include "match/budget.h"
#include "store/documents_read.h"
#include "text/analyzer.h"

/* On either side of what is wanted, where the body has them, in code points. */
enum { REGION_CONTEXT_CHARS = 256 };

struct region_word {
    size_t start, end; /* in text */
};

struct region { /* one thread; release when done; reusable */
    struct bytes text;
    struct bytes words;   /* struct region_word; the first one's position is `position`. Words far
                             in front may be left out */
    struct bytes joining; /* room to work in */
    uint32_t position;
    bool first, last; /* words[0] is the body's first; text ends with the body */
    bool whole;       /* words holds text's last; else REGION_CONTEXT_CHARS more than is wanted */
};

/* Reads what holds the words at positions [from, to), or where those are none, the body's
 * beginning: from is its first position then. STATUS_NOT_FOUND where the article has no body;
 * STATUS_CORRUPT where it has not these words; the budget's status. */
enum status region_read(struct region *region, struct documents *documents, uint32_t doc,
                        uint32_t from, uint32_t to, struct analyzer *analyzer,
                        struct match_budget *budget);
void region_release(struct region *region); /* a zeroed one is allowed */

static inline const struct region_word *region_words(const struct region *region)
{
    return (const struct region_word *)(const void *)region->words.data;
}

static inline size_t region_word_count(const struct region *region)
{
    return region->words.size / sizeof(struct region_word);
}

#endif
