#include "store/block_cache.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/memory.h"

enum {
    SHARDS = 16,
    BUCKET_BYTES = 2048, /* of a shard for each of its buckets */
    LARGEST_PART = 8,    /* no block takes more than this part of a shard */
};

struct kept_block {
    struct kept_block *in_bucket;     /* the next */
    struct kept_block *newer, *older; /* in a ring through the shard's own */
    atomic_uint holders;              /* the shard, while it keeps it, and whom it is lent to */
    uint64_t key;
    size_t size;
    uint8_t data[];
};

struct shard {
    pthread_mutex_t lock; /* over all below */
    struct kept_block **buckets;
    struct kept_block ring; /* ring.older is the newest */
    size_t bytes;
    uint64_t hits, misses;
};

struct block_cache {
    size_t shard_bytes, bucket_mask;
    struct shard shards[SHARDS];
};

struct block_cache *block_cache_open(size_t bytes)
{
    struct block_cache *cache = memory_allocate_zeroed(1, sizeof *cache);
    size_t buckets = 1;
    bool whole = cache != NULL;
    if (!cache)
        return NULL;
    cache->shard_bytes = bytes / SHARDS;
    while (buckets < cache->shard_bytes / BUCKET_BYTES)
        buckets *= 2;
    cache->bucket_mask = buckets - 1;
    for (int i = 0; i < SHARDS; i++) {
        struct shard *shard = &cache->shards[i];
        pthread_mutex_init(&shard->lock, NULL);
        shard->buckets = memory_allocate_zeroed(buckets, sizeof(struct kept_block *));
        shard->ring.newer = shard->ring.older = &shard->ring;
        whole = whole && shard->buckets;
    }
    if (whole)
        return cache;
    block_cache_close(cache);
    return NULL;
}

void block_cache_give_back(struct kept_block *block)
{
    if (block && atomic_fetch_sub_explicit(&block->holders, 1, memory_order_acq_rel) == 1)
        memory_free(block);
}

void block_cache_close(struct block_cache *cache)
{
    if (!cache)
        return;
    for (int i = 0; i < SHARDS; i++) {
        struct shard *shard = &cache->shards[i];
        struct kept_block *next;
        for (struct kept_block *kept = shard->ring.older; kept != &shard->ring; kept = next) {
            next = kept->older;
            block_cache_give_back(kept);
        }
        memory_free(shard->buckets);
        pthread_mutex_destroy(&shard->lock);
    }
    memory_free(cache);
}

/* Keys count up, so they are mixed. Source: the finisher of splitmix64 (Steele, Lea and Flood,
 * 2014). */
static uint64_t mix(uint64_t key)
{
    uint64_t z = key + 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static struct shard *shard_of(struct block_cache *cache, uint64_t mixed)
{
    return &cache->shards[mixed >> 32 & (SHARDS - 1)];
}

/* Where the shard points to the block of this key, or to nothing behind the bucket's last. */
static struct kept_block **find(const struct block_cache *cache, struct shard *shard,
                                uint64_t mixed, uint64_t key)
{
    struct kept_block **at = &shard->buckets[mixed & cache->bucket_mask];
    while (*at && (*at)->key != key)
        at = &(*at)->in_bucket;
    return at;
}

static void leave_ring(struct kept_block *kept)
{
    kept->newer->older = kept->older;
    kept->older->newer = kept->newer;
}

static void enter_ring(struct shard *shard, struct kept_block *kept)
{
    kept->newer = &shard->ring;
    kept->older = shard->ring.older;
    kept->older->newer = kept;
    shard->ring.older = kept;
}

static size_t taken_by(size_t size)
{
    return sizeof(struct kept_block) + size;
}

static void drop_oldest(const struct block_cache *cache, struct shard *shard)
{
    struct kept_block *oldest = shard->ring.newer;
    struct kept_block **at = find(cache, shard, mix(oldest->key), oldest->key);
    *at = oldest->in_bucket;
    leave_ring(oldest);
    shard->bytes -= taken_by(oldest->size);
    block_cache_give_back(oldest);
}

struct kept_block *block_cache_lend(struct block_cache *cache, uint64_t key, struct slice *content)
{
    uint64_t mixed = mix(key);
    struct shard *shard = shard_of(cache, mixed);
    pthread_mutex_lock(&shard->lock);
    struct kept_block *kept = *find(cache, shard, mixed, key);
    if (kept) {
        leave_ring(kept);
        enter_ring(shard, kept);
        atomic_fetch_add_explicit(&kept->holders, 1, memory_order_relaxed);
        *content = slice_of(kept->data, kept->size);
        shard->hits++;
    } else {
        shard->misses++;
    }
    pthread_mutex_unlock(&shard->lock);
    return kept;
}

void block_cache_put(struct block_cache *cache, uint64_t key, struct slice block)
{
    uint64_t mixed = mix(key);
    struct shard *shard = shard_of(cache, mixed);
    struct kept_block *kept = block.size && block.size <= cache->shard_bytes / LARGEST_PART
                                  ? memory_allocate(taken_by(block.size))
                                  : NULL;
    if (!kept)
        return;
    atomic_init(&kept->holders, 1);
    kept->key = key;
    kept->size = block.size;
    memcpy(kept->data, block.data, block.size);
    pthread_mutex_lock(&shard->lock);
    struct kept_block **at = find(cache, shard, mixed, key);
    if (*at) { /* another thread was first */
        memory_free(kept);
    } else {
        kept->in_bucket = NULL;
        *at = kept;
        enter_ring(shard, kept);
        shard->bytes += taken_by(block.size);
        while (shard->bytes > cache->shard_bytes)
            drop_oldest(cache, shard);
    }
    pthread_mutex_unlock(&shard->lock);
}

struct block_cache_counts block_cache_counts(struct block_cache *cache)
{
    struct block_cache_counts counts = {.most = cache->shard_bytes * SHARDS};
    for (int i = 0; i < SHARDS; i++) {
        struct shard *shard = &cache->shards[i];
        pthread_mutex_lock(&shard->lock);
        counts.hits += shard->hits;
        counts.misses += shard->misses;
        counts.bytes += shard->bytes;
        pthread_mutex_unlock(&shard->lock);
    }
    return counts;
}
