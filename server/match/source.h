/* What the matchers of one file read from, and whom they tell of trouble. */
#ifndef VERBATIM_MATCH_SOURCE_H
#define VERBATIM_MATCH_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "match/budget.h"

struct arena;
struct columns;
struct snapshot;

struct match_source { /* all borrowed, for as long as the matchers live */
    const struct snapshot *snapshot;
    const struct columns *columns;
    struct match_budget *budget;
    struct arena *arena;  /* where matchers are made; a constructor returns NULL where it refuses */
    const uint32_t *only; /* the only articles that will be asked for, ascending; NULL: any */
    size_t only_count;
};

#endif
