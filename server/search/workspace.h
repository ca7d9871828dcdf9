/* What one thread needs to answer a question: an analyzer and readers of stored text. Kept from
 * question to question, since making them costs more than many an answer. */
#ifndef VERBATIM_SEARCH_WORKSPACE_H
#define VERBATIM_SEARCH_WORKSPACE_H

#include <pthread.h>

#include "base/arena.h"
#include "store/documents_read.h"
#include "text/analyzer.h"

struct block_cache;
struct match_budget;
struct collection;
struct error;

enum { SEARCH_ARENA_BYTES = 64 << 20 }; /* most that one arena of a question gives out */

struct workspace {          /* one thread */
    struct workspace *next; /* in the shelf */
    struct analyzer *analyzer;
    struct documents *documents; /* one a file of the collection */
    size_t file_count;
    struct match_budget *watched;         /* NULL: none */
    struct arena scratch, matchers, page; /* of one question; cleared, not released, behind it */
};

struct workspace_shelf { /* any thread */
    pthread_mutex_t mutex;
    struct workspace *idle;
    size_t idle_count;
    struct block_cache *cache; /* that all share; NULL: none */
};

void workspace_shelf_init(struct workspace_shelf *shelf);
void workspace_shelf_release(struct workspace_shelf *shelf);
/* What inflated blocks may take; before the first workspace. False where memory ends: none then. */
bool workspace_shelf_keep(struct workspace_shelf *shelf, size_t bytes);

/* An idle one or a new one. NULL with the cause in the error. */
struct workspace *workspace_take(struct workspace_shelf *shelf, const struct collection *collection,
                                 struct error *error);
/* From now on whatever takes long in one go, a large block or a word of many bytes, asks this
 * budget before; where that has ended its status says so. NULL: nothing is asked. Returns the one
 * before. */
struct match_budget *workspace_watch(struct workspace *workspace, struct match_budget *budget);
/* NULL is allowed. */
void workspace_give(struct workspace_shelf *shelf, struct workspace *workspace);

#endif
