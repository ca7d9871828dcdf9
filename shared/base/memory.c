#include "base/memory.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

/* Counted only once a test has asked, so that programs pay one predictable branch. */
static atomic_bool counting;
static atomic_size_t made;
static atomic_size_t fail_at;
static atomic_bool fail_persistent;

static bool refused(void)
{
    if (!atomic_load_explicit(&counting, memory_order_relaxed))
        return false;
    size_t n = atomic_fetch_add(&made, 1) + 1;
    size_t at = atomic_load(&fail_at);
    return at && (n == at || (n > at && atomic_load(&fail_persistent)));
}

void *memory_allocate(size_t size)
{
    return refused() ? NULL : malloc(size ? size : 1);
}

enum { LARGE_PAGE = 2 << 20 };

void *memory_allocate_large(size_t size)
{
    if (size < LARGE_PAGE || size > SIZE_MAX - LARGE_PAGE)
        return memory_allocate(size);
    if (refused())
        return NULL;
    size_t whole = size / LARGE_PAGE * LARGE_PAGE;
    void *block = aligned_alloc(LARGE_PAGE, size + -size % LARGE_PAGE);
    if (block)
        madvise(block, whole, MADV_HUGEPAGE); /* a hint: refused, all is as it was */
    return block;
}

void *memory_allocate_zeroed(size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return NULL;
    return refused() ? NULL : calloc(count ? count : 1, size ? size : 1);
}

void *memory_resize(void *block, size_t size)
{
    return refused() ? NULL : realloc(block, size ? size : 1);
}

void memory_free(void *block)
{
    free(block);
}

void *memory_reserve(size_t size)
{
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    void *block = refused() ? MAP_FAILED : mmap(NULL, size, PROT_READ | PROT_WRITE, flags, -1, 0);
    return block == MAP_FAILED ? NULL : block;
}

void *memory_reserve_large(size_t size)
{
    void *block = memory_reserve(size);
    if (block)
        madvise(block, size, MADV_HUGEPAGE);
    return block;
}

void memory_unreserve(void *block, size_t size)
{
    munmap(block, size);
}

size_t memory_fail_at(size_t n, bool persistent)
{
    size_t count = atomic_exchange(&made, 0);
    atomic_store(&fail_at, n);
    atomic_store(&fail_persistent, persistent);
    atomic_store(&counting, true);
    return count;
}
