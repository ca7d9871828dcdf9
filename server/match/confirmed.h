/* The seek of a kind that approaches and confirms: on from article to article until one matches. */
#ifndef VERBATIM_MATCH_CONFIRMED_H
#define VERBATIM_MATCH_CONFIRMED_H

#include "match/budget.h"
#include "match/matcher.h"

/* approach and confirm are the kind's own; NO_MORE_DOCS also where the budget has ended. */
static inline uint32_t match_confirmed_seek(struct matcher *matcher, uint32_t target,
                                            const struct match_budget *budget,
                                            uint32_t (*approach)(struct matcher *, uint32_t),
                                            bool (*confirm)(struct matcher *))
{
    for (;;) {
        uint32_t doc = approach(matcher, target);
        if (doc == NO_MORE_DOCS || confirm(matcher))
            return doc;
        if (budget->status != STATUS_OK)
            return NO_MORE_DOCS;
        target = doc + 1;
    }
}

#endif
