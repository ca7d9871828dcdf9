/* The articles in which words stand side by side, from a list of their own: nothing is compared,
 * and positions are read only to show them. A leaf. */
#ifndef VERBATIM_MATCH_GRAM_H
#define VERBATIM_MATCH_GRAM_H

#include "match/cursor.h"
#include "match/leaf.h"
#include "match/source.h"
#include "store/gram.h"

/* Over title and body. terms: the gram's words in order, count of them. All borrowed. */
struct match_leaf *match_gram(const struct match_source *source, const struct gram *gram,
                              const struct term *const *terms, size_t count, uint32_t number);

/* The list of a matcher that is a gram, and that of its titles: as match_term_cursor and
 * match_term_titles (match/term.h). NULL where it is another kind. */
struct match_cursor *match_gram_cursor(struct matcher *matcher);
struct match_cursor *match_gram_titles(struct matcher *matcher);

#endif
