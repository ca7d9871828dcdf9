#include "match/sequence.h"

#include "base/arena.h"
#include "match/confirmed.h"
#include "match/spans.h"
#include "match/together.h"

struct match_sequence {
    struct match_leaf leaf;
    struct match_leaf **parts; /* in order */
    struct match_together together;
    struct bytes spans; /* struct match_span: the occurrences in the current article */
    struct bytes part;  /* struct match_span: those of one part */
};

/* --- Occurrences -------------------------------------------------------------------------------*/

/* Of spans that ascend by start the first that begins there; none: as many as there are. */
static size_t find_start(const struct bytes *spans, uint32_t start)
{
    const struct match_span *items = spans_items(spans);
    size_t low = 0, high = spans_count(spans);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (items[middle].start < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low < spans_count(spans) && items[low].start == start ? low : spans_count(spans);
}

/* Keeps the spans that the part goes on from, and makes them longer by it. */
static bool go_on(struct match_sequence *sequence)
{
    struct match_budget *budget = sequence->together.source->budget;
    struct match_span *items = spans_items(&sequence->spans);
    size_t count = spans_count(&sequence->spans), kept = 0;
    for (size_t i = 0; i < count && match_budget_place(budget, i); i++) {
        size_t next = find_start(&sequence->part, items[i].start + items[i].words);
        if (next == spans_count(&sequence->part))
            continue;
        items[i].words += spans_items(&sequence->part)[next].words;
        items[kept++] = items[i];
    }
    sequence->spans.size = kept * sizeof *items;
    return budget->status == STATUS_OK;
}

static bool find_spans(struct match_sequence *sequence)
{
    struct match_budget *budget = sequence->together.source->budget;
    if (!match_leaf_extents(sequence->parts[0], budget, &sequence->spans))
        return false;
    for (size_t i = 1; i < sequence->together.count && sequence->spans.size; i++)
        if (!match_leaf_extents(sequence->parts[i], budget, &sequence->part) || !go_on(sequence))
            return false;
    return sequence->spans.size > 0;
}

/* --- Matcher -----------------------------------------------------------------------------------*/

static struct match_sequence *sequence_of(struct matcher *matcher)
{
    return (struct match_sequence *)matcher;
}

static uint32_t sequence_approach(struct matcher *matcher, uint32_t target)
{
    return match_together_approach(&sequence_of(matcher)->together, target);
}

static bool sequence_confirm(struct matcher *matcher)
{
    struct match_sequence *sequence = sequence_of(matcher);
    return match_together_confirm(&sequence->together) && find_spans(sequence);
}

static uint32_t sequence_seek(struct matcher *matcher, uint32_t target)
{
    const struct match_budget *budget = sequence_of(matcher)->together.source->budget;
    return match_confirmed_seek(matcher, target, budget, sequence_approach, sequence_confirm);
}

static bool sequence_test(struct matcher *matcher, uint32_t target)
{
    if (!match_together_test(&sequence_of(matcher)->together, target) || !sequence_confirm(matcher))
        return false;
    matcher->doc = target;
    return true;
}

static void sequence_release(struct matcher *matcher)
{
    struct match_sequence *sequence = sequence_of(matcher);
    match_together_release(&sequence->together);
    bytes_release(&sequence->spans);
    bytes_release(&sequence->part);
}

/* --- Leaf --------------------------------------------------------------------------------------*/

static bool sequence_frequency(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    const struct match_sequence *sequence = (const struct match_sequence *)leaf;
    *tf = (uint32_t)spans_count(&sequence->spans);
    return spans_in_title(sequence->together.source, leaf->matcher.doc, &sequence->spans, title_tf);
}

static bool sequence_most(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    return match_together_most(&((struct match_sequence *)leaf)->together, tf, title_tf);
}

static uint16_t sequence_bound(struct match_leaf *leaf, uint32_t target, uint32_t *up_to)
{
    return match_together_bound(&((struct match_sequence *)leaf)->together, target, up_to);
}

static bool sequence_occurrences(struct match_leaf *leaf, struct bytes *out)
{
    const struct match_sequence *sequence = (const struct match_sequence *)leaf;
    return spans_starts(sequence->together.source, &sequence->spans, out);
}

static bool sequence_extents(struct match_leaf *leaf, struct bytes *out)
{
    const struct match_sequence *sequence = (const struct match_sequence *)leaf;
    return spans_copy(sequence->together.source, &sequence->spans, out);
}

static const struct matcher_kind sequence_kind = {.seek = sequence_seek,
                                                  .test = sequence_test,
                                                  .approach = sequence_approach,
                                                  .confirm = sequence_confirm,
                                                  .leaves = match_leaf_itself,
                                                  .release = sequence_release};
static const struct match_leaf_kind sequence_leaf_kind = {.frequency = sequence_frequency,
                                                          .most = sequence_most,
                                                          .bound = sequence_bound,
                                                          .occurrences = sequence_occurrences,
                                                          .extents = sequence_extents};

struct match_leaf *match_sequence(const struct match_source *source,
                                  struct match_leaf *const *leaves,
                                  struct match_leaf *const *scouts, size_t count, uint32_t number)
{
    struct match_sequence *made = arena_allocate(source->arena, 1, sizeof *made);
    struct match_leaf **parts = arena_allocate(source->arena, count, sizeof *parts);
    struct match_together together;
    if (!match_together_init(&together, source, leaves, scouts, count))
        return NULL;
    memcpy(parts, leaves, count * sizeof *parts);
    matcher_init(&made->leaf.matcher, &sequence_kind, together.leaves[0]->matcher.cost);
    made->leaf.kind = &sequence_leaf_kind;
    made->leaf.number = number;
    made->leaf.word_count = 1;
    made->parts = parts;
    made->together = together;
    return &made->leaf;
}
