/* The different keys of a stretch, numbered in the order in which they came, and counted.
 *
 * A hash table of fixed size, keyed by the process so that no text can be written to fill one slot.
 * A key of up to 15 bytes lies in its slot, so most occurrences touch one line of the cache. */
#ifndef VERBATIM_BUILD_TERM_TABLE_H
#define VERBATIM_BUILD_TERM_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct term_slot {
    uint64_t low, high; /* the key and its size; a longer one: its beginning and a hash */
    uint32_t number;    /* + 1; 0: the slot is free */
    uint32_t count;     /* occurrences */
};

struct term_entry {
    uint64_t prefix; /* the key's first 8 bytes as a big-endian number: decides most comparisons */
    uint32_t text;   /* where the key begins in the text */
    uint32_t size;   /* of the key, bytes */
    uint32_t slot;
};

struct term_table {
    struct term_entry *entries;
    uint32_t count, capacity;
    struct term_slot *slots;
    uint32_t mask;
    uint8_t *text;
    size_t text_size, text_capacity;
    uint64_t key;
};

enum { TERM_TABLE_NONE = 0xFFFFFFFF };

/* A place for about `memory` bytes; false where there is none. */
bool term_table_init(struct term_table *table, size_t memory);
void term_table_clear(struct term_table *table);
void term_table_release(struct term_table *table);

/* Counts an occurrence of the key, of 1 to KEY_MAX_BYTES bytes. Returns its number, new or old;
 * TERM_TABLE_NONE, with nothing counted, where the table is full. */
uint32_t term_table_add(struct term_table *table, struct slice key);

static inline struct slice term_table_key(const struct term_table *table, uint32_t number)
{
    const struct term_entry *entry = &table->entries[number];
    return slice_of(table->text + entry->text, entry->size);
}

/* Occurrences of the key of this number. */
static inline uint32_t term_table_occurrences(const struct term_table *table, uint32_t number)
{
    return table->slots[table->entries[number].slot].count;
}

/* The numbers in bytewise order of their keys, into a place for `count` of them. */
void term_table_sort(const struct term_table *table, uint32_t *numbers);

#endif
