#include "build/gram_level.h"

#include "base/memory.h"
#include "build/gram_sort.h"

enum { TABLE_BITS_LEAST = 4, TABLE_BITS_MOST = 31 };

void gram_level_add(struct gram_level *level, const uint32_t *terms, uint64_t cf, uint32_t first,
                    uint32_t second)
{
    uint64_t pair = (uint64_t)first << 32 | second;
    uint32_t held = (uint32_t)cf;
    bytes_append(&level->terms, terms, level->length * sizeof *terms);
    bytes_append(&level->cfs, &held, sizeof held);
    bytes_append(&level->pairs, &pair, sizeof pair);
    level->count++;
}

static void enter(struct gram_level *level, uint32_t number, uint64_t pair)
{
    uint64_t hash = gram_level_hash(pair), bit = hash >> (64 - level->filter_bits);
    uint32_t mask = ((uint32_t)1 << level->table_bits) - 1, at = (uint32_t)hash & mask;
    while (level->table[at])
        at = (at + 1) & mask;
    level->table[at] = number;
    level->filter[bit / 64] |= (uint64_t)1 << bit % 64;
}

enum status gram_level_end(struct gram_level *level)
{
    if (level->terms.status || level->cfs.status || level->pairs.status)
        return STATUS_NO_MEMORY;
    level->table_bits = gram_bits(level->count) + 1;
    if (level->table_bits < TABLE_BITS_LEAST)
        level->table_bits = TABLE_BITS_LEAST;
    if (level->table_bits > TABLE_BITS_MOST)
        return STATUS_LIMIT;
    level->filter_bits = level->table_bits + GRAM_LEVEL_FILTER;
    level->table = memory_allocate_zeroed((size_t)1 << level->table_bits, sizeof *level->table);
    level->filter = memory_allocate_zeroed(((size_t)1 << level->filter_bits) / 64 + 1, 8);
    if (!level->table || !level->filter)
        return STATUS_NO_MEMORY;
    const uint64_t *pairs = (const uint64_t *)(const void *)level->pairs.data;
    for (uint32_t i = 0; i < level->count; i++)
        enter(level, i + 1, pairs[i]);
    return STATUS_OK;
}

void gram_level_release(struct gram_level *level)
{
    bytes_release(&level->terms);
    bytes_release(&level->cfs);
    bytes_release(&level->pairs);
    memory_free(level->table);
    memory_free(level->filter);
    level->table = NULL;
    level->filter = NULL;
    level->count = 0;
}
