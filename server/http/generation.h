/* The indexes that answer at one moment. Immutable but for its reference count; a request holds one
 * from its first byte to its last, so that no answer mixes two. Any thread. */
#ifndef VERBATIM_HTTP_GENERATION_H
#define VERBATIM_HTTP_GENERATION_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "search/searcher_info.h"

struct searcher;

enum verified { VERIFY_RUNNING, VERIFY_WHOLE, VERIFY_DAMAGED };

/* One opened collection; shared by every generation in which it did not change. */
struct served {
    _Atomic size_t references;
    const char *name; /* of the settings */
    struct searcher *searcher;
    struct searcher_info info;
    _Atomic int verified; /* enum verified */
};

/* Takes the searcher. NULL where memory ends; then the searcher is given back. */
struct served *served_new(const char *name, struct searcher *searcher);
struct served *served_ref(struct served *served);
void served_unref(struct served *served); /* NULL is allowed */

struct generation {
    _Atomic size_t references;
    uint64_t number; /* 1 is the one the server started with */
    size_t count;
    struct served *indexes[]; /* in the order of the command line; owned references */
};

/* Room for count indexes, all NULL; one reference. NULL where memory ends. */
struct generation *generation_new(size_t count);
struct generation *generation_ref(struct generation *generation);
void generation_unref(struct generation *generation); /* NULL is allowed */

/* The index of this name, the first where the name is empty; NULL where there is none. Borrowed. */
struct served *generation_find(const struct generation *generation, struct slice name);

#endif
