#include "match/spread.h"

#include "base/arena.h"
#include "match/confirmed.h"
#include "match/spans.h"
#include "match/together.h"
#include "store/columns_read.h"
#include "store/settings.h"

struct spread_run { /* the places of one part in the current article */
    const uint32_t *values, *end, *at;
};

struct match_spread {
    struct match_leaf leaf;
    struct spread_rule rule;
    struct match_together together;
    struct bytes *positions; /* by leaf of `together` */
    struct spread_run *runs; /* by part */
    struct bytes places;     /* struct match_span: the occurrences in the current article */
    size_t steps;            /* since the budget was asked */
    bool complete;           /* places are all of them, not one alone */
};

static const struct spread_part *last_part(const struct match_spread *spread)
{
    return &spread->rule.parts[spread->rule.count - 1];
}

/* --- Positions ---------------------------------------------------------------------------------*/

static size_t leaf_of_part(const struct match_spread *spread, size_t part)
{
    size_t i = 0;
    while (spread->together.leaves[i] != spread->rule.parts[part].leaf)
        i++;
    return i;
}

static bool read_positions(struct match_spread *spread)
{
    for (size_t i = 0; i < spread->together.count; i++)
        if (!match_leaf_occurrences(spread->together.leaves[i], &spread->positions[i]))
            return false;
    for (size_t i = 0; i < spread->rule.count; i++) {
        const struct bytes *positions = &spread->positions[leaf_of_part(spread, i)];
        const uint32_t *values = (const uint32_t *)(const void *)positions->data;
        spread->runs[i] =
            (struct spread_run){values, values + positions->size / sizeof *values, values};
    }
    return true;
}

/* --- Places ------------------------------------------------------------------------------------*/

/* Whether the budget lets another start be looked at, which is a step for each part. */
static bool go_on(struct match_spread *spread)
{
    spread->steps += spread->rule.count;
    if (spread->steps < BUDGET_PLACES)
        return true;
    spread->steps = 0;
    return match_budget_spend(spread->together.source->budget, 1);
}

/* Moves the parts behind the first to the earliest places that follow it. False where there are
 * none, for this start and all that come later. */
static bool follow(struct match_spread *spread, uint32_t start)
{
    const struct spread_part *parts = spread->rule.parts;
    uint32_t before = start;
    for (size_t i = 1; i < spread->rule.count; i++) {
        struct spread_run *run = &spread->runs[i];
        uint32_t least = before + parts[i].offset - parts[i - 1].offset;
        while (run->at < run->end && *run->at < least)
            run->at++;
        if (run->at == run->end)
            return false;
        before = *run->at;
    }
    return true;
}

static bool is_near_enough(const struct match_spread *spread, uint32_t start, uint32_t last)
{
    uint32_t least = last_part(spread)->offset - spread->rule.parts[0].offset;
    return last - start - least <= spread->rule.slop;
}

static void add_place(struct match_spread *spread, uint32_t start, uint32_t last)
{
    struct match_span place = {start, last + last_part(spread)->leaf->word_count - start};
    bytes_append(&spread->places, &place, sizeof place);
}

/* The same for two parts, without looking at one of them for its own sake: of the starts before an
 * end the last one. */
static void find_pairs(struct match_spread *spread, bool one)
{
    const struct spread_part *parts = spread->rule.parts;
    const struct spread_run *first = &spread->runs[0], *last = &spread->runs[1];
    uint32_t least = parts[1].offset - parts[0].offset, most = least + spread->rule.slop;
    const uint32_t *end = last->values;
    for (const uint32_t *start = first->values; start < first->end; start++) {
        if (!go_on(spread))
            return;
        while (end < last->end && *end < *start + least)
            end++;
        if (end == last->end)
            return;
        while (start + 1 < first->end && start[1] + least <= *end)
            start++;
        if (*end - *start > most)
            continue;
        add_place(spread, *start, *end);
        if (one)
            return;
    }
}

/* Of all starts that lead to the same last word the last one makes the smallest span. */
static void find_spans(struct match_spread *spread)
{
    struct spread_run *first = &spread->runs[0], *last = &spread->runs[spread->rule.count - 1];
    uint32_t start = 0, end = 0;
    bool has = false;
    for (first->at = first->values; first->at < first->end; first->at++) {
        if (!go_on(spread) || !follow(spread, *first->at))
            break;
        if (has && *last->at != end && is_near_enough(spread, start, end))
            add_place(spread, start, end);
        start = *first->at;
        end = *last->at;
        has = true;
    }
    if (has && is_near_enough(spread, start, end))
        add_place(spread, start, end);
}

