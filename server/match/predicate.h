/* The articles for which a function says yes: dates, and every article. */
#ifndef VERBATIM_MATCH_PREDICATE_H
#define VERBATIM_MATCH_PREDICATE_H

#include "match/matcher.h"
#include "match/source.h"

/* Sets *holds; a bad status goes to the budget as met in `chunk`. */
struct match_predicate {
    enum status (*holds)(void *context, uint32_t doc, bool *holds);
    void *context; /* borrowed */
    enum chunk_id chunk;
};

/* Any of the first article_count articles may match. NULL where memory ends. */
struct matcher *match_predicate(const struct match_source *source, struct match_predicate predicate,
                                uint32_t article_count);
/* Every one of them does. */
struct matcher *match_all(const struct match_source *source, uint32_t article_count);

#endif
