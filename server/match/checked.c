#include "match/checked.h"

#include "base/arena.h"
#include "match/confirmed.h"
#include "match/places.h"
#include "match/title.h"

struct match_checked {
    struct match_leaf leaf;
    const struct match_source *source;
    struct match_leaf *inner;
    struct match_check check;
    struct bytes starts; /* the good ones of the current article */
};

static struct match_checked *checked_of(struct matcher *matcher)
{
    return (struct match_checked *)matcher;
}

static uint32_t checked_approach(struct matcher *matcher, uint32_t target)
{
    return matcher_approach(&checked_of(matcher)->inner->matcher, target);
}

static bool checked_confirm(struct matcher *matcher)
{
    struct match_checked *checked = checked_of(matcher);
    struct match_leaf *inner = checked->inner;
    return matcher_confirm(&inner->matcher) && match_leaf_occurrences(inner, &checked->starts) &&
           checked->check.keep(checked->check.context, inner->matcher.doc, &checked->starts) &&
           checked->starts.size > 0;
}

static uint32_t checked_seek(struct matcher *matcher, uint32_t target)
{
    const struct match_budget *budget = checked_of(matcher)->source->budget;
    return match_confirmed_seek(matcher, target, budget, checked_approach, checked_confirm);
}

static bool checked_frequency(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    const struct match_checked *checked = (const struct match_checked *)leaf;
    *tf = (uint32_t)(checked->starts.size / sizeof(uint32_t));
    return match_title_count(checked->source, leaf->matcher.doc, &checked->starts, title_tf);
}

static bool checked_most(struct match_leaf *leaf, uint32_t *tf, uint32_t *title_tf)
{
    return match_leaf_most(((struct match_checked *)leaf)->inner, tf, title_tf);
}

static uint16_t checked_bound(struct match_leaf *leaf, uint32_t target, uint32_t *up_to)
{
    return match_leaf_bound(((struct match_checked *)leaf)->inner, target, up_to);
}

static bool checked_occurrences(struct match_leaf *leaf, struct bytes *out)
{
    const struct match_checked *checked = (const struct match_checked *)leaf;
    bytes_clear(out);
    return match_places_append(checked->source->budget, out, bytes_slice(&checked->starts));
}

static void checked_release(struct matcher *matcher)
{
    struct match_checked *checked = checked_of(matcher);
    matcher_release(&checked->inner->matcher);
    checked->check.release(checked->check.context);
    bytes_release(&checked->starts);
}

static const struct matcher_kind checked_kind = {.seek = checked_seek,
                                                 .approach = checked_approach,
                                                 .confirm = checked_confirm,
                                                 .leaves = match_leaf_itself,
                                                 .release = checked_release};
static const struct match_leaf_kind checked_leaf_kind = {.frequency = checked_frequency,
                                                         .most = checked_most,
                                                         .bound = checked_bound,
                                                         .occurrences = checked_occurrences};

struct match_leaf *match_checked(const struct match_source *source, struct match_leaf *inner,
                                 struct match_check check, uint32_t number)
{
    struct match_checked *made = arena_allocate(source->arena, 1, sizeof *made);
    if (!made) {
        matcher_release(&inner->matcher);
        check.release(check.context);
        return NULL;
    }
    matcher_init(&made->leaf.matcher, &checked_kind, inner->matcher.cost);
    made->leaf.kind = &checked_leaf_kind;
    made->leaf.number = number;
    made->leaf.word_count = inner->word_count;
    made->source = source;
    made->inner = inner;
    made->check = check;
    return &made->leaf;
}
