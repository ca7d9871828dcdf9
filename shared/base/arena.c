#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/memory.h"

enum { BLOCK_BYTES = 16 * 1024 };

struct arena_block {
    struct arena_block *next;
    size_t used;
    size_t capacity;
    alignas(max_align_t) unsigned char data[];
};

void arena_init(struct arena *arena, size_t cap)
{
    *arena = (struct arena){.cap = cap};
}

void arena_release(struct arena *arena)
{
    for (struct arena_block *b = arena->blocks, *next; b; b = next) {
        next = b->next;
        memory_free(b);
    }
    arena->blocks = NULL;
    arena->used = 0;
    arena->status = STATUS_OK;
}

void arena_clear(struct arena *arena)
{
    struct arena_block *kept = NULL;
    for (struct arena_block *b = arena->blocks, *next; b; b = next) {
        next = b->next;
        if (!kept && b->capacity == BLOCK_BYTES)
            kept = b;
        else
            memory_free(b);
    }
    if (kept) {
        kept->next = NULL;
        kept->used = 0;
    }
    arena->blocks = kept;
    arena->used = 0;
    arena->status = STATUS_OK;
}

static struct arena_block *add_block(struct arena *arena, size_t bytes)
{
    size_t capacity = bytes > BLOCK_BYTES / 4 ? bytes : BLOCK_BYTES;
    struct arena_block *b = memory_allocate(sizeof *b + capacity);
    if (!b)
        return NULL;
    b->used = 0;
    b->capacity = capacity;
    /* A block made for one large piece goes behind the one being filled, whose rest stays of
     * use. */
    struct arena_block **at =
        capacity != BLOCK_BYTES && arena->blocks ? &arena->blocks->next : &arena->blocks;
    b->next = *at;
    *at = b;
    return b;
}

static void *take(struct arena *arena, size_t bytes)
{
    size_t align = alignof(max_align_t);
    bytes = (bytes + align - 1) / align * align;
    if (arena->cap && bytes > arena->cap - arena->used)
        return NULL;
    struct arena_block *b = arena->blocks;
    if (!b || bytes > b->capacity - b->used)
        b = add_block(arena, bytes);
    if (!b)
        return NULL;
    void *at = b->data + b->used;
    b->used += bytes;
    arena->used += bytes;
    return at;
}

void *arena_take(struct arena *arena, size_t bytes)
{
    void *at = NULL;
    if (arena->status == STATUS_OK && bytes <= SIZE_MAX / 2)
        at = take(arena, bytes ? bytes : 1);
    if (!at)
        arena->status = STATUS_NO_MEMORY;
    return at;
}

void *arena_allocate(struct arena *arena, size_t count, size_t size)
{
    bool good = size == 0 || count <= (SIZE_MAX / 2) / size;
    void *at = arena_take(arena, good ? count * size : SIZE_MAX);
    if (at && good) /* of a bad size there is none; the compiler does not see that by itself */
        memset(at, 0, count * size);
    return at;
}

struct slice arena_copy(struct arena *arena, struct slice s)
{
    char *at = arena_take(arena, s.size + 1);
    if (!at)
        return (struct slice){0};
    if (s.size)
        memcpy(at, s.data, s.size);
    at[s.size] = '\0';
    return (struct slice){at, s.size};
}

struct slice arena_copy_bytes(struct arena *arena, struct bytes *b)
{
    if (b->status != STATUS_OK)
        arena->status = b->status;
    struct slice copy = arena_copy(arena, bytes_slice(b));
    bytes_release(b);
    return copy;
}

void *arena_regrow(struct arena *arena, const void *items, size_t count, size_t capacity,
                   size_t size)
{
    void *at = arena_allocate(arena, capacity, size);
    if (at && count)
        memcpy(at, items, count * size);
    return at;
}