static void find_places(struct match_spread *spread, bool one)
{
    bytes_clear(&spread->places);
    spread->complete = !one || spread->rule.count != 2;
    if (spread->rule.count == 2)
        find_pairs(spread, one);
    else
        find_spans(spread);
}

/* --- Edges -------------------------------------------------------------------------------------*/

static uint32_t words_before(const struct match_spread *spread)
{
    return spread->rule.parts[0].offset;
}

static uint32_t words_behind(const struct match_spread *spread)
{
    const struct spread_part *last = last_part(spread);
    return spread->rule.words - last->offset - last->leaf->word_count;
}

/* Whether a span could reach from a title into its body. */
static bool may_cross(const struct match_spread *spread)
{
    return (uint64_t)spread->rule.words + spread->rule.slop > STORE_BODY_GAP;
}

struct edges { /* of an article */
    uint32_t title_words, body_start, body_end;
};

static bool find_edges(struct match_spread *spread, struct edges *edges)
{
    const struct match_source *source = spread->together.source;
    uint32_t doc = match_together_doc(&spread->together);
    enum status status = columns_title_words(source->columns, doc, &edges->title_words);
    edges->body_start = settings_body_start(edges->title_words);
    edges->body_end = UINT32_MAX;
    if (!match_budget_check(source->budget, status, CHUNK_TITLE_WORDS))
        return false;
    const struct match_span *last = &spans_items(&spread->places)[spans_count(&spread->places) - 1];
    uint32_t needed = last->start + last->words + words_behind(spread);
    return words_behind(spread) == 0 || last->start < edges->body_start ||
           !spread->rule.ends.find ||
           spread->rule.ends.find(spread->rule.ends.context, doc, needed, &edges->body_end);
}

/* Whether the words of any kind around the place are there; makes them part of it. */
static bool widen(const struct match_spread *spread, const struct edges *edges,
                  struct match_span *place)
{
    bool in_title = place->start < edges->title_words;
    uint32_t from = in_title ? 0 : edges->body_start;
    uint32_t to = in_title ? edges->title_words : edges->body_end;
    uint32_t before = words_before(spread), behind = words_behind(spread);
    if (place->start - from < before || place->start + (uint64_t)place->words + behind > to)
        return false;
    place->start -= before;
    place->words += before + behind;
    return true;
}

/* Whether every place that is found is an occurrence. */
static bool has_no_edges(const struct match_spread *spread)
{
    return words_before(spread) == 0 && words_behind(spread) == 0 && !may_cross(spread);
}

static bool keep_within_edges(struct match_spread *spread)
{
    struct edges edges;
    struct match_span *places = (struct match_span *)(void *)spread->places.data;
    size_t count = spread->places.size / sizeof *places, kept = 0;
    if (count == 0 || has_no_edges(spread))
        return true;
    if (!find_edges(spread, &edges))
        return false;
    for (size_t i = 0; i < count && go_on(spread); i++)
        if (widen(spread, &edges, &places[i]))
            places[kept++] = places[i];
    spread->places.size = kept * sizeof *places;
    return spread->together.source->budget->status == STATUS_OK;
}

/* --- Matcher -----------------------------------------------------------------------------------*/

static struct match_spread *spread_of(struct matcher *matcher)
{
    return (struct match_spread *)matcher;
}

static uint32_t spread_approach(struct matcher *matcher, uint32_t target)
{
    return match_together_approach(&spread_of(matcher)->together, target);
}

static bool spread_confirm(struct matcher *matcher)
{
    struct match_spread *spread = spread_of(matcher);
    if (!match_together_confirm(&spread->together) || !read_positions(spread))
        return false;
    find_places(spread, has_no_edges(spread));
    return match_budget_check(spread->together.source->budget, spread->places.status,
                              CHUNK_POSITIONS) &&
           keep_within_edges(spread) && spread->places.size > 0;
}

static uint32_t spread_seek(struct matcher *matcher, uint32_t target)
{
    const struct match_budget *budget = spread_of(matcher)->together.source->budget;
    return match_confirmed_seek(matcher, target, budget, spread_approach, spread_confirm);
}

static bool spread_test(struct matcher *matcher, uint32_t target)
{
    if (!match_together_test(&spread_of(matcher)->together, target) || !spread_confirm(matcher))
        return false;
    matcher->doc = target;
    return true;
}

static void spread_release(struct matcher *matcher)
{
    struct match_spread *spread = spread_of(matcher);
    for (size_t i = 0; i < spread->together.count; i++)
        bytes_release(&spread->positions[i]);
    match_together_release(&spread->together);
    bytes_release(&spread->places);
}

