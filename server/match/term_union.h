/* The articles that hold any of many words, and how often: found list by list, once a question, and
 * kept for all that ask for them afterwards. */
#ifndef VERBATIM_MATCH_TERM_UNION_H
#define VERBATIM_MATCH_TERM_UNION_H

#include "match/source.h"
#include "store/lexicon_read.h"

struct term_union { /* in an arena; immutable once made; any thread */
    const struct lexicon *lexicon;
    const uint32_t *numbers; /* of the words in the lexicon, ascending; borrowed */
    size_t number_count;
    uint32_t *docs; /* that hold any of them, ascending */
    uint32_t *tfs;  /* of each, the sum of the words' */
    uint32_t *title_tfs; /* of them in the title; NULL: none of any */
    uint32_t df;
    uint32_t title_df; /* articles with any in the title */
};

/* Adds up the lists in arrays of a number an article, of which only those are touched that some
 * word has. Spends a block a block decoded and early (match_budget_spend_early): where that ends,
 * what was added so far stands. False with the budget's status bad. */
bool term_union_make(struct term_union *made, const struct match_source *source,
                     const struct lexicon *lexicon, const uint32_t *numbers, size_t count);

/* The place of the first article from `from` on that is not less than doc; df where there is none.
 */
uint32_t term_union_find(const struct term_union *of, uint32_t from, uint32_t doc);

#endif
