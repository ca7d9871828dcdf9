/* Spans of dates in a query. Inside this room only. */
#ifndef VERBATIM_QUERY_DATES_H
#define VERBATIM_QUERY_DATES_H

#include "base/bytes.h"
#include "query/tree.h"

/* Appends the shortest writing of a QUERY_DATE's span: "2015-10", "2015-09-30..2015-10-02",
 * "..2014". */
void query_write_span(struct bytes *out, uint64_t first, uint64_t last);

#endif
