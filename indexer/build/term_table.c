#include "build/term_table.h"

#include <stdlib.h>

#include "base/endian.h"
#include "base/hash.h"
#include "base/memory.h"

enum { TEXT_BYTES_AN_ENTRY = 12, SLOTS_AN_ENTRY = 2 };

/* Entries are sized so that entries, text and slots together take the memory. */
bool term_table_init(struct term_table *v, size_t memory)
{
    size_t each = sizeof *v->entries + TEXT_BYTES_AN_ENTRY + SLOTS_AN_ENTRY * sizeof *v->slots;
    uint32_t slots = 1024;
    while ((size_t)slots * 2 / SLOTS_AN_ENTRY * each <= memory && slots < 1u << 30)
        slots *= 2;
    *v = (struct term_table){.mask = slots - 1, .key = hash_process_key()};
    v->capacity = slots / SLOTS_AN_ENTRY;
    v->text_capacity = (size_t)v->capacity * TEXT_BYTES_AN_ENTRY;
    if (v->text_capacity < 64 * 1024)
        v->text_capacity = 64 * 1024;
    v->entries = memory_allocate(v->capacity * sizeof *v->entries);
    v->slots = memory_allocate_zeroed(slots, sizeof *v->slots);
    v->text = memory_allocate(v->text_capacity);
    return v->entries && v->slots && v->text;
}

void term_table_clear(struct term_table *v)
{
    memset(v->slots, 0, ((size_t)v->mask + 1) * sizeof *v->slots);
    v->count = 0;
    v->text_size = 0;
}

void term_table_release(struct term_table *v)
{
    memory_free(v->entries);
    memory_free(v->slots);
    memory_free(v->text);
    *v = (struct term_table){0};
}

static uint64_t prefix_of(struct slice key)
{
    uint8_t first[8] = {0};
    memcpy(first, key.data, key.size < 8 ? key.size : 8);
    return __builtin_bswap64(load_le64(first));
}

static uint32_t add(struct term_table *v, struct slice key, uint32_t hash, uint32_t slot)
{
    if (v->count == v->capacity || key.size > v->text_capacity - v->text_size)
        return TERM_TABLE_NONE;
    uint32_t number = v->count++;
    v->entries[number] = (struct term_table_entry){
        .prefix = prefix_of(key),
        .text = (uint32_t)v->text_size,
        .size = (uint32_t)key.size,
        .hash = hash,
    };
    memcpy(v->text + v->text_size, key.data, key.size);
    v->text_size += key.size;
    v->slots[slot] = number + 1;
    return number;
}

uint32_t term_table_number(struct term_table *v, struct slice key)
{
    uint64_t wide = hash_keyed(key.data, key.size, v->key);
    uint32_t hash = (uint32_t)(wide >> 32);
    uint32_t slot = (uint32_t)wide & v->mask;
    for (; v->slots[slot]; slot = (slot + 1) & v->mask) {
        uint32_t number = v->slots[slot] - 1;
        if (v->entries[number].hash == hash && slice_equal(term_table_key(v, number), key))
            return number;
    }
    return add(v, key, hash, slot);
}

static int compare_numbers(const void *a, const void *b, void *context)
{
    const struct term_table *v = context;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    uint64_t p = v->entries[x].prefix, q = v->entries[y].prefix;
    if (p != q)
        return p < q ? -1 : 1;
    return slice_compare(term_table_key(v, x), term_table_key(v, y));
}

void term_table_sort(const struct term_table *v, uint32_t *numbers)
{
    for (uint32_t i = 0; i < v->count; i++)
        numbers[i] = i;
    qsort_r(numbers, v->count, sizeof *numbers, compare_numbers, (void *)(uintptr_t)v);
}
