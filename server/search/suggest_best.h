/* The best of what begins in some way, of one file: blocks by their greatest weights, so that only
 * as many are read as are wanted. Inside this room only. */
#ifndef VERBATIM_SEARCH_SUGGEST_BEST_H
#define VERBATIM_SEARCH_SUGGEST_BEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "store/chunk.h"

struct collection_file;

struct candidate {      /* in an arena */
    struct slice text;  /* folded */
    struct slice shown; /* how it is written; empty where it is the text, or not known */
    uint64_t weight;    /* what it is ordered by: articles; of a title 2 × articles + whole */
    uint64_t place;     /* in its file's table: as texts are ordered */
    uint32_t doc;       /* a title's first article */
};

struct candidates {
    struct candidate *items; /* by weight, then by text */
    size_t count;
    bool more; /* there may be others behind them */
};

enum best_source { BEST_WORDS, BEST_PHRASES, BEST_TITLES };

/* The `most` best that begin with the prefix, which is not empty. Titles of hidden articles are
 * left out. STATUS_NO_MEMORY, or why the file cannot be read, *chunk telling where. */
enum status suggest_best(const struct collection_file *file, enum best_source source,
                         struct slice prefix, size_t most, struct arena *arena,
                         struct candidates *candidates, enum chunk_id *chunk);

#endif
