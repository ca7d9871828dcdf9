/* The articles in which words stand side by side, in title or body or in the title alone. A leaf.
 *
 * Articles: the lists are intersected, the rarest word leading. Occurrences: the places where the
 * rarest word would have the phrase begin, sifted by each other word in turn. A word that comes
 * several times in the phrase is read once. No phrase runs from a title into its body, since the
 * body begins STORE_BODY_GAP positions later. Occurrences may overlap: "a a" stands twice in "a a
 * a". */
#ifndef VERBATIM_MATCH_PHRASE_H
#define VERBATIM_MATCH_PHRASE_H

#include "match/leaf.h"
#include "match/source.h"
#include "store/term.h"

/* The terms of the words in order, count ≥ 1; equal words are the same pointer. Borrowed. */
struct match_leaf *match_phrase(const struct match_source *source, const struct term *const *terms,
                                size_t count, bool titles, uint32_t number);

#endif
