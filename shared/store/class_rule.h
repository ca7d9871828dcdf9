/* Which classes of words have a list of their own articles: the rule that the builder chooses by
 * and check compares with. Whole numbers only. FORMAT.md, "classes". Any thread. */
#ifndef VERBATIM_STORE_CLASS_RULE_H
#define VERBATIM_STORE_CLASS_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "store/gram_rule.h"

enum {
    CLASS_BOUND = 14000, /* what laying a class's lists together may cost beyond reading the longest
                            of them, in nanoseconds */
};

struct class_rule {
    uint64_t bound, cost; /* at most GRAM_RULE_MOST each */
};

static inline struct class_rule class_rule_default(void)
{
    return (struct class_rule){.bound = CLASS_BOUND, .cost = GRAM_LOOK_UP};
}

/* Whether laying the lists of a class's words together would cost at least the bound more than
 * reading that of its most frequent word: sum and most are the sum and the greatest of their df, df
 * is that of the class. A list of one article is none. */
static inline bool class_rule_list(const struct class_rule *rule, uint64_t sum, uint32_t most,
                                   uint32_t df)
{
    return df > 1 && (unsigned __int128)(sum - most) * rule->cost >= rule->bound;
}

#endif
