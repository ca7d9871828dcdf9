/* What spools may hold in memory together before they go to their files. */
#ifndef VERBATIM_BASE_SPOOL_MEMORY_H
#define VERBATIM_BASE_SPOOL_MEMORY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

struct spool_memory { /* zeroed: nothing; any thread */
    atomic_size_t used;
    atomic_size_t most; /* bytes; less than is used: what is held stays, and no more is taken */
    size_t spool_most;  /* any spool takes; set before the first is opened */
};

static inline bool spool_memory_take(struct spool_memory *memory, size_t size)
{
    size_t used = atomic_load(&memory->used);
    do {
        size_t most = atomic_load(&memory->most);
        if (used > most || size > most - used)
            return false;
    } while (!atomic_compare_exchange_weak(&memory->used, &used, used + size));
    return true;
}

static inline void spool_memory_give(struct spool_memory *memory, size_t size)
{
    atomic_fetch_sub(&memory->used, size);
}

#endif
