#include "match/any_of.h"

#include "match/spans.h"

struct match_any_of {
    struct match_leaf leaf;
    const struct match_source *source;
    struct match_leaf **leaves;
    size_t count;
    struct bytes extents, one; /* room to work in */
};

static uint32_t any_seek(struct matcher *matcher, uint32_t target)
{
    struct match_any_of *any = (struct match_any_of *)matcher;
    uint32_t first = NO_MORE_DOCS;
    for (size_t i = 0; i < any->count; i++) {
        uint32_t doc = matcher_seek(&any->leaves[i]->matcher, target);
        first = doc < first ? doc : first;
    }
    return first;
}

static bool any_extents(struct match_leaf *leaf, struct bytes *out)
{
    struct match_any_of *any = (struct match_any_of *)leaf;
    bytes_clear(out);
    for (size_t i = 0; i < any->count; i++) {
        if (any->leaves[i]->matcher.doc != leaf->matcher.doc)
            continue;
        if (!match_leaf_extents(any->leaves[i], &any->one))
            return match_budget_check(any->source->budget, any->one.status, CHUNK_POSITIONS) &&
                   false;
        bytes_append_slice(out, bytes_slice(&any->one));
    }
    spans_sort(out);
    return match_budget_check(any->source->budget, out->status, CHUNK_POSITIONS);
}

static bool any_occurrences(struct match_leaf *leaf, struct bytes *out)
{
    struct match_any_of *any = (struct match_any_of *)leaf;
    return any_extents(leaf, &any->extents) && spans_starts(any->source, &any->extents, out);
}

static bool any_frequency(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    struct match_any_of *any = (struct match_any_of *)leaf;
    if (!any_extents(leaf, &any->extents))
        return false;
    *tf = (uint32_t)spans_count(&any->extents);
    return spans_in_title(any->source, leaf->matcher.doc, &any->extents, title_tf);
}

/* The sum of what those that match here can have. */
static bool any_most(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    const struct match_any_of *any = (const struct match_any_of *)leaf;
    uint64_t sum = 0, title_sum = 0;
    for (size_t i = 0; i < any->count; i++) {
        if (any->leaves[i]->matcher.doc != leaf->matcher.doc)
            continue;
        if (!match_leaf_most(any->leaves[i], tf, title_tf))
            return false;
        sum += *tf;
        title_sum += *title_tf;
    }
    *tf = sum < UINT32_MAX ? (uint32_t)sum : UINT32_MAX;
    *title_tf = title_sum < UINT32_MAX ? (uint32_t)title_sum : UINT32_MAX;
    return true;
}

static void any_expect(struct match_leaf *leaf, const uint32_t *docs, size_t count)
{
    const struct match_any_of *any = (const struct match_any_of *)leaf;
    for (size_t i = 0; i < any->count; i++)
        match_leaf_expect(any->leaves[i], docs, count);
}

static void any_release(struct matcher *matcher)
{
    struct match_any_of *any = (struct match_any_of *)matcher;
    for (size_t i = 0; i < any->count; i++)
        matcher_release(&any->leaves[i]->matcher);
    bytes_release(&any->extents);
    bytes_release(&any->one);
}

static const struct matcher_kind any_kind = {
    .seek = any_seek, .leaves = match_leaf_itself, .release = any_release};
static const struct match_leaf_kind any_leaf_kind = {.frequency = any_frequency,
                                                     .most = any_most,
                                                     .occurrences = any_occurrences,
                                                     .extents = any_extents,
                                                     .expect = any_expect};

struct match_leaf *match_any_of(const struct match_source *source, struct match_leaf *const *leaves,
                                size_t count)
{
    struct match_any_of *made = arena_allocate(source->arena, 1, sizeof *made);
    struct match_leaf **copy = arena_allocate(source->arena, count, sizeof *copy);
    uint64_t cost = 0;
    for (size_t i = 0; i < count; i++) {
        cost += leaves[i]->matcher.cost;
        if (!made || !copy)
            matcher_release(&leaves[i]->matcher);
    }
    if (!made || !copy)
        return NULL;
    memcpy(copy, leaves, count * sizeof *copy);
    matcher_init(&made->leaf.matcher, &any_kind, cost);
    made->leaf.kind = &any_leaf_kind;
    made->leaf.number = MATCH_UNSCORED;
    made->leaf.word_count = 1;
    made->source = source;
    made->leaves = copy;
    made->count = count;
    return &made->leaf;
}
