/* Which runs of adjacent words have lists of their own: the one rule that the builder chooses by
 * and a query concludes from. Whole numbers only, so that both sides always agree.
 *
 * A gram that passes the rule and is not in the chunk "grams" occurs nowhere; one that fails it is
 * cheap to find by its words. FORMAT.md, "grams". Sources: Williams, Zobel and Bahle, Fast phrase
 * querying with combined indexes (TOIS 2004); the rule for longer grams is that of Agrawal and
 * Srikant's Apriori (VLDB 1994). Any thread. */
#ifndef VERBATIM_STORE_GRAM_RULE_H
#define VERBATIM_STORE_GRAM_RULE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    GRAM_WORDS_MOST = 8,   /* words of the longest gram there can be */
    GRAM_BOUND = 36000,    /* what finding a pair by its words may cost, in nanoseconds */
    GRAM_LOOK_UP = 12,     /* what looking an article up in a list costs, likewise */
    GRAM_CANDIDATE = 120,  /* what comparing positions in an article costs, likewise */
    GRAM_LEAST_DF = 2000,  /* articles of the two grams that a longer one is made of */
    GRAM_RANKED_WORDS = 2, /* grams of so many words at most hold ranks */
    GRAM_DENSE = 16,       /* but where their leader is in one article of so many, or more: there
                              ranks save four bits at most, and take its blocks to be read */
};

#define GRAM_RULE_MOST ((uint64_t)1 << 31) /* of the bound and of either cost */

struct gram_rule {       /* as in the head of the chunk */
    uint32_t words_most; /* 2 … GRAM_WORDS_MOST */
    uint32_t least_df;   /* of both grams without the first and without the last word; 1 or more */
    uint64_t bound, look_up, candidate; /* at most GRAM_RULE_MOST each */
    uint32_t ranked_words, dense;       /* see gram_rule_ranked */
};

static inline struct gram_rule gram_rule_default(void)
{
    return (struct gram_rule){.words_most = GRAM_WORDS_MOST,
                              .least_df = GRAM_LEAST_DF,
                              .bound = GRAM_BOUND,
                              .look_up = GRAM_LOOK_UP,
                              .candidate = GRAM_CANDIDATE,
                              .ranked_words = GRAM_RANKED_WORDS,
                              .dense = GRAM_DENSE};
}

/* Whether two words side by side have a list: where looking each article of the rarer word up in
 * the other's list, and comparing positions in as many as would hold both by chance, would cost at
 * least the bound. article_count is at least 1; dfs are at most that. */
static inline bool gram_rule_pair(const struct gram_rule *rule, uint32_t article_count,
                                  uint32_t df_left, uint32_t df_right)
{
    uint64_t less = df_left < df_right ? df_left : df_right;
    uint64_t more = df_left < df_right ? df_right : df_left;
    unsigned __int128 each = (unsigned __int128)rule->look_up * article_count +
                             (unsigned __int128)rule->candidate * more;
    return less * each >= (unsigned __int128)rule->bound * article_count;
}

/* Whether a word of so many articles can be in any pair that has a list. */
static inline bool gram_rule_word(const struct gram_rule *rule, uint32_t article_count, uint32_t df)
{
    return gram_rule_pair(rule, article_count, df, article_count);
}

/* Whether a gram of three or more words has a list, by the articles of the two grams that it is
 * made of, both of which have one. */
static inline bool gram_rule_longer(const struct gram_rule *rule, uint32_t df_without_last,
                                    uint32_t df_without_first)
{
    return df_without_last >= rule->least_df && df_without_first >= rule->least_df;
}

/* Which of a gram's words leads, by their articles: that of the fewest, of equals the leftmost. */
static inline uint32_t gram_rule_leader(const uint32_t *dfs, uint32_t count)
{
    uint32_t leader = 0;
    for (uint32_t i = 1; i < count; i++)
        if (dfs[i] < dfs[leader])
            leader = i;
    return leader;
}

/* Whether a gram of so many words, whose leader has leader_df articles, holds ranks in the leader's
 * list in place of articles. */
static inline bool gram_rule_ranked(const struct gram_rule *rule, uint32_t article_count,
                                    uint32_t count, uint32_t leader_df)
{
    return count <= rule->ranked_words && (uint64_t)leader_df * rule->dense < article_count;
}

#endif
