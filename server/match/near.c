#include "match/near.h"

#include "base/arena.h"
#include "match/confirmed.h"
#include "match/places.h"
#include "match/spans.h"
#include "match/together.h"

struct near_pair {
    uint32_t start, end;              /* positions [start, end) */
    uint32_t first_words, last_words; /* of the earlier side and of the later */
};

struct match_near {
    struct match_leaf leaf;
    struct near_rule rule;
    struct match_leaf *sides[2];
    struct match_together together;
    struct bytes extents[2]; /* struct match_span, of the sides, ascending by start */
    struct bytes by_end;     /* struct match_span, of one side, ascending by their ends */
    struct bytes window;     /* size_t: places in by_end, the latest start first */
    struct bytes pairs;      /* struct near_pair: the occurrences in the current article */
    struct bytes spans;      /* struct match_span: likewise */
};

/* --- Pairs -------------------------------------------------------------------------------------*/

static int by_end(const void *a, const void *b)
{
    const struct match_span *left = a, *right = b;
    uint64_t left_end = (uint64_t)left->start + left->words;
    uint64_t right_end = (uint64_t)right->start + right->words;
    return (left_end > right_end) - (left_end < right_end);
}

struct sliding { /* the spans that end near enough before a place */
    const struct match_span *items;
    size_t count, next; /* the next one to come in */
    size_t *held;       /* ends ascend, starts fall: the first starts last of all */
    size_t first, behind;
};

static uint64_t end_of(const struct match_span *span)
{
    return (uint64_t)span->start + span->words;
}

/* Lets in what ends at `place` or before, and out what ends more than `reach` before it. */
static void slide(struct sliding *sliding, uint32_t place, uint32_t reach)
{
    const struct match_span *items = sliding->items;
    for (; sliding->next < sliding->count && end_of(&items[sliding->next]) <= place;
         sliding->next++) {
        while (sliding->behind > sliding->first &&
               items[sliding->held[sliding->behind - 1]].start <= items[sliding->next].start)
            sliding->behind--;
        sliding->held[sliding->behind++] = sliding->next;
    }
    while (sliding->first < sliding->behind &&
           end_of(&items[sliding->held[sliding->first]]) + reach < place)
        sliding->first++;
}

static bool have_memory(const struct match_near *near, const struct bytes *room)
{
    return match_budget_check(near->together.source->budget, room->status, CHUNK_POSITIONS);
}

/* For each span of the later side the pair with the least span. */
static bool add_pairs(struct match_near *near, const struct bytes *earlier,
                      const struct bytes *later)
{
    struct match_budget *budget = near->together.source->budget;
    bytes_clear(&near->by_end);
    bytes_clear(&near->window);
    size_t *held = bytes_extend(&near->window, spans_count(earlier) * sizeof *held);
    if (!have_memory(near, &near->window) ||
        !match_places_append(budget, &near->by_end, bytes_slice(earlier)) ||
        !match_places_order(budget, near->by_end.data, spans_count(earlier),
                            sizeof(struct match_span), by_end))
        return false;
    struct sliding sliding = {
        .items = spans_items(&near->by_end), .count = spans_count(earlier), .held = held};
    for (size_t i = 0; i < spans_count(later); i++) {
        const struct match_span *last = &spans_items(later)[i];
        if (!match_budget_place(budget, i))
            return false;
        slide(&sliding, last->start, near->rule.distance - 1);
        if (sliding.first == sliding.behind)
            continue;
        const struct match_span *first = &sliding.items[held[sliding.first]];
        struct near_pair pair = {first->start, (uint32_t)end_of(last), first->words, last->words};
        bytes_append(&near->pairs, &pair, sizeof pair);
    }
    return have_memory(near, &near->pairs);
}

/* Ascending by start; of those that begin together the longest first. */
static int by_span(const void *a, const void *b)
{
    const struct near_pair *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return (left->end < right->end) - (left->end > right->end);
}

/* To the front, from the last pair on: it is kept unless one behind it ends no later. */
static bool keep_smallest(struct match_near *near)
{
    struct match_budget *budget = near->together.source->budget;
    struct near_pair *pairs = bytes_items(&near->pairs);
    size_t count = near->pairs.size / sizeof *pairs, at = count, kept = 0;
    uint32_t least = UINT32_MAX;
    if (!match_places_order(budget, pairs, count, sizeof *pairs, by_span))
        return false;
    for (size_t i = count; i-- > 0 && match_budget_place(budget, i);)
        if (pairs[i].end < least) {
            least = pairs[i].end;
            pairs[--at] = pairs[i];
        }
    for (; at < count && match_budget_place(budget, at); at++) {
        struct match_span span = {pairs[at].start, pairs[at].end - pairs[at].start};
        bytes_append(&near->spans, &span, sizeof span);
        pairs[kept++] = pairs[at];
    }
    near->pairs.size = kept * sizeof *pairs;
    return have_memory(near, &near->spans);
}

