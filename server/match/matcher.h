/* Matchers: iterators over the articles of one file that answer a part of a query, in ascending
 * order.
 *
 * The contract, for whoever uses one (by the functions below, never by its kind):
 *   - A new matcher stands before the first article: doc is BEFORE_FIRST_DOC, and nothing was read
 *     yet. matcher_next or matcher_seek begins it.
 *   - matcher_next goes to the next matching article and returns it; at the end NO_MORE_DOCS, and
 *     again NO_MORE_DOCS ever after.
 *   - matcher_seek goes to the first matching article that is not less than the target. A target
 *     that is not beyond the current article changes nothing and returns the current one: a matcher
 *     never goes back. A target beyond the last article, NO_MORE_DOCS among them, ends it.
 *   - matcher_test tells whether an article matches, for those who ask article by article instead.
 *     Targets rise from call to call, and who has begun to test only tests. After true the matcher
 *     stands on the target; after false its doc is something else, and not to be looked at. It may
 *     be far cheaper than matcher_seek, since it need not find the next match.
 *   - matcher_approach goes as matcher_seek does, but to an article that may match: it reads no
 *     positions. matcher_confirm tells whether the article approached does match; after true all is
 *     as after matcher_seek, after false go on with matcher_approach(doc + 1). Who approaches does
 *     so all the way; a leaf may be asked for its `most` before it is confirmed.
 *   - cost is an upper bound of how many articles match, known from the start; 0: none at all.
 *     Whoever combines matchers begins with the cheapest.
 *   - Errors and deadlines are in the budget that all matchers of a question share. When its status
 *     turns bad every matcher ends at once, and the article that the failing call gave may be no
 *     match: look at the status before taking it.
 *   - Where a matcher stands on an article, matcher_leaves names the words and phrases that match
 *     there.
 *   - Memory is the arena's; matcher_release gives back what lists hold, once, with the root.
 *
 * For whoever writes one: a kind's next and seek are called only where the answer is not plain from
 * the above; they return the new article, and the functions below put it into doc. */
#ifndef VERBATIM_MATCH_MATCHER_H
#define VERBATIM_MATCH_MATCHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NO_MORE_DOCS UINT32_MAX
#define BEFORE_FIRST_DOC (UINT32_MAX - 1)

struct match_leaves;
struct matcher;

struct matcher_kind {
    uint32_t (*next)(struct matcher *matcher);                      /* NULL: by seek */
    uint32_t (*seek)(struct matcher *matcher, uint32_t target);     /* target is beyond doc */
    bool (*test)(struct matcher *matcher, uint32_t target);         /* sets doc; NULL: by seek */
    uint32_t (*approach)(struct matcher *matcher, uint32_t target); /* beyond doc; NULL: seek */
    bool (*confirm)(struct matcher *matcher);                       /* NULL: all approached match */
    void (*leaves)(struct matcher *matcher, struct match_leaves *leaves); /* NULL: it has none */
    void (*release)(struct matcher *matcher); /* NULL: nothing to give back */
};

struct matcher { /* the first member of each kind's own struct */
    const struct matcher_kind *kind;
    uint64_t cost;
    uint32_t doc;
};

static inline void matcher_init(struct matcher *matcher, const struct matcher_kind *kind,
                                uint64_t cost)
{
    *matcher = (struct matcher){.kind = kind, .cost = cost, .doc = BEFORE_FIRST_DOC};
}

static inline uint32_t matcher_next(struct matcher *matcher)
{
    if (matcher->doc == NO_MORE_DOCS)
        return NO_MORE_DOCS;
    if (matcher->kind->next)
        matcher->doc = matcher->kind->next(matcher);
    else
        matcher->doc =
            matcher->kind->seek(matcher, matcher->doc == BEFORE_FIRST_DOC ? 0 : matcher->doc + 1);
    return matcher->doc;
}

static inline uint32_t matcher_seek(struct matcher *matcher, uint32_t target)
{
    if (matcher->doc == BEFORE_FIRST_DOC || target > matcher->doc)
        matcher->doc =
            target >= BEFORE_FIRST_DOC ? NO_MORE_DOCS : matcher->kind->seek(matcher, target);
    return matcher->doc;
}

static inline bool matcher_test(struct matcher *matcher, uint32_t target)
{
    if (matcher->kind->test)
        return matcher->kind->test(matcher, target);
    return matcher_seek(matcher, target) == target;
}

static inline uint32_t matcher_approach(struct matcher *matcher, uint32_t target)
{
    if (!matcher->kind->approach)
        return matcher_seek(matcher, target);
    if (matcher->doc == BEFORE_FIRST_DOC || target > matcher->doc)
        matcher->doc =
            target >= BEFORE_FIRST_DOC ? NO_MORE_DOCS : matcher->kind->approach(matcher, target);
    return matcher->doc;
}

static inline bool matcher_confirm(struct matcher *matcher)
{
    return !matcher->kind->confirm || matcher->kind->confirm(matcher);
}

static inline void matcher_leaves(struct matcher *matcher, struct match_leaves *leaves)
{
    if (matcher->kind->leaves)
        matcher->kind->leaves(matcher, leaves);
}

static inline void matcher_release(struct matcher *matcher)
{
    if (matcher && matcher->kind->release)
        matcher->kind->release(matcher);
}

#endif
