#include "search/date_counts.h"

bool date_counts_init(struct date_counts *counts, struct arena *arena)
{
    *counts = (struct date_counts){.arena = arena};
    counts->years = arena_allocate(arena, DATE_COUNTS_YEARS, sizeof(struct year_counts *));
    return counts->years != NULL;
}

bool date_counts_add(struct date_counts *counts, uint64_t packed, bool *corrupt)
{
    struct date date;
    *corrupt = false;
    if (packed == DATE_PACKED_NONE) {
        counts->undated++;
        return true;
    }
    *corrupt = !date_unpack(packed, &date);
    if (*corrupt)
        return false;
    struct year_counts **year = &counts->years[date.year];
    if (!*year)
        *year = arena_allocate(counts->arena, 1, sizeof **year);
    if (!*year)
        return false;
    if (date.precision == DATE_YEAR)
        (*year)->year++;
    else if (date.precision == DATE_MONTH)
        (*year)->months[date.month - 1]++;
    else
        (*year)->days[(date.month - 1) * 31 + date.day - 1]++;
    return true;
}

uint64_t date_counts_of_month(const struct year_counts *counts, int month)
{
    uint64_t sum = counts->months[month - 1];
    for (int day = 0; day < 31; day++)
        sum += counts->days[(month - 1) * 31 + day];
    return sum;
}

uint64_t date_counts_of_months(const struct year_counts *counts)
{
    uint64_t sum = 0;
    for (int month = 1; month <= 12; month++)
        sum += date_counts_of_month(counts, month);
    return sum;
}