static bool find_pairs(struct match_near *near)
{
    struct match_budget *budget = near->together.source->budget;
    bytes_clear(&near->pairs);
    bytes_clear(&near->spans);
    return match_leaf_extents(near->sides[0], budget, &near->extents[0]) &&
           match_leaf_extents(near->sides[1], budget, &near->extents[1]) &&
           add_pairs(near, &near->extents[0], &near->extents[1]) &&
           (near->rule.ordered || add_pairs(near, &near->extents[1], &near->extents[0])) &&
           keep_smallest(near) && near->spans.size > 0;
}

/* --- Matcher -----------------------------------------------------------------------------------*/

static struct match_near *near_of(struct matcher *matcher)
{
    return (struct match_near *)matcher;
}

static uint32_t near_approach(struct matcher *matcher, uint32_t target)
{
    return match_together_approach(&near_of(matcher)->together, target);
}

static bool near_confirm(struct matcher *matcher)
{
    struct match_near *near = near_of(matcher);
    return match_together_confirm(&near->together) && find_pairs(near);
}

static uint32_t near_seek(struct matcher *matcher, uint32_t target)
{
    const struct match_budget *budget = near_of(matcher)->together.source->budget;
    return match_confirmed_seek(matcher, target, budget, near_approach, near_confirm);
}

static bool near_test(struct matcher *matcher, uint32_t target)
{
    if (!match_together_test(&near_of(matcher)->together, target) || !near_confirm(matcher))
        return false;
    matcher->doc = target;
    return true;
}

static void near_release(struct matcher *matcher)
{
    struct match_near *near = near_of(matcher);
    match_together_release(&near->together);
    bytes_release(&near->extents[0]);
    bytes_release(&near->extents[1]);
    bytes_release(&near->by_end);
    bytes_release(&near->window);
    bytes_release(&near->pairs);
    bytes_release(&near->spans);
}

/* --- Leaf --------------------------------------------------------------------------------------*/

static bool near_frequency(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    const struct match_near *near = (const struct match_near *)leaf;
    *tf = (uint32_t)spans_count(&near->spans);
    return spans_in_title(near->together.source, leaf->matcher.doc, &near->spans, title_tf);
}

static uint32_t twice(uint32_t n)
{
    return n < UINT32_MAX / 2 ? 2 * n : UINT32_MAX;
}

/* No two occurrences of the same order begin or end together. */
static bool near_most(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    struct match_near *near = (struct match_near *)leaf;
    if (!match_together_most(&near->together, tf, title_tf))
        return false;
    if (!near->rule.ordered) {
        *tf = twice(*tf);
        *title_tf = twice(*title_tf);
    }
    return true;
}

static uint16_t near_bound(struct match_leaf *leaf, uint32_t target, uint32_t *up_to)
{
    struct match_near *near = (struct match_near *)leaf;
    if (near->rule.ordered)
        return match_together_bound(&near->together, target, up_to);
    *up_to = NO_MORE_DOCS;
    return UINT16_MAX;
}

static bool near_occurrences(struct match_leaf *leaf, struct bytes *out)
{
    const struct match_near *near = (const struct match_near *)leaf;
    return spans_starts(near->together.source, &near->spans, out);
}

static bool near_extents(struct match_leaf *leaf, struct bytes *out)
{
    const struct match_near *near = (const struct match_near *)leaf;
    return spans_copy(near->together.source, &near->spans, out);
}

static bool near_marks(struct match_leaf *leaf, struct bytes *out)
{
    const struct match_near *near = (const struct match_near *)leaf;
    const struct near_pair *pairs = (const struct near_pair *)(const void *)near->pairs.data;
    bytes_clear(out);
    for (size_t i = 0; i < spans_count(&near->spans); i++) {
        if (!match_budget_place(near->together.source->budget, i))
            return false;
        struct match_span sides[2] = {{pairs[i].start, pairs[i].first_words},
                                      {pairs[i].end - pairs[i].last_words, pairs[i].last_words}};
        bytes_append(out, sides, sizeof sides);
    }
    return have_memory(near, out) && spans_sort(near->together.source, out);
}

static const struct matcher_kind near_kind = {.seek = near_seek,
                                              .test = near_test,
                                              .approach = near_approach,
                                              .confirm = near_confirm,
                                              .leaves = match_leaf_itself,
                                              .release = near_release};
static const struct match_leaf_kind near_leaf_kind = {.frequency = near_frequency,
                                                      .most = near_most,
                                                      .bound = near_bound,
                                                      .occurrences = near_occurrences,
                                                      .extents = near_extents,
                                                      .marks = near_marks};

struct match_leaf *match_near(const struct match_source *source, struct near_rule rule,
                              struct match_leaf *const sides[2], struct match_leaf *const *scouts,
                              uint32_t number)
{
    struct match_near *made = arena_allocate(source->arena, 1, sizeof *made);
    struct match_together together;
    if (!match_together_init(&together, source, sides, scouts, 2))
        return NULL;
    if (!made) {
        match_together_release(&together);
        return NULL;
    }
    matcher_init(&made->leaf.matcher, &near_kind, together.leaves[0]->matcher.cost);
    made->leaf.kind = &near_leaf_kind;
    made->leaf.number = number;
    made->leaf.word_count = 1;
    made->rule = rule;
    made->together = together;
    made->sides[0] = sides[0];
    made->sides[1] = sides[1];
    return &made->leaf;
}
