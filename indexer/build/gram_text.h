/* The text of all articles in memory, word by word again, out of the lists of its frequent words:
 * each at its place, with which of its word's articles it stands in. Where all of it has room, a
 * pair is found by looking behind each place of its first word, and nothing need be sorted. */
#ifndef VERBATIM_BUILD_GRAM_TEXT_H
#define VERBATIM_BUILD_GRAM_TEXT_H

#include "build/gram_ranges.h"
#include "build/gram_words.h"
#include "store/postings_read.h"

/* Articles are counted by regions of 2^rank_bits, so that a place holds both numbers. */
struct gram_text {                   /* zeroed, then opened; release when done */
    const struct snapshot *snapshot; /* borrowed, as the next two */
    const struct gram_words *words;
    const struct gram_articles *articles;
    size_t mapped_bytes; /* of lists that may stay mapped while one thread reads */
    unsigned rank_bits;
    size_t slot_count;
    uint32_t *starts; /* the first slot of each article, and behind the last */
    uint32_t *slots;  /* the word · 2^rank_bits + the number of the article in the region among the
                         word's; 0 where no frequent word stands; one more behind */
    uint32_t *bases;  /* of each region, of each word from 0 on: its articles before the region */
};

/* What the texts of so many articles take, but for bases; SIZE_MAX where they are too long. */
size_t gram_text_bytes(const struct gram_articles *articles);
size_t gram_text_bases_bytes(const struct gram_words *words);
/* Empty; the borrowed ones and mapped_bytes are set before. */
enum status gram_text_open(struct gram_text *text);
void gram_text_release(struct gram_text *text); /* twice is fine */

static inline uint32_t *gram_text_bases(const struct gram_text *text, uint32_t doc)
{
    return text->bases + (size_t)(doc >> text->rank_bits) * ((size_t)text->words->count + 1);
}

/* --- A word's places ---------------------------------------------------------------------------*/

struct gram_walk { /* one thread's; zeroed; reusable; release when done */
    const struct gram_text *text;
    struct postings postings; /* the block at hand, with tfs */
    uint32_t nth;             /* of its first article in the word's list */
    uint32_t *slots;          /* of all its occurrences, in their order */
    struct bytes values;      /* the same */
    struct bytes owners;      /* uint8_t: the place in the block of each one's article */
    uint64_t seen;            /* bytes of lists since what is mapped was forgotten */
    enum status status;
};

void gram_walk_begin(struct gram_walk *walk, const struct gram_text *text, uint32_t word);
/* The next block; false at the end or with a bad status. Slots, or with `behind` those behind them,
 * are on their way from memory. */
bool gram_walk_next(struct gram_walk *walk, bool behind);

/* The occurrences of the block at hand. */
static inline size_t gram_walk_count(const struct gram_walk *walk)
{
    return walk->values.size / sizeof *walk->slots;
}

void gram_walk_end(struct gram_walk *walk);
void gram_walk_release(struct gram_walk *walk); /* twice is fine */

/* Puts a word into its slots. Any thread, but each word once. */
enum status gram_text_put(struct gram_text *text, struct gram_walk *walk, uint32_t word);

#endif
