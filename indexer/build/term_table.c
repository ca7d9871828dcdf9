#include "build/term_table.h"

#include <stdlib.h>

#include "base/endian.h"
#include "base/hash.h"
#include "base/memory.h"

enum {
    TEXT_BYTES_AN_ENTRY = 12,
    SLOTS_AN_ENTRY = 2,
    SHORT_BYTES = 15, /* keys up to this size lie in their slot */
    LONG_MARK = 0xFF, /* stands where a short key has its size */
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
    t->entries = memory_allocate(t->capacity * sizeof *t->entries);
    t->slots = memory_allocate_zeroed(slots, sizeof *t->slots);
    t->text = memory_allocate(t->text_capacity);
    return t->entries && t->slots && t->text;
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

/* The bytes of a key of at most 15 as two numbers, its size in the highest byte: loads that overlap
 * instead of a loop. */
static void pack_short(struct slice key, uint64_t *low, uint64_t *high)
{
    const uint8_t *at = (const uint8_t *)key.data;
    size_t n = key.size;
    *high = (uint64_t)n << 56;
    if (n >= 8) {
        *low = load_le64(at);
        *high |= n > 8 ? load_le64(at + n - 8) >> (8 * (16 - n)) : 0;
    } else if (n >= 4) {
        *low = load_le32(at) | (uint64_t)load_le32(at + n - 4) << (8 * (n - 4));
    } else {
        *low = at[0] | (uint64_t)at[n / 2] << (8 * (n / 2)) | (uint64_t)at[n - 1] << (8 * (n - 1));
    }
}

/* One wide multiplication, its halves folded, as wyhash does. */
static uint64_t mix(uint64_t low, uint64_t high, uint64_t key)
{
    unsigned __int128 product =
        (unsigned __int128)(low ^ key) * (high ^ 0x9E3779B97F4A7C15u ^ key >> 32);
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t pack(const struct term_table *t, struct slice key, uint64_t *low, uint64_t *high)
{
    if (key.size <= SHORT_BYTES) {
        pack_short(key, low, high);
        return mix(*low, *high, t->key);
    }
    uint64_t hash = hash_keyed(key.data, key.size, t->key);
    *low = load_le64(key.data);
    *high = hash >> 8 | (uint64_t)LONG_MARK << 56;
    return hash;
}

static uint64_t prefix_of(struct slice key)
{
    uint8_t first[8] = {0};
    memcpy(first, key.data, key.size < 8 ? key.size : 8);
    return __builtin_bswap64(load_le64(first));
}

static uint32_t add_new(struct term_table *t, struct slice key, struct term_slot *slot)
{
    if (t->count == t->capacity || key.size > t->text_capacity - t->text_size)
        return TERM_TABLE_NONE;
    uint32_t number = t->count++;
    t->entries[number] = (struct term_entry){
        .prefix = prefix_of(key),
        .text = (uint32_t)t->text_size,
        .size = (uint32_t)key.size,
        .slot = (uint32_t)(slot - t->slots),
    };
    memcpy(t->text + t->text_size, key.data, key.size);
    t->text_size += key.size;
    slot->number = number + 1;
    slot->count = 1;
    return number;
}

uint32_t term_table_add(struct term_table *t, struct slice key)
{
    uint64_t low, high;
    uint32_t at = (uint32_t)(pack(t, key, &low, &high) & t->mask);
    struct term_slot *slot = &t->slots[at];
    for (; slot->number; slot = &t->slots[at = (at + 1) & t->mask]) {
        if (slot->low != low || slot->high != high)
            continue;
        uint32_t number = slot->number - 1;
        if (key.size > SHORT_BYTES && !slice_equal(term_table_key(t, number), key))
            continue;
        slot->count++;
        return number;
    }
    slot->low = low;
    slot->high = high;
    return add_new(t, key, slot);
}

static int compare_numbers(const void *a, const void *b, void *context)
{
    const struct term_table *t = context;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    uint64_t p = t->entries[x].prefix, q = t->entries[y].prefix;
    if (p != q)
        return p < q ? -1 : 1;
    return slice_compare(term_table_key(t, x), term_table_key(t, y));
}

void term_table_sort(const struct term_table *t, uint32_t *numbers)
{
    for (uint32_t i = 0; i < t->count; i++)
        numbers[i] = i;
    qsort_r(numbers, t->count, sizeof *numbers, compare_numbers, (void *)(uintptr_t)t);
}
