/* What is kept, against a list of what was put last; and many threads at once. */
#include "store/block_cache.h"

#include <pthread.h>

#include "base/memory.h"
#include "random.h"
#include "unit/unit.h"

enum { KEYS = 5000, SIZE_MOST = 3000 };

/* A block tells by its bytes which it is. */
static struct slice block_of(uint64_t key, uint8_t room[SIZE_MOST])
{
    size_t size = (size_t)(1 + key * 7919 % SIZE_MOST);
    memset(room, (int)(key * 31 & 0xFF), size);
    return slice_of(room, size);
}

static bool holds(struct block_cache *cache, uint64_t key)
{
    uint8_t room[SIZE_MOST];
    struct slice content;
    struct kept_block *block = block_cache_lend(cache, key, &content);
    if (block)
        assert_true(slice_equal(content, block_of(key, room)));
    block_cache_give_back(block);
    return block;
}

static void test_keeps_what_fits(void **state)
{
    (void)state;
    struct block_cache *cache = block_cache_open(64 << 20);
    uint8_t room[SIZE_MOST];
    for (uint64_t key = 0; key < KEYS; key++) {
        assert_false(holds(cache, key));
        block_cache_put(cache, key, block_of(key, room));
        block_cache_put(cache, key, block_of(key, room));
    }
    for (uint64_t key = 0; key < KEYS; key++)
        assert_true(holds(cache, key));
    struct block_cache_counts counts = block_cache_counts(cache);
    assert_int_equal(counts.hits, KEYS);
    assert_int_equal(counts.misses, KEYS);
    assert_int_equal(counts.most, 64 << 20);
    assert_true(counts.bytes > KEYS && counts.bytes < counts.most);
    block_cache_close(cache);
}

/* However much is put, no more is kept; the newest is, and what is read again and again. */
static void test_bytes_are_bounded(void **state)
{
    (void)state;
    enum { BYTES = 1 << 20, OFTEN = 77 };
    struct block_cache *cache = block_cache_open(BYTES);
    uint8_t room[SIZE_MOST];
    block_cache_put(cache, OFTEN, block_of(OFTEN, room));
    for (uint64_t key = 1000; key < 1000 + KEYS; key++) {
        block_cache_put(cache, key, block_of(key, room));
        assert_true(holds(cache, key));
        assert_true(holds(cache, OFTEN));
        assert_true(block_cache_counts(cache).bytes <= BYTES);
    }
    assert_true(block_cache_counts(cache).bytes > BYTES / 2);
    size_t left = 0;
    for (uint64_t key = 1000; key < 1000 + KEYS; key++)
        left += holds(cache, key);
    assert_true(left > 100 && left < 1000);
    block_cache_close(cache);
}

/* What is lent stays as it is, whatever is put, and behind the cache's end. */
static void test_lent(void **state)
{
    (void)state;
    struct block_cache *cache = block_cache_open(1 << 20);
    uint8_t room[SIZE_MOST];
    struct slice first, again;
    block_cache_put(cache, 3, block_of(3, room));
    struct kept_block *block = block_cache_lend(cache, 3, &first);
    struct kept_block *same = block_cache_lend(cache, 3, &again);
    assert_true(block && same == block && again.data == first.data);
    block_cache_give_back(same);
    for (uint64_t key = 1000; key < 1000 + KEYS; key++)
        block_cache_put(cache, key, block_of(key, room));
    assert_false(holds(cache, 3));
    assert_true(slice_equal(first, block_of(3, room)));
    block_cache_put(cache, 3, block_of(3, room));
    block_cache_close(cache);
    assert_true(slice_equal(first, block_of(3, room)));
    block_cache_give_back(block);
    block_cache_give_back(NULL);
}

static void test_large_and_empty(void **state)
{
    (void)state;
    struct block_cache *cache = block_cache_open(1 << 20), *tiny = block_cache_open(10);
    uint8_t *large = memory_allocate_zeroed(1, 10000);
    block_cache_put(cache, 1, slice_of(large, 10000));
    assert_false(holds(cache, 1));
    block_cache_put(cache, 1, (struct slice){0});
    assert_false(holds(cache, 1));
    block_cache_put(tiny, 1, slice_of(large, 1));
    assert_false(holds(tiny, 1));
    assert_int_equal(block_cache_counts(cache).bytes, 0);
    block_cache_close(cache);
    block_cache_close(tiny);
    block_cache_close(NULL);
    memory_free(large);
}

static void test_no_memory(void **state)
{
    (void)state;
    size_t failed = 0;
    struct block_cache *cache = NULL;
    for (; !cache; failed++) {
        memory_fail_at(failed + 1, 1);
        cache = block_cache_open(1 << 20);
        memory_fail_at(0, 0);
    }
    assert_true(failed > 5);
    uint8_t room[SIZE_MOST];
    memory_fail_at(1, 1);
    block_cache_put(cache, 5, block_of(5, room));
    memory_fail_at(0, 0);
    assert_false(holds(cache, 5));
    block_cache_put(cache, 5, block_of(5, room));
    assert_true(holds(cache, 5));
    block_cache_close(cache);
}

static void *use(void *context)
{
    struct block_cache *cache = context;
    uint8_t room[SIZE_MOST];
    uint64_t random = (uint64_t)(uintptr_t)room;
    for (int i = 0; i < 20000; i++) {
        uint64_t key = random_below(&random, 400);
        if (!holds(cache, key))
            block_cache_put(cache, key, block_of(key, room));
    }
    return NULL;
}

static void test_threads(void **state)
{
    (void)state;
    struct block_cache *cache = block_cache_open(300 << 10);
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, use, cache);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    struct block_cache_counts counts = block_cache_counts(cache);
    assert_int_equal(counts.hits + counts.misses, 4 * 20000);
    assert_true(counts.hits > 1000 && counts.misses > 1000 && counts.bytes <= counts.most);
    block_cache_close(cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keeps_what_fits),
        cmocka_unit_test(test_bytes_are_bounded),
        cmocka_unit_test(test_lent),
        cmocka_unit_test(test_large_and_empty),
        cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
