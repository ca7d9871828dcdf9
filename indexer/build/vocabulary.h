/* The different keys of a stretch, numbered in the order in which they came.
 *
 * A hash table of fixed size, keyed by the process so that no text can be written to fill one slot.
 */
#ifndef VERBATIM_BUILD_VOCABULARY_H
#define VERBATIM_BUILD_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct vocabulary_entry {
    uint64_t prefix; /* the key's first 8 bytes as a big-endian number: decides most comparisons */
    uint32_t text;   /* where the key begins in the text */
    uint32_t size;   /* of the key, bytes */
    uint32_t hash;
    uint32_t count; /* occurrences; the holder's to use */
};

struct vocabulary {
    struct vocabulary_entry *entries;
    uint32_t count, capacity;
    uint32_t *slots; /* number + 1; 0 is free */
    uint32_t mask;
    uint8_t *text;
    size_t text_size, text_capacity;
    uint64_t key;
};

enum { VOCABULARY_NONE = 0xFFFFFFFF };

/* A place for about `memory` bytes; false where there is none. */
bool vocabulary_init(struct vocabulary *vocabulary, size_t memory);
void vocabulary_clear(struct vocabulary *vocabulary);
void vocabulary_release(struct vocabulary *vocabulary);

/* The key's number, new or old; VOCABULARY_NONE where the table is full. */
uint32_t vocabulary_number(struct vocabulary *vocabulary, struct slice key);

static inline struct slice vocabulary_key(const struct vocabulary *vocabulary, uint32_t number)
{
    const struct vocabulary_entry *entry = &vocabulary->entries[number];
    return slice_of(vocabulary->text + entry->text, entry->size);
}

/* The numbers in bytewise order of their keys, into a place for `count` of them. */
void vocabulary_sort(const struct vocabulary *vocabulary, uint32_t *numbers);

#endif