/* An article is confirmed by one place; the others are found when they are asked for. */
static bool complete(struct match_spread *spread)
{
    if (!spread->complete)
        find_places(spread, false);
    return match_budget_check(spread->together.source->budget, spread->places.status,
                              CHUNK_POSITIONS);
}

/* --- Leaf --------------------------------------------------------------------------------------*/

static bool spread_frequency(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    struct match_spread *spread = (struct match_spread *)leaf;
    *title_tf = 0;
    if (!complete(spread))
        return false;
    *tf = (uint32_t)(spread->places.size / sizeof(struct match_span));
    return spans_in_title(spread->together.source, leaf->matcher.doc, &spread->places, title_tf);
}

static bool spread_most(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    return match_together_most(&((struct match_spread *)leaf)->together, tf, title_tf);
}

static uint16_t spread_bound(struct match_leaf *leaf, uint32_t target, uint32_t *up_to)
{
    return match_together_bound(&((struct match_spread *)leaf)->together, target, up_to);
}

static bool spread_occurrences(struct match_leaf *leaf, struct bytes *out)
{
    struct match_spread *spread = (struct match_spread *)leaf;
    return complete(spread) && spans_starts(spread->together.source, &spread->places, out);
}

static bool spread_extents(struct match_leaf *leaf, struct bytes *out)
{
    struct match_spread *spread = (struct match_spread *)leaf;
    return complete(spread) && spans_copy(spread->together.source, &spread->places, out);
}

/* The words of an occurrence, those side by side as one. */
static void mark_place(struct match_spread *spread, uint32_t start, struct bytes *out)
{
    struct match_span run = {start, spread->rule.parts[0].leaf->word_count};
    for (size_t i = 1; i < spread->rule.count; i++) {
        uint32_t at = *spread->runs[i].at, words = spread->rule.parts[i].leaf->word_count;
        if (at == run.start + run.words) {
            run.words += words;
            continue;
        }
        bytes_append(out, &run, sizeof run);
        run = (struct match_span){at, words};
    }
    bytes_append(out, &run, sizeof run);
}

/* A phrase without slop is marked whole. */
static bool spread_marks(struct match_leaf *leaf, struct bytes *out)
{
    struct match_spread *spread = (struct match_spread *)leaf;
    const struct match_span *places;
    if (spread->rule.slop == 0)
        return spread_extents(leaf, out);
    if (!complete(spread))
        return false;
    places = spans_items(&spread->places);
    bytes_clear(out);
    for (size_t i = 1; i < spread->rule.count; i++)
        spread->runs[i].at = spread->runs[i].values;
    for (size_t i = 0; i < spread->places.size / sizeof *places; i++) {
        uint32_t start = places[i].start + words_before(spread);
        if (!go_on(spread))
            return false;
        if (follow(spread, start))
            mark_place(spread, start, out);
    }
    return match_budget_check(spread->together.source->budget, out->status, CHUNK_POSITIONS) &&
           spans_sort(spread->together.source, out);
}

static const struct matcher_kind spread_kind = {.seek = spread_seek,
                                                .test = spread_test,
                                                .approach = spread_approach,
                                                .confirm = spread_confirm,
                                                .leaves = match_leaf_itself,
                                                .release = spread_release};
static const struct match_leaf_kind spread_leaf_kind = {.frequency = spread_frequency,
                                                        .most = spread_most,
                                                        .bound = spread_bound,
                                                        .occurrences = spread_occurrences,
                                                        .extents = spread_extents,
                                                        .marks = spread_marks};

struct match_leaf *match_spread(const struct match_source *source, const struct spread_rule *rule,
                                struct match_leaf *const *leaves, struct match_leaf *const *scouts,
                                size_t count, uint32_t number)
{
    struct match_spread *made = arena_allocate(source->arena, 1, sizeof *made);
    struct match_together together;
    if (!match_together_init(&together, source, leaves, scouts, count))
        return NULL;
    if (made) {
        made->positions = arena_allocate(source->arena, count, sizeof *made->positions);
        made->runs = arena_allocate(source->arena, rule->count, sizeof *made->runs);
    }
    if (source->arena->status != STATUS_OK) {
        match_together_release(&together);
        return NULL;
    }
    matcher_init(&made->leaf.matcher, &spread_kind, together.leaves[0]->matcher.cost);
    made->leaf.kind = &spread_leaf_kind;
    made->leaf.number = number;
    made->leaf.word_count = rule->words;
    made->rule = *rule;
    made->together = together;
    return &made->leaf;
}
