/* The words and phrases of a query as they stand in an article: what is scored and marked. */
#ifndef VERBATIM_MATCH_LEAF_H
#define VERBATIM_MATCH_LEAF_H

#include "match/matcher.h"

struct bytes;
struct match_budget;
struct match_leaf;

/* The number of a leaf that only filters: no one's leaves name it. */
enum { MATCH_UNSCORED = 0xFFFFFFFF };

/* What a score counts. */
struct match_counts {
    uint32_t tf, title_tf;
    uint32_t distance, edits; /* of a word with edits: how many it has, of how many allowed */
};

struct match_leaf_kind {
    /* How often it stands in the current article, and how often of that in its title. False with
     * the budget's status bad. */
    bool (*frequency)(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf);
    /* After matcher_approach and before it is confirmed: no less than what frequency would say.
     * NULL: frequency itself, which needs no positions. False with the budget's status bad. */
    bool (*most)(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf);
    /* Where a score counts it otherwise than by its frequency; known before it is confirmed. NULL:
     * by that. False with the budget's status bad. */
    bool (*counts)(struct match_leaf *leaf, struct match_counts *counts);
    /* A bound of the impacts (store/impact.h), in 65535ths, of all articles from target to *up_to
     * (at least target), found without decoding anything. NULL: 65535 up to NO_MORE_DOCS. Targets
     * rise from call to call; the matcher does not move. */
    uint16_t (*bound)(struct match_leaf *leaf, uint32_t target, uint32_t *up_to);
    /* Where its occurrences begin, as uint32_t word positions, ascending; out is cleared first. */
    bool (*occurrences)(struct match_leaf *leaf, struct bytes *out);
    /* The same with how far each reaches, as struct match_span: ascending by start, none twice.
     * NULL: word_count each. */
    bool (*extents)(struct match_leaf *leaf, struct bytes *out);
    /* What of them is to be marked, likewise; spans may overlap. NULL: the extents. */
    bool (*marks)(struct match_leaf *leaf, struct bytes *out);
    /* These articles, ascending, will be asked for their occurrences, and no others before the last
     * of them is passed: it may read them all at once. Borrowed until then. NULL: no matter. */
    void (*expect)(struct match_leaf *leaf, const uint32_t *docs, size_t count);
};

struct match_span { /* positions [start, start + words) */
    uint32_t start, words;
};

struct match_leaf { /* the first member of what a term, a gram or a phrase is */
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

static inline bool match_leaf_most(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    return (leaf->kind->most ? leaf->kind->most : leaf->kind->frequency)(leaf, tf, title_tf);
}

static inline bool match_leaf_counts(struct match_leaf *leaf, struct match_counts *counts)
{
    if (leaf->kind->counts)
        return leaf->kind->counts(leaf, counts);
    counts->distance = counts->edits = 0;
    return match_leaf_frequency(leaf, &counts->tf, &counts->title_tf);
}

static inline uint16_t match_leaf_bound(struct match_leaf *leaf, uint32_t target, uint32_t *up_to)
{
    *up_to = NO_MORE_DOCS;
    return leaf->kind->bound ? leaf->kind->bound(leaf, target, up_to) : UINT16_MAX;
}

static inline bool match_leaf_occurrences(struct match_leaf *leaf, struct bytes *out)
{
    return leaf->kind->occurrences(leaf, out);
}

/* Both: the budget is the one that the leaf tells of trouble. False with its status bad. */
bool match_leaf_extents(struct match_leaf *leaf, struct match_budget *budget, struct bytes *out);

static inline bool match_leaf_marks(struct match_leaf *leaf, struct match_budget *budget,
                                    struct bytes *out)
{
    return leaf->kind->marks ? leaf->kind->marks(leaf, out) : match_leaf_extents(leaf, budget, out);
}

static inline void match_leaf_expect(struct match_leaf *leaf, const uint32_t *docs, size_t count)
{
    if (leaf->kind->expect)
        leaf->kind->expect(leaf, docs, count);
}

#endif
