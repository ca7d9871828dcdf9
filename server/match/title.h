/* Which of an article's positions lie in its title: those below the number of the title's words. */
#ifndef VERBATIM_MATCH_TITLE_H
#define VERBATIM_MATCH_TITLE_H

#include "base/bytes.h"
#include "match/source.h"

struct postings;
struct term;

/* How many of the ascending positions are in the title. False with the budget's status bad. */
bool match_title_count(const struct match_source *source, uint32_t doc,
                       const struct bytes *positions, uint32_t *count);

/* How often a word of one article stands in its title: such a word has no list of titles, so its
 * positions tell. Both rooms are the caller's: postings are opened and released, positions
 * replaced. False with the budget's status bad. */
bool match_title_count_alone(const struct match_source *source, const struct term *term,
                             struct postings *postings, struct bytes *positions, uint32_t *count);

#endif
