/* The different keys of a stretch, numbered in the order in which they came.
 *
 * A hash table of fixed size, keyed by the process so that no text can be written to fill one slot.
 */
#ifndef VERBATIM_BUILD_TERM_TABLE_H
#define VERBATIM_BUILD_TERM_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct term_table_entry {
    uint64_t prefix; /* the key's first 8 bytes as a big-endian number: decides most comparisons */
    uint32_t text;   /* where the key begins in the text */
    uint32_t size;   /* of the key, bytes */
    uint32_t hash;
    uint32_t count; /* occurrences; the holder's to use */
};

struct term_table {
    struct term_table_entry *entries;
    uint32_t count, capacity;
    uint32_t *slots; /* number + 1; 0 is free */
    uint32_t mask;
    uint8_t *text;
    size_t text_size, text_capacity;
    uint64_t key;
};

enum { TERM_TABLE_NONE = 0xFFFFFFFF };

/* A place for about `memory` bytes; false where there is none. */
bool term_table_init(struct term_table *term_table, size_t memory);
void term_table_clear(struct term_table *term_table);
void term_table_release(struct term_table *term_table);

/* The key's number, new or old; TERM_TABLE_NONE where the table is full. */
uint32_t term_table_number(struct term_table *term_table, struct slice key);

static inline struct slice term_table_key(const struct term_table *term_table, uint32_t number)
{
    const struct term_table_entry *entry = &term_table->entries[number];
    return slice_of(term_table->text + entry->text, entry->size);
}

/* The numbers in bytewise order of their keys, into a place for `count` of them. */
void term_table_sort(const struct term_table *term_table, uint32_t *numbers);

#endif
