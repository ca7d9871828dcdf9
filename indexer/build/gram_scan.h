/* A range of articles word by word again, out of the lists of its frequent words. */
#ifndef VERBATIM_BUILD_GRAM_SCAN_H
#define VERBATIM_BUILD_GRAM_SCAN_H

#include "build/gram_ranges.h"
#include "build/gram_words.h"
#include "store/postings_read.h"

struct gram_spot {
    uint32_t slot;
    uint32_t article; /* 2 × its number in the range + whether the slot is in its title */
};

struct gram_scan {                   /* one thread's; reusable; release when done */
    const struct snapshot *snapshot; /* borrowed, as the next */
    const struct gram_words *words;
    size_t mapped_bytes; /* of lists that may stay mapped */
    unsigned rank_bits;  /* the low bits of a slot: which of its word's articles in the
                            range it belongs to; above them stands the word */

    struct gram_places places; /* of the range at hand, as all below */
    uint32_t *slots;           /* see below, 0 where there is no frequent word; one more behind */
    struct gram_spot *hits;    /* where each word stands, word by word, in the order of the text */
    uint32_t *ends;            /* where those of each word end */
    uint32_t *bases;           /* articles of each word before the range */
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
