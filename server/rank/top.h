/* The best k of what is offered one by one: the greater key, and of equal ones the earlier
 * article. */
#ifndef VERBATIM_RANK_TOP_H
#define VERBATIM_RANK_TOP_H

#include <stdint.h>

#include "base/arena.h"
#include "base/heap.h"

struct top_entry {
    uint64_t key;   /* the greater the better */
    uint32_t file;  /* of the collection, in its order */
    uint32_t doc;
};

struct top { /* in an arena; one thread */
    struct top_entry *entries;
    struct heap heap; /* the worst first */
    size_t count, most;
};

/* STATUS_NO_MEMORY where the arena refuses. most may be 0: nothing is kept. */
enum status top_init(struct top *top, struct arena *arena, size_t most);
void top_offer(struct top *top, struct top_entry entry);
/* Whether an article behind all that were offered could still come in with this key. */
bool top_takes(const struct top *top, uint64_t key);
/* The best first; the top is at its end. */
void top_sort(struct top *top);

#endif
