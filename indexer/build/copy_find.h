/* Which articles are near-copies of an earlier one, found by the sketches of their bodies.
 *
 * Articles are looked at in the order of the input. One that is a near-copy of an earlier one that
 * is itself no copy, a first, belongs to it: of several to the earliest. What comes out depends on
 * the words alone. */
#ifndef VERBATIM_BUILD_COPY_FIND_H
#define VERBATIM_BUILD_COPY_FIND_H

#include <stdint.h>

#include "base/status.h"

struct copy_texts;
struct spool;

struct copy_search {
    const struct spool *sketches; /* struct copy_sketch, by number */
    const struct spool *samples;  /* theirs */
    struct copy_texts *texts;
    const uint32_t *places; /* of the articles in the input, by number; NULL: the number */
    uint32_t article_count;
};

/* Puts into first, by place, the place of each article's first: its own where it is none's copy. */
enum status copy_find(const struct copy_search *search, uint32_t *first);

#endif
