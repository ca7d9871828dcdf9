/* How many of the articles that match are of each day, month or year. */
#ifndef VERBATIM_SEARCH_TIMELINE_H
#define VERBATIM_SEARCH_TIMELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

/* AUTO: the finest that makes at most TIMELINE_BUCKETS_CHOSEN and of which at most half of the
 * dated articles are coarser. */
enum timeline_unit { TIMELINE_NONE, TIMELINE_AUTO, TIMELINE_DAY, TIMELINE_MONTH, TIMELINE_YEAR };

enum {
    TIMELINE_BUCKETS_CHOSEN = 120,
    TIMELINE_BUCKETS_MOST = 10000, /* of a unit that was named; else STATUS_LIMIT */
};

struct timeline_bucket {
    struct slice date; /* "2015-10-01", "2015-10", "2015" */
    uint64_t articles;
};

/* Every article that matches is counted once: in the bucket of its date as it was written, or in
 * `coarser` where that is less exact than the unit, or in `undated`. */
struct timeline {
    enum timeline_unit unit;         /* NONE: was not asked for; never AUTO */
    struct timeline_bucket *buckets; /* ascending, none left out from the first to the last */
    size_t bucket_count;
    uint64_t coarser, undated;
};

/* The unit of this name: "day", "month", "year"; false where there is none. */
bool timeline_unit_parse(struct slice name, enum timeline_unit *unit);
const char *timeline_unit_name(enum timeline_unit unit);

#endif
