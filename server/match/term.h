/* The articles that hold a word, in title or body or in the title alone. A leaf. */
#ifndef VERBATIM_MATCH_TERM_H
#define VERBATIM_MATCH_TERM_H

#include "match/cursor.h"
#include "match/leaf.h"
#include "match/source.h"
#include "store/term.h"

/* titles: those whose title holds it; then its title's occurrences are all that count. term is
 * borrowed. */
struct match_leaf *match_term(const struct match_source *source, const struct term *term,
                              bool titles, uint32_t number);

/* The list of a matcher that is a term over title and body, a gram (match/gram.h) or a class of one
 * list (match/class.h), not yet begun: its articles are all that match. NULL where it is another
 * kind. For whoever reads it block by block instead of moving the matcher. */
struct match_cursor *match_term_cursor(struct matcher *matcher);
/* The list of titles beside it, to be moved by the caller alone, or else by match_leaf_frequency
 * alone. NULL where there is none, as for a term of one article, or with the budget's status
 * bad. */
struct match_cursor *match_term_titles(struct matcher *matcher);

#endif
