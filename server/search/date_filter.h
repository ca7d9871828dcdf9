/* Articles by their dates. */
#ifndef VERBATIM_SEARCH_DATE_FILTER_H
#define VERBATIM_SEARCH_DATE_FILTER_H

#include "match/matcher.h"
#include "match/source.h"

/* Those whose date's span meets [first, last], packed as date_span packs; never one without a date.
 * NULL where memory ends. */
struct matcher *date_filter(const struct match_source *source, uint64_t first, uint64_t last,
                            uint32_t article_count);

#endif
