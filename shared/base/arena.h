/* Memory that is freed all at once: one arena a request, capped.
 *
 * A zeroed arena is empty and has no cap. The status is sticky: after a refusal every call returns
 * NULL. One thread at a time. */
#ifndef VERBATIM_BASE_ARENA_H
#define VERBATIM_BASE_ARENA_H

#include "base/slice.h"
#include "base/status.h"

struct arena_block;
struct bytes;

struct arena {
    struct arena_block *blocks; /* newest first */
    size_t used;                /* bytes handed out, padding included */
    size_t cap;                 /* most bytes to hand out; 0 is no cap */
    enum status status;
};

/* Empty, with this cap in bytes; 0 is none. */
void arena_init(struct arena *arena, size_t cap);
void arena_release(struct arena *arena); /* twice is fine */
/* Empty again, with a good status and the same cap; one block stays for what comes next. */
void arena_clear(struct arena *arena);

/* count × size zeroed bytes, aligned for any type; NULL where memory or the cap ends. */
void *arena_allocate(struct arena *arena, size_t count, size_t size);

/* The same, not zeroed: for what is large and filled before it is read. */
void *arena_take(struct arena *arena, size_t bytes);

/* A copy that is zero-terminated behind its size; {NULL, 0} where memory ends. */
struct slice arena_copy(struct arena *arena, struct slice s);

/* The same of what b holds, which is released; where b has no memory, the arena's status says so.
 */
struct slice arena_copy_bytes(struct arena *arena, struct bytes *b);

/* A copy of count items with room for capacity ≥ count items: how an array in an arena grows. The
 * old one stays until the arena is cleared. */
void *arena_regrow(struct arena *arena, const void *items, size_t count, size_t capacity,
                   size_t size);

#endif
