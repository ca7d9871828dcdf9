/* The different keys of a stretch, numbered in the order in which they came, and counted.
 *
 * A hash table of fixed size, keyed by the process so that no text can be written to fill one slot.
 * A key of up to 15 bytes lies in its slot, so most occurrences touch one line of the cache; where
 * that is can be told some occurrences ahead. */
#ifndef VERBATIM_BUILD_TERM_TABLE_H
#define VERBATIM_BUILD_TERM_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "build/short_key.h"

struct term_slot {      /* half a line of the cache */
    uint64_t low, high; /* the key and its size; a longer one: its beginning and a hash */
    uint32_t number;    /* + 1; 0: the slot is free */
    uint32_t count;     /* occurrences */
    uint32_t text;      /* where the key begins in the text */
    uint32_t size;      /* of the key, bytes */
};

struct term_entry {
    uint64_t prefix; /* the key's first 8 bytes as a big-endian number: decides most comparisons */
    uint32_t slot;
    uint32_t number;
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

/* A key on its way to its slot. */
struct term_probe {
    struct slice key;
    uint64_t low, high; /* as in a slot */
    uint32_t at;        /* the slot that is looked at first */
};

/* Of a key of 1 to KEY_MAX_BYTES bytes, borrowed as long as the probe is used. Asks the memory for
 * the slot, so that some other probes between this and term_table_count cost no waiting. */
void term_table_probe(const struct term_table *table, struct slice key, struct term_probe *probe);
/* Counts an occurrence of the key. Returns its number, new or old; TERM_TABLE_NONE, with nothing
 * counted, where the table is full. */
uint32_t term_table_count(struct term_table *table, const struct term_probe *probe);
/* Both in one. */
uint32_t term_table_add(struct term_table *table, struct slice key);

/* One wide multiplication, its halves folded, as wyhash does. */
static inline uint64_t term_table_mix(uint64_t low, uint64_t high, uint64_t key)
{
    unsigned __int128 product =
        (unsigned __int128)(low ^ key) * (high ^ 0x9E3779B97F4A7C15u ^ key >> 32);
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Where a short key is looked at first. */
static inline uint32_t term_table_place(const struct term_table *table, struct short_key key)
{
    return (uint32_t)(term_table_mix(key.low, key.high, table->key) & table->mask);
}

/* The slot of a short key that was packed, or a free one where it is new. */
static inline struct term_slot *term_table_look(const struct term_table *table, uint32_t place,
                                                struct short_key key)
{
    struct term_slot *slot = &table->slots[place];
    while (slot->number && (slot->low != key.low || slot->high != key.high))
        slot = &table->slots[place = (place + 1) & table->mask];
    return slot;
}

static inline const struct term_slot *term_table_slot(const struct term_table *table,
                                                      uint32_t number)
{
    return &table->slots[table->entries[number].slot];
}

static inline struct slice term_table_key(const struct term_table *table, uint32_t number)
{
    const struct term_slot *slot = term_table_slot(table, number);
    return slice_of(table->text + slot->text, slot->size);
}

/* Occurrences of the key of this number. */
static inline uint32_t term_table_occurrences(const struct term_table *table, uint32_t number)
{
    return term_table_slot(table, number)->count;
}

/* Puts the entries into the bytewise order of their keys, by way of `scratch`, which has room for
 * `count` entries: each tells its number, but is no longer found by it, so that nothing but
 * term_table_clear and what follows may be asked. */
void term_table_sort(struct term_table *table, struct term_entry *scratch);
static inline const struct term_slot *term_table_sorted(const struct term_table *table, uint32_t at)
{
    return &table->slots[table->entries[at].slot];
}

#endif
