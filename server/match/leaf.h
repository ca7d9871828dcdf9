/* The words and phrases of a query as they stand in an article: what is scored and marked. */
#ifndef VERBATIM_MATCH_LEAF_H
#define VERBATIM_MATCH_LEAF_H

#include "base/bytes.h"
#include "match/matcher.h"

struct match_leaf;

/* The number of a leaf that only filters: no one's leaves name it. */
enum { MATCH_UNSCORED = 0xFFFFFFFF };

struct match_leaf_kind {
    /* How often it stands in the current article, and how often of that in its title. False with
     * the budget's status bad. */
    bool (*frequency)(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf);
    /* Where its occurrences begin, as uint32_t word positions, ascending; out is cleared first. */
    bool (*occurrences)(struct match_leaf *leaf, struct bytes *out);
};

struct match_leaf { /* the first member of struct match_term and struct match_phrase */
    struct matcher matcher;
    const struct match_leaf_kind *kind;
    uint32_t number;     /* for whoever made it to know it by */
    uint32_t word_count; /* words of an occurrence */
};

/* Those that match an article; room for all leaves of the query. */
struct match_leaves {
    struct match_leaf **items; /* borrowed */
    size_t count;
};

/* The `leaves` of a kind that is a leaf itself. */
static inline void match_leaf_itself(struct matcher *matcher, struct match_leaves *leaves)
{
    struct match_leaf *leaf = (struct match_leaf *)matcher;
    if (leaf->number != MATCH_UNSCORED)
        leaves->items[leaves->count++] = leaf;
}

static inline bool match_leaf_frequency(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    return leaf->kind->frequency(leaf, tf, title_tf);
}

static inline bool match_leaf_occurrences(struct match_leaf *leaf, struct bytes *out)
{
    return leaf->kind->occurrences(leaf, out);
}

#endif
