/* Blocks of stored fields and text, inflated for a question and kept for those that follow: never
 * answers. */
#ifndef VERBATIM_SEARCH_KEPT_H
#define VERBATIM_SEARCH_KEPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct searcher;

enum { SEARCHER_KEPT_BYTES = 32 << 20 }; /* unless another size is asked for */

/* At most so many bytes; 0: none. Before the first question. False where memory ends: none then. */
bool searcher_keep(struct searcher *searcher, size_t bytes);

struct searcher_kept {
    uint64_t hits, misses; /* blocks that a question read: kept, or inflated */
    uint64_t bytes, most;
};
void searcher_kept(const struct searcher *searcher, struct searcher_kept *kept); /* any thread */

#endif
