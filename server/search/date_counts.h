/* How many articles are of each day, month and year, each counted at the precision of its own date.
 * Inside this room only. */
#ifndef VERBATIM_SEARCH_DATE_COUNTS_H
#define VERBATIM_SEARCH_DATE_COUNTS_H

#include "base/arena.h"
#include "text/date.h"

enum { DATE_COUNTS_YEARS = 10000, DATE_COUNTS_DAYS = 12 * 31 };

struct year_counts {
    uint64_t days[DATE_COUNTS_DAYS]; /* (month − 1) × 31 + day − 1 */
    uint64_t months[12];             /* of which the day is not known */
    uint64_t year;                   /* of which the month is not known */
};

struct date_counts { /* in an arena; one thread */
    struct arena *arena;
    struct year_counts **years; /* by year; NULL where none is of it */
    uint64_t undated;
};

/* All: false where the arena refuses; then also where a packed date is none (*corrupt). */
bool date_counts_init(struct date_counts *counts, struct arena *arena);
bool date_counts_add(struct date_counts *counts, uint64_t packed, bool *corrupt);

/* The articles of a month or year, in all: those that are dated so exactly, or more so. */
uint64_t date_counts_of_month(const struct year_counts *counts, int month);
uint64_t date_counts_of_months(const struct year_counts *counts); /* of all twelve */

#endif
