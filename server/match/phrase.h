/* The articles in which words stand side by side, in title or body or in the title alone. A leaf.
 *
 * Articles: lists are intersected, the two rarest block by block, and in what they share the others
 * are sought: those of the words, or of runs of words that have lists of their own (grams), which
 * are far rarer. Occurrences: the places where one word would have the phrase begin, sifted by each
 * other word in turn; positions are read for nothing else, and only where the counts do not prove
 * the phrase. A word that comes several times in the phrase is read once. No phrase runs from a
 * title into its body, since the body begins STORE_BODY_GAP positions later. Occurrences may
 * overlap: "a a" stands twice in "a a a". */
#ifndef VERBATIM_MATCH_PHRASE_H
#define VERBATIM_MATCH_PHRASE_H

#include "match/leaf.h"
#include "match/source.h"
#include "store/gram.h"
#include "store/term.h"

struct phrase_part {           /* a run of the phrase's words whose list tells of articles */
    const struct gram *gram;   /* NULL: a word */
    uint32_t first, count;     /* which of the words */
    const struct gram *shared; /* by it and the part before; NULL: that is no gram */
};

/* The terms of the words in order, count ≥ 1; equal words are the same pointer. Borrowed. */
struct match_leaf *match_phrase(const struct match_source *source, const struct term *const *terms,
                                size_t count, bool titles, uint32_t number);

/* The same over title and body by the parts given, of which there is at least one: in the order of
 * their firsts, none within another. Borrowed, with their grams. A NULL among the terms, in no part
 * and neither first nor last, is any word; count is then at most STORE_BODY_GAP. */
struct match_leaf *match_phrase_of_parts(const struct match_source *source,
                                         const struct term *const *terms, size_t count,
                                         const struct phrase_part *parts, size_t part_count,
                                         uint32_t number);

#endif
