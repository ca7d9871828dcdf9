/* Which of an article's positions lie in its title: those below the number of the title's words. */
#ifndef VERBATIM_MATCH_TITLE_H
#define VERBATIM_MATCH_TITLE_H

#include "base/bytes.h"
#include "match/source.h"

/* How many of the ascending positions are in the title. False with the budget's status bad. */
bool match_title_count(const struct match_source *source, uint32_t doc,
                       const struct bytes *positions, uint32_t *count);

#endif
