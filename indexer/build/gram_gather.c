#include "build/gram_gather.h"

#include "base/memory.h"

enum status gram_gather_open(struct gram_gather *gather, uint32_t keys)
{
    if (gather->keys == keys)
        return STATUS_OK;
    gram_gather_release(gather);
    gather->buckets = memory_allocate_zeroed(keys, sizeof *gather->buckets);
    gather->counted = memory_allocate_zeroed(keys / 64 + 1, sizeof *gather->counted);
    gather->words = memory_allocate_zeroed(keys / 4096 + 1, sizeof *gather->words);
    if (!gather->buckets || !gather->counted || !gather->words)
        return STATUS_NO_MEMORY;
    gather->keys = keys;
    return STATUS_OK;
}

void gram_gather_release(struct gram_gather *gather)
{
    memory_free(gather->buckets);
    memory_free(gather->counted);
    memory_free(gather->words);
    bytes_release(&gather->articles);
    *gather = (struct gram_gather){0};
}

/* The first key with hits that is no less; keys where there is none. */
static uint32_t next_key(const struct gram_gather *gather, uint32_t key)
{
    uint32_t word = key / 64, last = gather->keys / 4096;
    if (key >= gather->keys)
        return gather->keys;
    uint64_t bits = gather->counted[word] >> key % 64;
    if (bits)
        return key + (uint32_t)__builtin_ctzll(bits);
    word++;
    uint32_t group = word / 64;
    bits = group <= last ? gather->words[group] >> word % 64 << word % 64 : 0;
    while (bits == 0 && ++group <= last)
        bits = gather->words[group];
    if (bits == 0)
        return gather->keys;
    word = group * 64 + (uint32_t)__builtin_ctzll(bits);
    return word * 64 + (uint32_t)__builtin_ctzll(gather->counted[word]);
}

/* In front of each key's articles is one that is nobody's. */
enum status gram_gather_lay(struct gram_gather *gather)
{
    uint64_t sum = 0;
    for (uint32_t key = next_key(gather, 0); key < gather->keys; key = next_key(gather, key + 1)) {
        gather->buckets[key].at = (uint32_t)sum;
        sum += (uint64_t)gather->buckets[key].count + 1;
    }
    if (sum > UINT32_MAX)
        return STATUS_LIMIT;
    bytes_clear(&gather->articles);
    if (!bytes_reserve(&gather->articles, (size_t)sum * sizeof(struct gram_article)))
        return gather->articles.status;
    struct gram_article *articles = (struct gram_article *)(void *)gather->articles.data;
    for (uint32_t key = next_key(gather, 0); key < gather->keys; key = next_key(gather, key + 1))
        articles[gather->buckets[key].at].doc = UINT32_MAX;
    gather->next = gather->behind = 0;
    return STATUS_OK;
}

uint32_t gram_gather_next(struct gram_gather *gather, uint32_t *key,
                          const struct gram_article **articles)
{
    uint32_t found = next_key(gather, gather->next);
    gather->next = found;
    if (found == gather->keys)
        return 0;
    struct gram_bucket *bucket = &gather->buckets[found];
    uint32_t first = gather->behind + 1, count = bucket->at + 1 - first;
    *key = found;
    *articles = (const struct gram_article *)(const void *)gather->articles.data + first;
    gather->behind += bucket->count + 1;
    bucket->count = 0;
    gather->counted[found / 64] &= ~((uint64_t)1 << found % 64);
    if (gather->counted[found / 64] == 0)
        gather->words[found / 4096] &= ~((uint64_t)1 << found / 64 % 64);
    return count;
}
