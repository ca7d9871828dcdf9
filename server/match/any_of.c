#include "match/any_of.h"

#include "base/arena.h"
#include "match/confirmed.h"
#include "match/places.h"
#include "match/spans.h"
#include "match/together.h"

struct match_any_of {
    struct match_leaf leaf;
    const struct match_source *source;
    struct match_leaf **leaves;
    size_t count;
    uint32_t at;            /* the article that is asked about */
    size_t known;           /* of the leaves, the first so many: whether each matches here */
    bool *matches;          /* those */
    uint32_t *bound_blocks; /* where each leaf's last bound was found */
    bool disjoint;
    bool tests;                /* it is asked article by article */
    struct bytes extents, one; /* room to work in */
};

static struct match_any_of *any_of(struct matcher *matcher)
{
    return (struct match_any_of *)matcher;
}

/* --- Articles ----------------------------------------------------------------------------------*/

static uint32_t any_approach(struct matcher *matcher, uint32_t target)
{
    struct match_any_of *any = any_of(matcher);
    uint32_t first = NO_MORE_DOCS;
    any->known = 0;
    for (size_t i = 0; i < any->count; i++) {
        uint32_t doc = matcher_approach(&any->leaves[i]->matcher, target);
        first = doc < first ? doc : first;
    }
    any->at = first;
    return first;
}

static bool matches(const struct match_any_of *any, size_t i)
{
    struct matcher *leaf = &any->leaves[i]->matcher;
    return any->tests ? matcher_test(leaf, any->at) : leaf->doc == any->at && matcher_confirm(leaf);
}

/* Learns of one leaf after the other, up to the first that matches or to the last. */
static bool learn(struct match_any_of *any, bool all)
{
    while (any->known < any->count) {
        size_t i = any->known++;
        any->matches[i] = matches(any, i);
        if (any->matches[i] && !all)
            return true;
    }
    return any->source->budget->status == STATUS_OK;
}

static bool any_confirm(struct matcher *matcher)
{
    struct match_any_of *any = any_of(matcher);
    for (size_t i = 0; i < any->known; i++)
        if (any->matches[i])
            return true;
    learn(any, false);
    return any->known && any->matches[any->known - 1];
}

static uint32_t any_seek(struct matcher *matcher, uint32_t target)
{
    return match_confirmed_seek(matcher, target, any_of(matcher)->source->budget, any_approach,
                                any_confirm);
}

static bool any_test(struct matcher *matcher, uint32_t target)
{
    struct match_any_of *any = any_of(matcher);
    if (!any->tests || any->at != target)
        any->known = 0;
    any->tests = true;
    any->at = target;
    bool match = any_confirm(matcher);
    matcher->doc = match ? target : BEFORE_FIRST_DOC;
    return match;
}

static void any_release(struct matcher *matcher)
{
    struct match_any_of *any = any_of(matcher);
    for (size_t i = 0; i < any->count; i++)
        matcher_release(&any->leaves[i]->matcher);
    bytes_release(&any->extents);
    bytes_release(&any->one);
}

/* --- Leaf --------------------------------------------------------------------------------------*/

/* What the leaves that match here give, in order, equal spans once. */
static bool gather(struct match_any_of *any,
                   bool (*spans_of_leaf)(struct match_leaf *, struct match_budget *,
                                         struct bytes *),
                   struct bytes *out)
{
    struct match_budget *budget = any->source->budget;
    bytes_clear(out);
    if (!learn(any, true))
        return false;
    for (size_t i = 0; i < any->count; i++) {
        if (!any->matches[i])
            continue;
        if (!spans_of_leaf(any->leaves[i], budget, &any->one) ||
            !match_places_append(budget, out, bytes_slice(&any->one)))
            return false;
    }
    return spans_sort(any->source, out);
}

static bool any_extents(struct match_leaf *leaf, struct bytes *out)
{
    return gather((struct match_any_of *)leaf, match_leaf_extents, out);
}

static bool any_marks(struct match_leaf *leaf, struct bytes *out)
{
    return gather((struct match_any_of *)leaf, match_leaf_marks, out);
}

static bool any_occurrences(struct match_leaf *leaf, struct bytes *out)
{
    struct match_any_of *any = (struct match_any_of *)leaf;
    return any_extents(leaf, &any->extents) && spans_starts(any->source, &any->extents, out);
}

