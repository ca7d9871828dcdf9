/* The articles that hold a word, in title or body or in the title alone. A leaf. */
#ifndef VERBATIM_MATCH_TERM_H
#define VERBATIM_MATCH_TERM_H

#include "match/leaf.h"
#include "match/source.h"
#include "store/term.h"

/* titles: those whose title holds it; then its title's occurrences are all that count. term is
 * borrowed. */
struct match_leaf *match_term(const struct match_source *source, const struct term *term,
                              bool titles, uint32_t number);

/* The list of a matcher that is a term over title and body, or a gram (match/gram.h), not yet begun:
 * its articles are all that match. NULL where it is another kind. */
struct postings *match_term_postings(struct matcher *matcher);

#endif
