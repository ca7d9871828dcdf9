/* The articles in which words stand in order with gaps between: any one word where the phrase has
 * none of its own, and `slop` more in all. A leaf.
 *
 * A place of the phrase is a span of positions, all in the title or all in the body, in which its
 * words stand in order, at least as far apart as in the phrase, the span at most `slop` words
 * longer than the phrase. An occurrence is a place within which there is no other, smaller one. So
 * occurrences may overlap but never lie one in another, and with a slop of 0 they are those of the
 * phrase: "a b"~5 stands once in "a a b", and twice in "a b a b" ("a b" and "a b", not "b a").
 * Where the words of an occurrence could be taken in two ways those are marked that come first.
 * Words of any kind before the first or behind the last one of the phrase's own must be there too,
 * and belong to the span. Work: linear in the positions of the articles that hold all the words.
 * Source: Clarke, Cormack and Burkowski, An algebra for structured text search (1995), for smallest
 * spans. */
#ifndef VERBATIM_MATCH_SPREAD_H
#define VERBATIM_MATCH_SPREAD_H

#include "match/leaf.h"
#include "match/source.h"

/* Tells where a body ends: the position behind its last word, or any that is not less than `needed`
 * where that is plain. False with the budget's status bad. */
struct match_ends {
    bool (*find)(void *context, uint32_t doc, uint32_t needed, uint32_t *end);
    void *context;
};

struct spread_part { /* a run of the phrase's words */
    struct match_leaf *leaf;
    uint32_t offset; /* of its first word in the phrase */
};

struct spread_rule {
    const struct spread_part *parts; /* one or more, in order; borrowed */
    size_t count;
    uint32_t words;         /* of the phrase, with those of any kind */
    uint32_t slop;          /* between the parts, never within one */
    struct match_ends ends; /* asked only where the phrase ends with any word */
};

/* leaves: those of the parts, each once; scouts: others of the same, or NULL. Both are taken. */
struct match_leaf *match_spread(const struct match_source *source, const struct spread_rule *rule,
                                struct match_leaf *const *leaves, struct match_leaf *const *scouts,
                                size_t count, uint32_t number);

#endif
