/* The occurrences of a leaf that someone else finds good, and the articles that have any: where the
 * stored text decides. A leaf. */
#ifndef VERBATIM_MATCH_CHECKED_H
#define VERBATIM_MATCH_CHECKED_H

#include "base/bytes.h"
#include "match/leaf.h"
#include "match/source.h"

/* Keeps of the ascending starts (uint32_t) of an article those that are good. False with the
 * budget's status bad. */
struct match_check {
    bool (*keep)(void *context, uint32_t doc, struct bytes *starts);
    void (*release)(void *context);
    void *context;
};

/* inner is taken, and not scored; the check is released with the leaf, or where there is none. */
struct match_leaf *match_checked(const struct match_source *source, struct match_leaf *inner,
                                 struct match_check check, uint32_t number);

#endif
