/* A range of articles word by word again, out of the lists of its frequent words. */
#ifndef VERBATIM_BUILD_GRAM_SCAN_H
#define VERBATIM_BUILD_GRAM_SCAN_H

#include "build/gram_ranges.h"
#include "build/gram_words.h"
#include "store/postings_read.h"

struct gram_scan {                   /* one thread's; reusable; release when done */
    const struct snapshot *snapshot; /* borrowed, as the next */
    const struct gram_words *words;
    size_t mapped_bytes;             /* of lists that may stay mapped */

    struct gram_places places;       /* of the range at hand, as all below */
    uint32_t *slots;                 /* the frequent word in each, or 0; one more behind */
    uint16_t *ranks;                 /* of the slot's article among the range's of its word */
    uint32_t *hits, *ends;           /* slots, word by word; where each word's end in hits */
    uint32_t *bases;                 /* articles of each word before the range */
    struct bytes values;
    struct postings postings;
    enum status status;
};

/* The borrowed ones and mapped_bytes are set before. */
enum status gram_scan_open(struct gram_scan *scan, const struct gram_articles *articles,
                           const struct gram_ranges *ranges);
/* Fills everything above for a range. */
enum status gram_scan_read(struct gram_scan *scan, const struct gram_range *range);
void gram_scan_release(struct gram_scan *scan); /* twice is fine */

#endif
