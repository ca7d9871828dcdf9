#include "store/block_cache.h"

#include <pthread.h>

#include "base/memory.h"

enum {
    SHARDS = 16,
    BUCKET_BYTES = 2048, /* of a shard for each of its buckets */
    LARGEST_PART = 8,    /* no block takes more than this part of a shard */
};

struct kept {                   /* a block */
    struct kept *in_bucket;     /* the next */
    struct kept *newer, *older; /* in a ring through the shard's own */
    uint64_t key;
    size_t size;
    uint8_t data[];
};

struct shard {
    pthread_mutex_t lock; /* over all below */
    struct kept **buckets;
    struct kept ring; /* ring.older is the newest */
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
        shard->buckets = memory_allocate_zeroed(buckets, sizeof(struct kept *));
        shard->ring.newer = shard->ring.older = &shard->ring;
        whole = whole && shard->buckets;
    }
    if (whole)
        return cache;
    block_cache_close(cache);
    return NULL;
}

void block_cache_close(struct block_cache *cache)
{
    if (!cache)
        return;
    for (int i = 0; i < SHARDS; i++) {
        struct shard *shard = &cache->shards[i];
        for (struct kept *kept = shard->ring.older, *next; kept != &shard->ring; kept = next) {
            next = kept->older;
            memory_free(kept);
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
static struct kept **find(const struct block_cache *cache, struct shard *shard, uint64_t mixed,
                          uint64_t key)
{
    struct kept **at = &shard->buckets[mixed & cache->bucket_mask];
    while (*at && (*at)->key != key)
        at = &(*at)->in_bucket;
    return at;
}

static void leave_ring(struct kept *kept)
{
    kept->newer->older = kept->older;
    kept->older->newer = kept->newer;
}

static void enter_ring(struct shard *shard, struct kept *kept)
{
    kept->newer = &shard->ring;
    kept->older = shard->ring.older;
    kept->older->newer = kept;
    shard->ring.older = kept;
}

static size_t taken_by(size_t size)
{
    return sizeof(struct kept) + size;
}

static void drop_oldest(const struct block_cache *cache, struct shard *shard)
{
    struct kept *oldest = shard->ring.newer;
    struct kept **at = find(cache, shard, mix(oldest->key), oldest->key);
    *at = oldest->in_bucket;
    leave_ring(oldest);
    shard->bytes -= taken_by(oldest->size);
    memory_free(oldest);
}

bool block_cache_get(struct block_cache *cache, uint64_t key, struct bytes *out)
{
    uint64_t mixed = mix(key);
    struct shard *shard = shard_of(cache, mixed);
    bytes_clear(out);
    pthread_mutex_lock(&shard->lock);
    struct kept *kept = *find(cache, shard, mixed, key);
    if (kept) {
        leave_ring(kept);
        enter_ring(shard, kept);
        bytes_append(out, kept->data, kept->size);
        shard->hits++;
    } else {
        shard->misses++;
    }
    pthread_mutex_unlock(&shard->lock);
    return kept && out->status == STATUS_OK;
}

void block_cache_put(struct block_cache *cache, uint64_t key, struct slice block)
{
    uint64_t mixed = mix(key);
    struct shard *shard = shard_of(cache, mixed);
    struct kept *kept = block.size && block.size <= cache->shard_bytes / LARGEST_PART
                            ? memory_allocate(taken_by(block.size))
                            : NULL;
    if (!kept)
        return;
    kept->key = key;
    kept->size = block.size;
    memcpy(kept->data, block.data, block.size);
    pthread_mutex_lock(&shard->lock);
    struct kept **at = find(cache, shard, mixed, key);
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
