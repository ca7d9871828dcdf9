/* What a matcher is made of, in ascending order of cost. */
#ifndef VERBATIM_MATCH_CHILDREN_H
#define VERBATIM_MATCH_CHILDREN_H

#include "base/arena.h"
#include "match/matcher.h"

struct match_children {
    struct matcher **items; /* in the arena; each is owned */
    size_t count;
};

/* Takes the items and copies their array, ordered. False where memory ends or children is NULL: the
 * items are released then. */
bool match_children_init(struct match_children *children, struct arena *arena,
                         struct matcher *const *items, size_t count);
void match_children_release(struct match_children *children);

#endif
