/* The words that are frequent enough to be in a gram, numbered from 1 in the order of their terms,
 * and which of them may stand side by side. 0 is everything else. */
#ifndef VERBATIM_BUILD_GRAM_WORDS_H
#define VERBATIM_BUILD_GRAM_WORDS_H

#include "base/bytes.h"
#include "store/gram_rule.h"
#include "store/snapshot.h"
#include "store/term.h"

struct gram_words { /* any thread reads; release when done */
    struct gram_rule rule;
    uint32_t article_count;
    uint32_t count;             /* of frequent words */
    uint32_t ranked_below;      /* pairs hold ranks whose leader has fewer articles than this */
    struct bytes terms;         /* struct term; that of word w is number w − 1 */
    struct bytes dfs, partners; /* uint32_t; of word w number w, from word 0 on */
};

enum status gram_words_read(struct gram_words *words, const struct snapshot *snapshot,
                            const struct gram_rule *rule, size_t mapped_bytes);
/* The bits of an article's number among a word's, beside the word's own in 32: at most so many
 * articles are numbered together. */
unsigned gram_words_rank_bits(const struct gram_words *words);
void gram_words_release(struct gram_words *words); /* twice is fine */

static inline const struct term *gram_word_term(const struct gram_words *words, uint32_t word)
{
    return (const struct term *)(const void *)words->terms.data + (word - 1);
}

/* The articles of each word; 0 for word 0. */
static inline const uint32_t *gram_words_dfs(const struct gram_words *words)
{
    return (const uint32_t *)(const void *)words->dfs.data;
}

/* The least articles of a word that has a gram with this one, on either side; UINT32_MAX for word
 * 0. */
static inline const uint32_t *gram_words_partners(const struct gram_words *words)
{
    return (const uint32_t *)(const void *)words->partners.data;
}

#endif
