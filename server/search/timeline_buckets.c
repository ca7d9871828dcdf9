#include "search/timeline_buckets.h"

#include <inttypes.h>
#include <stdio.h>

/* --- Walking along the calendar ----------------------------------------------------------------*/

struct place { /* a day, a month (day 1) or a year (month 1, day 1) */
    int year, month, day;
};

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* How many days or months a year has, or years: one. */
static uint64_t buckets_of_year(int year, enum timeline_unit unit)
{
    return unit == TIMELINE_DAY     ? 337 + (uint64_t)days_of(year, 2)
           : unit == TIMELINE_MONTH ? 12
                                    : 1;
}

static struct place next_place(struct place place, enum timeline_unit unit)
{
    bool ends_month = unit != TIMELINE_DAY || place.day == days_of(place.year, place.month);
    bool ends_year = unit == TIMELINE_YEAR || (ends_month && place.month == 12);
    if (ends_year)
        return (struct place){place.year + 1, 1, 1};
    if (ends_month)
        return (struct place){place.year, place.month + 1, 1};
    return (struct place){place.year, place.month, place.day + 1};
}

/* The articles of a bucket: those whose dates are so exact, or more so. */
static uint64_t articles_at(const struct date_counts *counts, struct place place,
                            enum timeline_unit unit)
{
    const struct year_counts *year = counts->years[place.year];
    if (!year)
        return 0;
    if (unit == TIMELINE_DAY)
        return year->days[(place.month - 1) * 31 + place.day - 1];
    if (unit == TIMELINE_MONTH)
        return date_counts_of_month(year, place.month);
    return year->year + date_counts_of_months(year);
}

struct span { /* of the buckets of one unit */
    enum timeline_unit unit;
    struct place first, last; /* that hold an article; buckets 0: none does */
    uint64_t buckets;         /* from the first to the last */
    uint64_t placed, coarser; /* articles */
};

static uint64_t articles_of_year(const struct year_counts *year)
{
    return year->year + date_counts_of_months(year);
}

static void walk_year(const struct date_counts *counts, int year, struct span *span,
                      uint64_t *passed)
{
    struct place place = {year, 1, 1};
    for (; place.year == year; place = next_place(place, span->unit)) {
        uint64_t articles = articles_at(counts, place, span->unit);
        ++*passed;
        if (!articles)
            continue;
        if (!span->buckets) {
            span->first = place;
            *passed = 1;
        }
        span->buckets += *passed;
        span->last = place;
        span->placed += articles;
        *passed = 0;
    }
}

static struct span span_of(const struct date_counts *counts, enum timeline_unit unit)
{
    struct span span = {.unit = unit};
    uint64_t passed = 0, all = 0; /* passed: buckets behind the last one that holds an article */
    for (int year = 0; year < DATE_COUNTS_YEARS; year++) {
        if (!counts->years[year]) {
            passed += buckets_of_year(year, unit);
            continue;
        }
        all += articles_of_year(counts->years[year]);
        walk_year(counts, year, &span, &passed);
    }
    span.coarser = all - span.placed;
    return span;
}

/* --- What is shown -----------------------------------------------------------------------------*/

static struct slice write_place(struct place place, enum timeline_unit unit, struct arena *arena)
{
    char text[32];
    int n = snprintf(text, sizeof text, "%04d-%02d-%02d", place.year, place.month, place.day);
    size_t size = unit == TIMELINE_DAY ? (size_t)n : unit == TIMELINE_MONTH ? 7 : 4;
    return arena_copy(arena, slice_of(text, size));
}

/* The finest that makes few buckets and places most articles. */
static struct span choose_span(const struct date_counts *counts)
{
    for (enum timeline_unit unit = TIMELINE_DAY; unit < TIMELINE_YEAR; unit++) {
        struct span span = span_of(counts, unit);
        if (span.buckets && span.buckets <= TIMELINE_BUCKETS_CHOSEN && span.coarser <= span.placed)
            return span;
    }
    return span_of(counts, TIMELINE_YEAR);
}

static enum status refuse(const struct span *span, struct error *error)
{
    const char *name = timeline_unit_name(span->unit);
    return error_set(error, STATUS_LIMIT,
                     "by: from %04d-%02d-%02d to %04d-%02d-%02d there are %" PRIu64
                     " %ss, more than %d; a coarser unit, from or to make them fewer",
                     span->first.year, span->first.month, span->first.day, span->last.year,
                     span->last.month, span->last.day, span->buckets, name, TIMELINE_BUCKETS_MOST);
}

enum status timeline_show(const struct date_counts *counts, enum timeline_unit unit,
                          struct arena *arena, struct timeline *timeline, struct error *error)
{
    struct span span = unit == TIMELINE_AUTO ? choose_span(counts) : span_of(counts, unit);
    if (span.buckets > TIMELINE_BUCKETS_MOST)
        return refuse(&span, error);
    *timeline =
        (struct timeline){.unit = span.unit, .coarser = span.coarser, .undated = counts->undated};
    timeline->buckets = arena_allocate(arena, (size_t)span.buckets, sizeof *timeline->buckets);
    if (!timeline->buckets)
        return STATUS_NO_MEMORY;
    struct place place = span.first;
    for (; timeline->bucket_count < span.buckets; place = next_place(place, span.unit))
        timeline->buckets[timeline->bucket_count++] = (struct timeline_bucket){
            write_place(place, span.unit, arena), articles_at(counts, place, span.unit)};
    return arena->status;
}

/* --- As a facet --------------------------------------------------------------------------------*/

static void add_date(struct facet *facet, struct place place, enum timeline_unit unit,
                     uint64_t articles, struct arena *arena)
{
    if (!articles)
        return;
    if (facet->value_count == FACET_DATES_MOST) {
        facet->more_values++;
        facet->more_articles += articles;
        return;
    }
    facet->values[facet->value_count++] =
        (struct facet_value){write_place(place, unit, arena), articles};
}

static void reverse(struct facet *facet)
{
    for (size_t i = 0, j = facet->value_count; i + 1 < j; i++) {
        struct facet_value later = facet->values[--j];
        facet->values[j] = facet->values[i];
        facet->values[i] = later;
    }
}

void timeline_show_facet(const struct date_counts *counts, struct arena *arena, struct facet *facet)
{
    enum timeline_unit unit = facet->kind == FACET_YEAR ? TIMELINE_YEAR : TIMELINE_MONTH;
    facet->values = arena_allocate(arena, FACET_DATES_MOST, sizeof *facet->values);
    facet->without = counts->undated;
    for (int year = DATE_COUNTS_YEARS - 1; facet->values && year >= 0; year--) {
        if (!counts->years[year])
            continue;
        facet->without += unit == TIMELINE_MONTH ? counts->years[year]->year : 0;
        for (int month = unit == TIMELINE_MONTH ? 12 : 1; month > 0; month--) {
            struct place place = {year, month, 1};
            add_date(facet, place, unit, articles_at(counts, place, unit), arena);
        }
    }
    reverse(facet); /* the latest came first, and those that do not fit are the earliest */
}
