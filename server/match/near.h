/* The articles in which two things stand near each other. A leaf.
 *
 * A pair is an occurrence of the one side and one of the other that share no word, the later one
 * beginning at most `distance` positions behind the last word of the earlier one (1: side by side);
 * ordered: the first side is the earlier. It spans both and what is between. An occurrence is a
 * pair within whose span lies that of no other pair; equal spans are one. So `a NEAR/5 b` stands
 * once in "a a b" and twice in "a b a": both words are marked, and a side in any number of them.
 * Nothing is near across a title and its body, which begins STORE_BODY_GAP positions later.
 * Work: n log n in the occurrences of the sides in the articles that have both. */
#ifndef VERBATIM_MATCH_NEAR_H
#define VERBATIM_MATCH_NEAR_H

#include "match/leaf.h"
#include "match/source.h"

struct near_rule {
    uint32_t distance; /* 1 … */
    bool ordered;
};

/* Both sides are taken, and the scouts, which are others of the same, or NULL. */
struct match_leaf *match_near(const struct match_source *source, struct near_rule rule,
                              struct match_leaf *const sides[2], struct match_leaf *const *scouts,
                              uint32_t number);

#endif
