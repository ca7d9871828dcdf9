#include "build/term_table.h"

#include <stdlib.h>

#include "base/endian.h"
#include "base/hash.h"
#include "base/memory.h"

enum {
    TEXT_BYTES_AN_ENTRY = 12,
    SLOTS_AN_ENTRY = 2,
    LONG_MARK = 0xFF, /* stands where a short key, which lies in its slot, has its size */
};

/* Entries are sized so that entries, text and slots together take the memory. */
bool term_table_init(struct term_table *t, size_t memory)
{
    size_t each = sizeof *t->entries + TEXT_BYTES_AN_ENTRY + SLOTS_AN_ENTRY * sizeof *t->slots;
    uint32_t slots = 1024;
    while ((size_t)slots * 2 / SLOTS_AN_ENTRY * each <= memory && slots < 1u << 30)
        slots *= 2;
    *t = (struct term_table){.mask = slots - 1, .key = hash_process_key() | 1};
    t->capacity = slots / SLOTS_AN_ENTRY;
    t->text_capacity = (size_t)t->capacity * TEXT_BYTES_AN_ENTRY;
    if (t->text_capacity < 64 * 1024)
        t->text_capacity = 64 * 1024;
    t->entries = memory_allocate_large(t->capacity * sizeof *t->entries);
    t->slots = memory_allocate_large(slots * sizeof *t->slots);
    t->text = memory_allocate_large(t->text_capacity);
    if (!t->entries || !t->slots || !t->text)
        return false;
    term_table_clear(t);
    return true;
}

void term_table_clear(struct term_table *t)
{
    memset(t->slots, 0, ((size_t)t->mask + 1) * sizeof *t->slots);
    t->count = 0;
    t->text_size = 0;
}

void term_table_release(struct term_table *t)
{
    memory_free(t->entries);
    memory_free(t->slots);
    memory_free(t->text);
    *t = (struct term_table){0};
}

void term_table_probe(const struct term_table *t, struct slice key, struct term_probe *probe)
{
    uint64_t hash;
    probe->key = key;
    if (key.size <= SHORT_KEY_BYTES) {
        short_key_pack(key, &probe->low, &probe->high);
        hash = term_table_mix(probe->low, probe->high, t->key);
    } else {
        hash = hash_keyed(key.data, key.size, t->key);
        probe->low = load_le64(key.data);
        probe->high = hash >> 8 | (uint64_t)LONG_MARK << 56;
    }
    probe->at = (uint32_t)(hash & t->mask);
    __builtin_prefetch(&t->slots[probe->at], 1);
}

static uint64_t prefix_of(struct slice key)
{
    uint8_t first[8] = {0};
    memcpy(first, key.data, key.size < 8 ? key.size : 8);
    return __builtin_bswap64(load_le64(first));
}

static uint32_t add_new(struct term_table *t, const struct term_probe *probe,
                        struct term_slot *slot)
{
    struct slice key = probe->key;
    if (t->count == t->capacity || key.size > t->text_capacity - t->text_size)
        return TERM_TABLE_NONE;
    uint32_t number = t->count++;
    t->entries[number] = (struct term_entry){prefix_of(key), (uint32_t)(slot - t->slots), number};
    memcpy(t->text + t->text_size, key.data, key.size);
    *slot = (struct term_slot){
        .low = probe->low,
        .high = probe->high,
        .number = number + 1,
        .count = 1,
        .text = (uint32_t)t->text_size,
        .size = (uint32_t)key.size,
    };
    t->text_size += key.size;
    return number;
}

static bool holds(const struct term_table *t, const struct term_slot *slot,
                  const struct term_probe *probe)
{
    if (slot->low != probe->low || slot->high != probe->high)
        return false;
    return probe->key.size <= SHORT_KEY_BYTES ||
           slice_equal(slice_of(t->text + slot->text, slot->size), probe->key);
}

uint32_t term_table_count(struct term_table *t, const struct term_probe *probe)
{
    uint32_t at = probe->at;
    struct term_slot *slot = &t->slots[at];
    for (; slot->number; slot = &t->slots[at = (at + 1) & t->mask]) {
        if (holds(t, slot, probe)) {
            slot->count++;
            return slot->number - 1;
        }
    }
    return add_new(t, probe, slot);
}

uint32_t term_table_add(struct term_table *t, struct slice key)
{
    struct term_probe probe;
    term_table_probe(t, key, &probe);
    return term_table_count(t, &probe);
}

/* --- Sorting -----------------------------------------------------------------------------------*/

/* One pass of a radix sort: by the byte of the prefix at `shift`. Returns whether anything moved.
 */
static bool sort_by_byte(const struct term_entry *from, struct term_entry *to, uint32_t count,
                         unsigned shift)
{
    uint32_t places[256] = {0}, sum = 0;
    for (uint32_t i = 0; i < count; i++)
        places[from[i].prefix >> shift & 0xFF]++;
    for (int byte = 0; byte < 256; byte++) {
        uint32_t here = places[byte];
        if (here == count)
            return false;
        places[byte] = sum;
        sum += here;
    }
    for (uint32_t i = 0; i < count; i++)
        to[places[from[i].prefix >> shift & 0xFF]++] = from[i];
    return true;
}

static int compare_entries(const void *a, const void *b, void *context)
{
    const struct term_table *t = context;
    const struct term_slot *x = &t->slots[((const struct term_entry *)a)->slot];
    const struct term_slot *y = &t->slots[((const struct term_entry *)b)->slot];
    return slice_compare(slice_of(t->text + x->text, x->size),
                         slice_of(t->text + y->text, y->size));
}

/* Those of one prefix, by all of their keys. */
static void sort_ties(struct term_table *t)
{
    for (uint32_t first = 0, end; first < t->count; first = end) {
        for (end = first + 1; end < t->count; end++)
            if (t->entries[end].prefix != t->entries[first].prefix)
                break;
        if (end - first > 1)
            qsort_r(t->entries + first, end - first, sizeof *t->entries, compare_entries, t);
    }
}

void term_table_sort(struct term_table *t, struct term_entry *scratch)
{
    struct term_entry *from = t->entries, *to = scratch, *other;
    for (unsigned shift = 0; shift < 64; shift += 8) {
        if (!sort_by_byte(from, to, t->count, shift))
            continue;
        other = from;
        from = to;
        to = other;
    }
    if (from != t->entries)
        memcpy(t->entries, from, t->count * sizeof *from);
    sort_ties(t);
}
