/* The best k of what is offered one by one: the greater key, and of equal ones the article that
 * came earlier in the input. */
#ifndef VERBATIM_RANK_TOP_H
#define VERBATIM_RANK_TOP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct top_entry {
    uint64_t key;  /* the greater the better */
    uint32_t file; /* of the collection, in its order */
    uint32_t doc;
    uint32_t place; /* of the article in the input of its file: its number, unless reordered */
    uint32_t told; /* occurrences of all that is asked for, none of them in the title; 0: unknown */
};

struct top {                   /* in an arena; one thread */
    struct top_entry *entries; /* a heap, the worst first, until sorted */
    size_t count, most;
    uint64_t seed; /* k articles are known to have such a key at least; 0: nothing is known */
};

/* STATUS_NO_MEMORY where the arena refuses. most may be 0: nothing is kept. */
enum status top_init(struct top *top, struct arena *arena, size_t most);
void top_offer(struct top *top, struct top_entry entry);
/* The same for an article that may be among them already, with less: then it rises. */
void top_raise(struct top *top, struct top_entry entry);
/* As many articles as are kept, of those that will be offered, have this key or a greater one:
 * none with a lesser one is among the best. */
void top_seed(struct top *top, uint64_t key);
/* The best first; the top is at its end. */
void top_sort(struct top *top);

/* Whether a is the better. */
static inline bool top_is_better(const struct top_entry *a, const struct top_entry *b)
{
    if (a->key != b->key)
        return a->key > b->key;
    return a->file != b->file ? a->file < b->file : a->place < b->place;
}

static inline bool top_is_full(const struct top *top)
{
    return top->count == top->most;
}

/* The least key with which the article of this place, or one behind it, could still come in; the
 * greatest there is where none is kept. */
static inline uint64_t top_least(const struct top *top, uint32_t file, uint32_t place)
{
    if (top->most == 0)
        return UINT64_MAX;
    if (!top_is_full(top))
        return top->seed;
    const struct top_entry *worst = &top->entries[0];
    bool before = file != worst->file ? file < worst->file : place < worst->place;
    uint64_t least = worst->key + !before;
    return least > top->seed ? least : top->seed;
}

/* Whether it is among them, of those offered so far. */
bool top_has(const struct top *top, uint32_t file, uint32_t doc);

#endif
