/* Which neighbours that are joined by a hyphen or an apostrophe are one compound with the word that
 * writes them closed, in whole numbers. FORMAT.md, "compounds"; docs/spellings.md. Any thread. */
#ifndef VERBATIM_STORE_COMPOUND_RULE_H
#define VERBATIM_STORE_COMPOUND_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

enum compound_kind { COMPOUND_HYPHEN, COMPOUND_APOSTROPHE };

enum {
    COMPOUND_CLOSED_MOST = 10, /* times as often as joined by a hyphen the closed word may stand */
    COMPOUND_RARE = 100, /* times as many articles as they are joined times the rarer may have */
    COMPOUND_JOINED_LEAST = 10, /* times as often as closed they must be joined by an apostrophe, */
    COMPOUND_MANY = 10,         /* and, where the closed word stands so often or more, */
    COMPOUND_JOINED_MANY = 50,  /* so many times as often: a misspelling of "don't" stays rare,
                                   "cant" and "wont" are words */
    COMPOUND_LETTERS = 4,       /* the least of a closed word: u2 is not u-2, hed not he'd */
};

static inline bool compound_rule_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether two folded words can be one compound at all: no genitive, of which the closed word is a
 * plural; no digits that would run together to another number; not too short to be told from what
 * else is written so. Characters are counted, not bytes. */
static inline bool compound_rule_words(enum compound_kind kind, struct slice left,
                                       struct slice right)
{
    size_t letters = 0;
    if (left.size == 0 || right.size == 0 ||
        (kind == COMPOUND_APOSTROPHE && right.size == 1 && right.data[0] == 's') ||
        (compound_rule_is_digit(left.data[left.size - 1]) && compound_rule_is_digit(right.data[0])))
        return false;
    for (size_t i = 0; i < left.size; i++)
        letters += (left.data[i] & 0xC0) != 0x80;
    for (size_t i = 0; i < right.size; i++)
        letters += (right.data[i] & 0xC0) != 0x80;
    return letters >= COMPOUND_LETTERS;
}

/* Whether the closed word, which stands so often, is no other word. */
static inline bool compound_rule_closed(enum compound_kind kind, uint64_t joined, uint64_t closed)
{
    uint64_t least = closed < COMPOUND_MANY ? COMPOUND_JOINED_LEAST : COMPOUND_JOINED_MANY;
    return kind == COMPOUND_HYPHEN ? closed <= COMPOUND_CLOSED_MOST * joined
                                   : least * closed <= joined;
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
