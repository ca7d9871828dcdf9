/* Buckets of days, months and years from counts of dates. Inside this room only. */
#ifndef VERBATIM_SEARCH_TIMELINE_BUCKETS_H
#define VERBATIM_SEARCH_TIMELINE_BUCKETS_H

#include "base/error.h"
#include "search/date_counts.h"
#include "search/facets.h"
#include "search/timeline.h"

/* unit: not NONE. STATUS_LIMIT with the cause in the error where the unit that was named makes too
 * many buckets; STATUS_NO_MEMORY. */
enum status timeline_show(const struct date_counts *counts, enum timeline_unit unit,
                          struct arena *arena, struct timeline *timeline, struct error *error);

/* FACET_YEAR or FACET_MONTH, as facet->kind says, of those that any article has. The arena's status
 * tells where memory ends. */
void timeline_show_facet(const struct date_counts *counts, struct arena *arena,
                         struct facet *facet);

#endif
