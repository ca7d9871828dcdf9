/* The articles that hold any of many words, in title or body or in the title alone. A leaf: its
 * frequency is the sum of the words', its occurrences those of all of them; what a score counts is
 * the best word's alone.
 *
 * Articles and counts are added up when the first is asked for (term_union.h). Positions are read
 * word by word for as many articles at once as are known to be asked for, since a list for each
 * word would be far too much to hold; where nobody announced any, those that follow are guessed.
 */
#ifndef VERBATIM_MATCH_UNION_H
#define VERBATIM_MATCH_UNION_H

#include "match/leaf.h"
#include "match/source.h"
#include "match/term_union.h"

/* `of` is borrowed. NULL also with the budget's status bad. */
struct match_leaf *match_union(const struct match_source *source, struct term_union *of,
                               bool titles, uint32_t number);
/* Its words where the matcher is such a leaf, of titles and bodies, whose articles nobody has added
 * up yet; else NULL. */
struct term_union *match_union_words(struct matcher *matcher);

#endif
