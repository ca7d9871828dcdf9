/* Hashes of the runs of COPY_WORDS words of a body: made word by word, and put in order.
 *
 * The hash of a run turns that of each word by its place and adds them bit by bit: Cohen, Recursive
 * hashing functions for n-grams, 1997. It depends on the words alone. */
#ifndef VERBATIM_BUILD_COPY_HASHES_H
#define VERBATIM_BUILD_COPY_HASHES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/hash.h"
#include "build/short_key.h"
#include "store/copy_rule.h"

struct copy_roll { /* zeroed before the first word of a text */
    uint64_t hash;
    uint64_t words[COPY_WORDS]; /* the hashes of the last ones */
    uint32_t count;             /* words so far; stops at COPY_WORDS */
    uint32_t at;                /* in words */
};

/* Wide multiplications, their halves folded, as wyhash does. */
static inline uint64_t copy_word_hash(struct slice word)
{
    uint64_t low, high;
    if (word.size > SHORT_KEY_BYTES)
        return hash_bytes(word.data, word.size);
    short_key_pack(word, &low, &high);
    unsigned __int128 product =
        (unsigned __int128)(low ^ 0xA0761D6478BD642Fu) * (high ^ 0xE7037ED1A0B428DBu);
    low = (uint64_t)product ^ (uint64_t)(product >> 64);
    product = (unsigned __int128)(low ^ 0x8EBC6AF09C88C6E3u) * 0x589965CC75374CC3u;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t copy_turn(uint64_t hash, unsigned bits)
{
    return hash << bits | hash >> (64 - bits);
}

/* Takes the next word. Whether a run ends with it; its hash is roll->hash then. */
static inline bool copy_roll_word(struct copy_roll *roll, struct slice word)
{
    enum { BITS = 11 };
    uint64_t hash = copy_word_hash(word);
    roll->hash = copy_turn(roll->hash, BITS) ^ hash ^
                 copy_turn(roll->words[roll->at], BITS * COPY_WORDS);
    roll->words[roll->at] = hash;
    roll->at = roll->at + 1 == COPY_WORDS ? 0 : roll->at + 1;
    if (roll->count < COPY_WORDS)
        roll->count++;
    return roll->count == COPY_WORDS;
}

/* Puts an array of uint64_t into the order of their higher halves and drops those that stand beside
 * an equal one; by way of spare. */
void copy_hashes_sort(struct bytes *hashes, struct bytes *spare);

#endif
