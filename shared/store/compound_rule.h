/* Which neighbours that are joined by a hyphen or an apostrophe are one compound with the word that
 * writes them closed: DESIGN's rule, in whole numbers. FORMAT.md, "compounds". Any thread. */
#ifndef VERBATIM_STORE_COMPOUND_RULE_H
#define VERBATIM_STORE_COMPOUND_RULE_H

#include <stdbool.h>
#include <stdint.h>

enum compound_kind { COMPOUND_HYPHEN, COMPOUND_APOSTROPHE };

enum {
    COMPOUND_CLOSED_MOST = 10, /* times as often as joined by a hyphen the closed word may stand */
    COMPOUND_RARE = 100, /* times as many articles as they are joined times the rarer may have */
    COMPOUND_JOINED_LEAST = 10, /* times as often as closed they must be joined by an apostrophe */
};

/* Whether the closed word, which stands so often, is no other word. */
static inline bool compound_rule_closed(enum compound_kind kind, uint64_t joined, uint64_t closed)
{
    return kind == COMPOUND_HYPHEN ? closed <= COMPOUND_CLOSED_MOST * joined
                                   : COMPOUND_JOINED_LEAST * closed <= joined;
}

/* Whether they are joined often enough for words that stand in so many articles: the others are as
 * good as never compounds, and counting how often they stand apart costs most. */
static inline bool compound_rule_often(uint64_t joined, uint32_t left_df, uint32_t right_df)
{
    return COMPOUND_RARE * joined >= (left_df < right_df ? left_df : right_df);
}

/* Whether they are joined at least as often as they stand apart. */
static inline bool compound_rule_joined(uint64_t joined, uint64_t apart)
{
    return joined >= apart;
}

#endif
