#include "match/not.h"

#include "base/arena.h"

struct match_not {
    struct matcher matcher;
    struct matcher *include, *exclude;
};

static uint32_t not_excluded_from(struct match_not *without, uint32_t doc)
{
    while (doc != NO_MORE_DOCS && matcher_test(without->exclude, doc))
        doc = matcher_next(without->include);
    return doc;
}

static uint32_t not_next(struct matcher *matcher)
{
    struct match_not *without = (struct match_not *)matcher;
    return not_excluded_from(without, matcher_next(without->include));
}

static uint32_t not_seek(struct matcher *matcher, uint32_t target)
{
    struct match_not *without = (struct match_not *)matcher;
    return not_excluded_from(without, matcher_seek(without->include, target));
}

static bool not_test(struct matcher *matcher, uint32_t target)
{
    struct match_not *without = (struct match_not *)matcher;
    if (!matcher_test(without->include, target) || matcher_test(without->exclude, target))
        return false;
    matcher->doc = target;
    return true;
}

static void not_leaves(struct matcher *matcher, struct match_leaves *leaves)
{
    matcher_leaves(((struct match_not *)matcher)->include, leaves);
}

static void not_release(struct matcher *matcher)
{
    struct match_not *without = (struct match_not *)matcher;
    matcher_release(without->include);
    matcher_release(without->exclude);
}

static const struct matcher_kind not_kind = {.next = not_next,
                                             .seek = not_seek,
                                             .test = not_test,
                                             .leaves = not_leaves,
                                             .release = not_release};

struct matcher *match_not(const struct match_source *source, struct matcher *include,
                          struct matcher *exclude)
{
    struct match_not *without = arena_allocate(source->arena, 1, sizeof *without);
    if (!without) {
        matcher_release(include);
        matcher_release(exclude);
        return NULL;
    }
    matcher_init(&without->matcher, &not_kind, include->cost);
    without->include = include;
    without->exclude = exclude;
    return &without->matcher;
}

struct matcher *match_not_included(struct matcher *matcher)
{
    return matcher->kind == &not_kind ? ((struct match_not *)matcher)->include : NULL;
}

struct matcher *match_not_excluded(struct matcher *matcher)
{
    return matcher->kind == &not_kind ? ((struct match_not *)matcher)->exclude : NULL;
}
