/* What words with gaps, patterns and nearness mean, found the slow way: every span of every article
 * looked at. Shares nothing with the programs but the query's tree. */
#ifndef VERBATIM_TESTS_SLOW_H
#define VERBATIM_TESTS_SLOW_H

#include "query/tree.h"

enum { SLOW_WORDS_MOST = 80, SLOW_GAP = 1024 };

struct slow_article {
    const char *words[SLOW_WORDS_MOST]; /* folded; of the title, then of the body */
    uint32_t title_count, count;
};

struct slow_span {
    uint32_t start, end; /* positions [start, end) */
};
struct slow_spans {
    struct slow_span *items; /* of malloc */
    size_t count;
};

/* Whether a word is one of those that a place in a phrase may be. */
bool slow_fits(const struct query_word *pattern, const char *word);
/* Of a word that fits a word with edits: the fewest edits between them; of any other 0. */
uint32_t slow_distance(const struct query_word *pattern, const char *word);
/* The occurrences of a PHRASE, of a NEAR or of an OR of phrases beside one, ascending. */
void slow_spans(const struct query_node *node, const struct slow_article *article,
                struct slow_spans *spans);
/* Of PHRASE, NEAR, AND, OR, NOT. */
bool slow_matches(const struct query_node *node, const struct slow_article *article);

#endif
