/* From the text in memory to the lists of pairs: what stands behind each place of a first word. */
#ifndef VERBATIM_BUILD_GRAM_FOLLOW_H
#define VERBATIM_BUILD_GRAM_FOLLOW_H

#include "build/gram_encode.h"
#include "build/gram_text.h"

struct gram_follow {              /* one thread's; reusable; zeroed, then the borrowed ones set */
    const struct gram_text *text; /* borrowed, as the next two */
    const struct gram_groups *groups;
    struct gram_encoder *encoder; /* its runs are not looked at */

    struct gram_walk walk;
    uint32_t first, df, partner; /* the word at hand */
    uint32_t low, span;          /* second words that are looked for: from low on, so many */
    struct bytes hits, totals;
};

/* Fills out, which is empty, with all lists of a group. */
enum status gram_follow_group(struct gram_follow *follow, uint32_t group, struct gram_lists *out);
void gram_follow_release(struct gram_follow *follow); /* twice is fine */

#endif
