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

/* One wide multiplication, its halves folded, as wyhash does. */
static inline uint64_t copy_key_hash(struct slice word, const struct short_key *key)
{
    if (word.size > SHORT_KEY_BYTES)
        return hash_bytes(word.data, word.size);
    unsigned __int128 product =
        (unsigned __int128)(key->low ^ 0xA0761D6478BD642Fu) * (key->high ^ 0xE7037ED1A0B428DBu);
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t copy_word_hash(struct slice word)
{
    struct short_key key = {0};
    if (word.size <= SHORT_KEY_BYTES)
        short_key_pack(word, &key.low, &key.high);
    return copy_key_hash(word, &key);
}

static inline uint64_t copy_turn(uint64_t hash, unsigned bits)
{
    return hash << bits | hash >> (64 - bits);
}

/* Takes the hash of the next word. Whether a run ends with it; its hash is roll->hash then. */
static inline bool copy_roll_word(struct copy_roll *roll, uint64_t hash)
{
    enum { BITS = 11 };
    roll->hash =
        copy_turn(roll->hash, BITS) ^ hash ^ copy_turn(roll->words[roll->at], BITS * COPY_WORDS);
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
