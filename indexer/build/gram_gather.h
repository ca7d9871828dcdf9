/* The occurrences of grams of one first half, brought together by the second: counted first, then
 * put where each one's lie, article by article. A counting sort that looks at no key twice that did
 * not occur. */
#ifndef VERBATIM_BUILD_GRAM_GATHER_H
#define VERBATIM_BUILD_GRAM_GATHER_H

#include <stdbool.h>

#include "base/bytes.h"
#include "store/gram_article.h"

struct gram_bucket {
    uint32_t count; /* hits; 0 but between counting and gram_gather_next */
    uint32_t at;    /* the last article so far, among all */
};

struct gram_gather { /* one thread's; zeroed, then opened; release when done */
    uint32_t keys;   /* second halves are less */
    struct gram_bucket *buckets;
    uint64_t *counted; /* a bit a key with hits */
    uint64_t *words;   /* a bit a word of those */
    struct bytes articles;
    uint32_t next, behind; /* no key below has any more; where the articles of the next begin */
};

/* Once more for the same number of keys costs nothing. */
enum status gram_gather_open(struct gram_gather *gather, uint32_t keys);
void gram_gather_release(struct gram_gather *gather); /* twice is fine */

/* First every hit's key, in any order; fewer than 2^31 in all. False where there is no such key. */
static inline bool gram_gather_count(struct gram_gather *gather, uint32_t key)
{
    if (key >= gather->keys)
        return false;
    if (gather->buckets[key].count++ == 0) {
        gather->counted[key / 64] |= (uint64_t)1 << key % 64;
        gather->words[key / 4096] |= (uint64_t)1 << key / 64 % 64;
    }
    return true;
}

/* Then makes room for their articles. */
enum status gram_gather_lay(struct gram_gather *gather);

/* Then the same hits, those of one key in the order of the text. place: 2 × the article or rank +
 * whether it stands in the title. */
static inline void gram_gather_add(struct gram_gather *gather, uint32_t key, uint32_t doc,
                                   uint32_t place)
{
    struct gram_bucket *bucket = &gather->buckets[key];
    struct gram_article *article =
        (struct gram_article *)(void *)gather->articles.data + bucket->at;
    if (article->doc == doc) {
        article->tf++;
        article->title_tf += place % 2;
    } else {
        article[1] = (struct gram_article){place / 2, doc, 1, place % 2};
        bucket->at++;
    }
}

/* Then the articles of each key that has any, keys ascending; 0 behind the last, and the next hits
 * can be counted. */
uint32_t gram_gather_next(struct gram_gather *gather, uint32_t *key,
                          const struct gram_article **articles);

#endif