/* The sum over those that match, or, where none is named, that can. */
static bool add_up(const struct match_any_of *any, const bool *which,
                   bool (*counts_of_leaf)(struct match_leaf *, uint32_t *, uint32_t *),
                   uint32_t *tf, uint32_t *title_tf)
{
    uint64_t sum = 0, title_sum = 0;
    for (size_t i = 0; i < any->count; i++) {
        if (which ? !which[i] : any->leaves[i]->matcher.doc != any->at)
            continue;
        if (!counts_of_leaf(any->leaves[i], tf, title_tf))
            return false;
        sum += *tf;
        title_sum += *title_tf;
    }
    *tf = sum < UINT32_MAX ? (uint32_t)sum : UINT32_MAX;
    *title_tf = title_sum < UINT32_MAX ? (uint32_t)title_sum : UINT32_MAX;
    return true;
}

static bool any_frequency(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    struct match_any_of *any = (struct match_any_of *)leaf;
    if (any->disjoint)
        return learn(any, true) && add_up(any, any->matches, match_leaf_frequency, tf, title_tf);
    if (!any_extents(leaf, &any->extents))
        return false;
    *tf = (uint32_t)spans_count(&any->extents);
    return spans_in_title(any->source, leaf->matcher.doc, &any->extents, title_tf);
}

static bool any_most(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    return add_up((struct match_any_of *)leaf, NULL, match_leaf_most, tf, title_tf);
}

/* What several occurrences add to a score is at most what each of them would add alone. */
static uint16_t any_bound(struct match_leaf *leaf, uint32_t target, uint32_t *up_to)
{
    struct match_any_of *any = (struct match_any_of *)leaf;
    uint32_t sum = 0;
    *up_to = NO_MORE_DOCS;
    for (size_t i = 0; i < any->count; i++) {
        uint32_t end;
        sum += match_together_bound_of(any->leaves[i], &any->bound_blocks[i], target, &end);
        *up_to = end < *up_to ? end : *up_to;
        sum = sum < UINT16_MAX ? sum : UINT16_MAX;
    }
    return (uint16_t)sum;
}

static void any_expect(struct match_leaf *leaf, const uint32_t *docs, size_t count)
{
    const struct match_any_of *any = (const struct match_any_of *)leaf;
    for (size_t i = 0; i < any->count; i++)
        match_leaf_expect(any->leaves[i], docs, count);
}

static const struct matcher_kind any_kind = {.seek = any_seek,
                                             .test = any_test,
                                             .approach = any_approach,
                                             .confirm = any_confirm,
                                             .leaves = match_leaf_itself,
                                             .release = any_release};
static const struct match_leaf_kind any_leaf_kind = {.frequency = any_frequency,
                                                     .most = any_most,
                                                     .bound = any_bound,
                                                     .occurrences = any_occurrences,
                                                     .extents = any_extents,
                                                     .marks = any_marks,
                                                     .expect = any_expect};

struct match_leaf *match_any_of(const struct match_source *source, struct match_leaf *const *leaves,
                                size_t count, bool disjoint, uint32_t number)
{
    struct match_any_of *made = arena_allocate(source->arena, 1, sizeof *made);
    struct match_leaf **copy = arena_allocate(source->arena, count, sizeof *copy);
    bool *room = arena_allocate(source->arena, count, sizeof *room);
    uint32_t *blocks = arena_allocate(source->arena, count, sizeof *blocks);
    uint64_t cost = 0;
    for (size_t i = 0; i < count; i++) {
        cost += leaves[i]->matcher.cost;
        if (source->arena->status != STATUS_OK)
            matcher_release(&leaves[i]->matcher);
    }
    if (source->arena->status != STATUS_OK)
        return NULL;
    memcpy(copy, leaves, count * sizeof *copy);
    matcher_init(&made->leaf.matcher, &any_kind, cost);
    made->leaf.kind = &any_leaf_kind;
    made->leaf.number = number;
    made->leaf.word_count = 1;
    made->source = source;
    made->leaves = copy;
    made->count = count;
    made->matches = room;
    made->bound_blocks = blocks;
    made->disjoint = disjoint;
    return &made->leaf;
}
