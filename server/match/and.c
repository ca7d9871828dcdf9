#include "match/and.h"

struct match_and {
    struct matcher matcher;
    struct match_children children; /* the cheapest first */
};

/* Whether every child matches the article on which the first stands; if not, *next is the least
 * that may. */
static bool all_match(struct match_and *both, uint32_t doc, uint32_t *next)
{
    *next = doc + 1;
    for (size_t i = 1; i < both->children.count; i++) {
        struct matcher *child = both->children.items[i];
        if (child->kind->test) {
            if (!child->kind->test(child, doc))
                return false;
        } else if (matcher_seek(child, doc) != doc) {
            *next = child->doc;
            return false;
        }
    }
    return true;
}

static uint32_t align(struct match_and *both, uint32_t doc)
{
    uint32_t next;
    while (doc != NO_MORE_DOCS && !all_match(both, doc, &next))
        doc = matcher_seek(both->children.items[0], next);
    return doc;
}

static uint32_t and_next(struct matcher *matcher)
{
    struct match_and *both = (struct match_and *)matcher;
    return align(both, matcher_next(both->children.items[0]));
}

static uint32_t and_seek(struct matcher *matcher, uint32_t target)
{
    struct match_and *both = (struct match_and *)matcher;
    return align(both, matcher_seek(both->children.items[0], target));
}

/* The cheapest child first: it is the likeliest to say no. */
static bool and_test(struct matcher *matcher, uint32_t target)
{
    struct match_and *both = (struct match_and *)matcher;
    for (size_t i = 0; i < both->children.count; i++)
        if (!matcher_test(both->children.items[i], target))
            return false;
    matcher->doc = target;
    return true;
}

static void and_leaves(struct matcher *matcher, struct match_leaves *leaves)
{
    struct match_and *both = (struct match_and *)matcher;
    for (size_t i = 0; i < both->children.count; i++)
        matcher_leaves(both->children.items[i], leaves);
}

static void and_release(struct matcher *matcher)
{
    match_children_release(&((struct match_and *)matcher)->children);
}

static const struct matcher_kind and_kind = {.next = and_next,
                                             .seek = and_seek,
                                             .test = and_test,
                                             .leaves = and_leaves,
                                             .release = and_release};

struct matcher *match_and(const struct match_source *source, struct matcher *const *children,
                          size_t count)
{
    struct match_and *both = arena_allocate(source->arena, 1, sizeof *both);
    if (!match_children_init(both ? &both->children : NULL, source->arena, children, count))
        return NULL;
    matcher_init(&both->matcher, &and_kind, both->children.items[0]->cost);
    return &both->matcher;
}

const struct match_children *match_and_children(struct matcher *matcher)
{
    return matcher->kind == &and_kind ? &((struct match_and *)matcher)->children : NULL;
}
