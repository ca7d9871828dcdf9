#include "base/hash.h"

#include <pthread.h>
#include <sys/random.h>
#include <time.h>
#include <xxhash.h>

uint64_t hash_bytes(const void *data, size_t size)
{
    return XXH3_64bits(data, size);
}

struct hash128 hash_bytes_128(const void *data, size_t size)
{
    XXH128_hash_t h = XXH3_128bits(data, size);
    return (struct hash128){h.low64, h.high64};
}

uint64_t hash_keyed(const void *data, size_t size, uint64_t key)
{
    return XXH3_64bits_withSeed(data, size, key);
}

static uint64_t process_key;

static void draw_process_key(void)
{
    if (getrandom(&process_key, sizeof process_key, 0) == sizeof process_key)
        return;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    process_key = (uint64_t)now.tv_nsec * 0x9E3779B97F4A7C15u ^ (uint64_t)now.tv_sec;
}

uint64_t hash_process_key(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, draw_process_key);
    return process_key;
}

/* The public state serves both widths; XXH3 mixes them only when the value is taken. */
static XXH3_state_t *state_of(struct hash_stream *stream)
{
    return (XXH3_state_t *)(void *)stream;
}

struct hash_stream *hash_stream_open(void)
{
    XXH3_state_t *state = XXH3_createState();
    if (state)
        XXH3_128bits_reset(state);
    return (struct hash_stream *)(void *)state;
}

void hash_stream_reset(struct hash_stream *stream)
{
    XXH3_128bits_reset(state_of(stream));
}

void hash_stream_add(struct hash_stream *stream, const void *data, size_t size)
{
    XXH3_128bits_update(state_of(stream), data, size);
}

uint64_t hash_stream_value(const struct hash_stream *stream)
{
    return XXH3_64bits_digest((const XXH3_state_t *)(const void *)stream);
}

struct hash128 hash_stream_value_128(const struct hash_stream *stream)
{
    XXH128_hash_t h = XXH3_128bits_digest((const XXH3_state_t *)(const void *)stream);
    return (struct hash128){h.low64, h.high64};
}

void hash_stream_close(struct hash_stream *stream)
{
    XXH3_freeState((XXH3_state_t *)(void *)stream);
}
