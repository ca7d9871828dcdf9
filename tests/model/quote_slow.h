/* What the quotation checker's answer is to be, found the slow way: every word of the pasted text
 * beside every word of every article. Shares nothing with the programs. */
#ifndef VERBATIM_TESTS_QUOTE_SLOW_H
#define VERBATIM_TESTS_QUOTE_SLOW_H

#include "model/model.h"

struct slow_run { /* pasted words [start, start + words) */
    uint32_t start, words;
    uint32_t at; /* the first such word of the article */
};

struct slow_found { /* an article that holds runs */
    uint32_t at;    /* of the model */
    uint32_t covered, longest;
    struct slow_run *runs; /* by start; of malloc */
    size_t run_count;
};

/* The articles with runs of at least min of these words, as the answer ranks them; of malloc. */
struct slow_found *slow_quote(struct model *model, const uint32_t *words, size_t count,
                              uint32_t min, size_t *found_count);
void slow_quote_free(struct slow_found *found, size_t count);

/* How long the longest common subsequence of two lists of words is. */
size_t slow_common(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count);

#endif
