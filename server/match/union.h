/* The articles that hold any of many words, in title or body or in the title alone. A leaf: its
 * counts are the sums of the words', its occurrences those of all of them.
 *
 * Articles and counts were added up before (term_union.h). Positions are read word by word for as
 * many articles at once as are known to be asked for, since a list for each word would be far too
 * much to hold; where nobody announced any, those that follow are
 * guessed. */
#ifndef VERBATIM_MATCH_UNION_H
#define VERBATIM_MATCH_UNION_H

#include "match/leaf.h"
#include "match/source.h"
#include "match/term_union.h"

/* `of` is borrowed. */
struct match_leaf *match_union(const struct match_source *source, const struct term_union *of,
                               bool titles, uint32_t number);

#endif
