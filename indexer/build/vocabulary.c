#include "build/vocabulary.h"

#include <stdlib.h>

#include "base/endian.h"
#include "base/hash.h"
#include "base/memory.h"

enum { TEXT_BYTES_AN_ENTRY = 12, SLOTS_AN_ENTRY = 2 };

/* Entries are sized so that entries, text and slots together take the memory. */
bool vocabulary_init(struct vocabulary *v, size_t memory)
{
    size_t each = sizeof *v->entries + TEXT_BYTES_AN_ENTRY + SLOTS_AN_ENTRY * sizeof *v->slots;
    uint32_t slots = 1024;
    while ((size_t)slots * 2 / SLOTS_AN_ENTRY * each <= memory && slots < 1u << 30)
        slots *= 2;
    *v = (struct vocabulary){.mask = slots - 1, .key = hash_process_key()};
    v->capacity = slots / SLOTS_AN_ENTRY;
    v->text_capacity = (size_t)v->capacity * TEXT_BYTES_AN_ENTRY;
    if (v->text_capacity < 64 * 1024)
        v->text_capacity = 64 * 1024;
    v->entries = memory_allocate(v->capacity * sizeof *v->entries);
    v->slots = memory_allocate_zeroed(slots, sizeof *v->slots);
    v->text = memory_allocate(v->text_capacity);
    return v->entries && v->slots && v->text;
}

void vocabulary_clear(struct vocabulary *v)
{
    memset(v->slots, 0, ((size_t)v->mask + 1) * sizeof *v->slots);
    v->count = 0;
    v->text_size = 0;
}

void vocabulary_release(struct vocabulary *v)
{
    memory_free(v->entries);
    memory_free(v->slots);
    memory_free(v->text);
    *v = (struct vocabulary){0};
}

static uint64_t prefix_of(struct slice key)
{
    uint8_t first[8] = {0};
    memcpy(first, key.data, key.size < 8 ? key.size : 8);
    return __builtin_bswap64(load_le64(first));
}

static uint32_t add(struct vocabulary *v, struct slice key, uint32_t hash, uint32_t slot)
{
    if (v->count == v->capacity || key.size > v->text_capacity - v->text_size)
        return VOCABULARY_NONE;
    uint32_t number = v->count++;
    v->entries[number] = (struct vocabulary_entry){
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

uint32_t vocabulary_number(struct vocabulary *v, struct slice key)
{
    uint64_t wide = hash_keyed(key.data, key.size, v->key);
    uint32_t hash = (uint32_t)(wide >> 32);
    uint32_t slot = (uint32_t)wide & v->mask;
    for (; v->slots[slot]; slot = (slot + 1) & v->mask) {
        uint32_t number = v->slots[slot] - 1;
        if (v->entries[number].hash == hash && slice_equal(vocabulary_key(v, number), key))
            return number;
    }
    return add(v, key, hash, slot);
}

static int compare_numbers(const void *a, const void *b, void *context)
{
    const struct vocabulary *v = context;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    uint64_t p = v->entries[x].prefix, q = v->entries[y].prefix;
    if (p != q)
        return p < q ? -1 : 1;
    return slice_compare(vocabulary_key(v, x), vocabulary_key(v, y));
}

void vocabulary_sort(const struct vocabulary *v, uint32_t *numbers)
{
    for (uint32_t i = 0; i < v->count; i++)
        numbers[i] = i;
    qsort_r(numbers, v->count, sizeof *numbers, compare_numbers, (void *)(uintptr_t)v);
}
