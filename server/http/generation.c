#include "http/generation.h"

#include "base/memory.h"
#include "search/searcher.h"

struct served *served_new(const char *name, struct searcher *searcher)
{
    struct served *served = memory_allocate_zeroed(1, sizeof *served);
    if (!served) {
        searcher_unref(searcher);
        return NULL;
    }
    atomic_init(&served->references, 1);
    served->name = name;
    served->searcher = searcher;
    searcher_info(searcher, &served->info);
    return served;
}

struct served *served_ref(struct served *served)
{
    atomic_fetch_add_explicit(&served->references, 1, memory_order_relaxed);
    return served;
}

void served_unref(struct served *served)
{
    if (!served || atomic_fetch_sub_explicit(&served->references, 1, memory_order_acq_rel) != 1)
        return;
    searcher_unref(served->searcher);
    memory_free(served);
}

struct generation *generation_new(size_t count)
{
    struct generation *generation =
        memory_allocate_zeroed(1, sizeof *generation + count * sizeof *generation->indexes);
    if (!generation)
        return NULL;
    atomic_init(&generation->references, 1);
    generation->count = count;
    return generation;
}

struct generation *generation_ref(struct generation *generation)
{
    atomic_fetch_add_explicit(&generation->references, 1, memory_order_relaxed);
    return generation;
}

void generation_unref(struct generation *generation)
{
    if (!generation ||
        atomic_fetch_sub_explicit(&generation->references, 1, memory_order_acq_rel) != 1)
        return;
    for (size_t i = 0; i < generation->count; i++)
        served_unref(generation->indexes[i]);
    memory_free(generation);
}

struct served *generation_find(const struct generation *generation, struct slice name)
{
    if (name.size == 0)
        return generation->indexes[0];
    for (size_t i = 0; i < generation->count; i++)
        if (slice_equal(slice_of_string(generation->indexes[i]->name), name))
            return generation->indexes[i];
    return NULL;
}
