/* The words of a stretch of articles that tell most of which belong together. */
#ifndef VERBATIM_BUILD_REORDER_SELECT_H
#define VERBATIM_BUILD_REORDER_SELECT_H

#include "build/reorder_bisect.h"
#include "build/reorder_gather.h"

struct stretch {            /* of the articles that stay, in the order of the input */
    const uint32_t *source; /* which article stands in each place; NULL: that of the same number */
    uint32_t first, count;  /* places; count is at most BISECT_ARTICLES */
};

/* Of each article the rarest words that enough articles of the stretch have. It takes 9 MB. */
enum status reorder_select(const struct gather *gather, const struct stretch *stretch,
                           struct bisect_record *records);

#endif
