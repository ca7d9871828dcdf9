/* Dates as they are written: a cursor over the text, and one function for each thing that may
 * stand. */
#include <ctype.h>
#include <strings.h>

#include "text/date_exists.h"

enum { LONGEST_DATE = 100 }; /* bytes; nothing longer is a date */

struct cursor {
    const char *at, *end;
};

static bool take(struct cursor *c, const char *any_of)
{
    if (c->at == c->end || *c->at == '\0' || !strchr(any_of, *c->at))
        return false;
    c->at++;
    return true;
}

static void skip(struct cursor *c, const char *any_of)
{
    while (take(c, any_of))
        ;
}

static void skip_space(struct cursor *c)
{
    skip(c, " \t\r\n");
}

/* A number of `least` to `most` digits, no digit behind it; -1 and nothing taken where there is
 * none. */
static int take_number(struct cursor *c, int least, int most)
{
    const char *at = c->at;
    int value = 0;
    while (at < c->end && isdigit((unsigned char)*at) && at - c->at < most)
        value = value * 10 + (*at++ - '0');
    if (at - c->at < least || (at < c->end && isdigit((unsigned char)*at)))
        return -1;
    c->at = at;
    return value;
}

/* Exactly `digits` digits, whatever follows. */
static int take_digits(struct cursor *c, int digits)
{
    struct cursor part = {c->at, c->end - c->at > digits ? c->at + digits : c->end};
    int value = take_number(&part, digits, digits);
    if (value >= 0)
        c->at = part.at;
    return value;
}

static struct slice take_word(struct cursor *c)
{
    const char *start = c->at;
    while (c->at < c->end && isalpha((unsigned char)*c->at))
        c->at++;
    return slice_of(start, (size_t)(c->at - start));
}

/* Whether word is name, or its first three letters or more where `short_forms`; in any case of
 * letters. */
static bool is_name(struct slice word, const char *name, bool short_forms)
{
    size_t length = strlen(name);
    bool fits = word.size == length || (short_forms && word.size >= 3 && word.size < length);
    return fits && strncasecmp(word.data, name, word.size) == 0;
}

/* The number of the name that stands here, from 0; -1 and nothing taken where none does. */
static int take_name(struct cursor *c, const char *const *names, int count, bool short_forms)
{
    struct cursor before = *c;
    struct slice word = take_word(c);
    for (int i = 0; i < count; i++)
        if (is_name(word, names[i], short_forms))
            return i;
    *c = before;
    return -1;
}

static int take_month(struct cursor *c)
{
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
    int month = take_name(c, months, 12, true) + 1;
    if (month)
        take(c, ".");
    return month ? month : -1;
}

static void skip_weekday(struct cursor *c)
{
    static const char *const days[] = {"monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday"};
    if (take_name(c, days, 7, true) >= 0)
        skip(c, "., \t");
}

static bool set_offset(struct date *d, int sign, int hours, int minutes)
{
    if (hours > 23 || minutes > 59)
        return false;
    int offset = sign * (hours * 60 + minutes);
    /* "-00:00" says that the offset is not known (RFC 3339, 4.3). */
    d->has_offset = offset != 0 || sign > 0;
    d->offset_minutes = (int16_t)offset;
    return true;
}

static bool take_numeric_offset(struct cursor *c, struct date *d)
{
    int sign = *c->at == '-' ? -1 : 1;
    c->at++;
    int hours = take_digits(c, 2), minutes = 0;
    if (hours < 0)
        return false;
    if (take(c, ":") || (c->at < c->end && isdigit((unsigned char)*c->at)))
        minutes = take_number(c, 2, 2);
    return minutes >= 0 && set_offset(d, sign, hours, minutes);
}

/* The zones of RFC 822, in hours east. */
static bool take_named_zone(struct cursor *c, struct date *d)
{
    static const char *const zones[] = {"z",   "ut",  "utc", "gmt", "est", "edt",
                                        "cst", "cdt", "mst", "mdt", "pst", "pdt"};
    static const int hours[] = {0, 0, 0, 0, -5, -4, -6, -5, -7, -6, -8, -7};
    int zone = take_name(c, zones, 12, false);
    if (zone < 0)
        return true;
    return set_offset(d, hours[zone] < 0 ? -1 : 1, hours[zone] < 0 ? -hours[zone] : 0, 0);
}

/* A zone and a comment in parentheses; both may be absent. */
static bool take_zone(struct cursor *c, struct date *d)
{
    skip_space(c);
    bool good = c->at < c->end && (*c->at == '+' || *c->at == '-') ? take_numeric_offset(c, d)
                                                                   : take_named_zone(c, d);
    skip_space(c);
    if (good && take(c, "(")) {
        while (c->at < c->end && *c->at != ')')
            c->at++;
        good = take(c, ")");
    }
    return good;
}

/* am, p.m. and the like turn the hour of a clock of 12. */
static bool take_half_day(struct cursor *c, struct date *d)
{
    struct cursor ahead = *c;
    skip_space(&ahead);
    bool am = take(&ahead, "aA"), pm = !am && take(&ahead, "pP");
    take(&ahead, ".");
    if (!(am || pm) || !take(&ahead, "mM"))
        return true;
    take(&ahead, ".");
    if (ahead.at < ahead.end && isalnum((unsigned char)*ahead.at))
        return true;
    if (d->hour < 1 || d->hour > 12)
        return false;
    d->hour = (uint8_t)(d->hour % 12 + (pm ? 12 : 0));
    *c = ahead;
    return true;
}

/* The seconds' fraction, which no precision keeps. */
static bool skip_fraction(struct cursor *c)
{
    if (!take(c, ".,"))
        return true;
    const char *start = c->at;
    skip(c, "0123456789");
    return c->at > start;
}

static bool take_clock(struct cursor *c, struct date *d)
{
    int hour = take_number(c, 1, 2);
    int minute = hour >= 0 && take(c, ":") ? take_number(c, 2, 2) : -1;
    if (minute < 0)
        return false;
    d->hour = (uint8_t)hour;
    d->minute = (uint8_t)minute;
    d->precision = DATE_MINUTE;
    if (take(c, ":")) {
        int second = take_number(c, 2, 2);
        if (second < 0 || !skip_fraction(c))
            return false;
        d->second = (uint8_t)second;
        d->precision = DATE_SECOND;
    }
    return take_half_day(c, d);
}

/* hhmm or hhmmss. */
static bool take_basic_clock(struct cursor *c, struct date *d)
{
    int hour = take_digits(c, 2), minute = take_digits(c, 2), second = take_digits(c, 2);
    if (hour < 0 || minute < 0)
        return false;
    d->hour = (uint8_t)hour;
    d->minute = (uint8_t)minute;
    d->second = (uint8_t)(second < 0 ? 0 : second);
    d->precision = second < 0 ? DATE_MINUTE : DATE_SECOND;
    return skip_fraction(c);
}

static bool take_time(struct cursor *c, struct date *d)
{
    struct cursor before = *c;
    return (take_clock(c, d) || (*c = before, take_basic_clock(c, d))) && take_zone(c, d);
}

static void set_day(struct date *d, int year, int month, int day, enum date_precision precision)
{
    *d = (struct date){.year = (int16_t)year,
                       .month = (uint8_t)month,
                       .day = (uint8_t)day,
                       .precision = (uint8_t)precision};
}

/* 20151001 */
static bool take_basic_day(struct cursor *c, struct date *d)
{
    struct cursor ahead = *c;
    if (take_number(&ahead, 8, 8) < 0)
        return false;
    int year = take_digits(c, 4), month = take_digits(c, 2), day = take_digits(c, 2);
    set_day(d, year, month, day, DATE_DAY);
    return true;
}

/* 2015, 2015-10, 2015-10-01, 2015/10/01 */
static bool take_extended_day(struct cursor *c, struct date *d)
{
    int year = take_number(c, 4, 4), month = 1, day = 1;
    enum date_precision precision = DATE_YEAR;
    if (year < 0)
        return false;
    char separator = c->at < c->end ? *c->at : '\0';
    if (separator == '-' || separator == '/') {
        c->at++;
        month = take_number(c, 2, 2);
        precision = DATE_MONTH;
        if (month >= 0 && c->at < c->end && *c->at == separator) {
            c->at++;
            day = take_number(c, 2, 2);
            precision = DATE_DAY;
        }
    }
    if (month < 0 || day < 0)
        return false;
    set_day(d, year, month, day, precision);
    return true;
}

static bool parse_iso(struct cursor c, struct date *d)
{
    if (!take_basic_day(&c, d) && !take_extended_day(&c, d))
        return false;
    if (c.at < c.end && d->precision == DATE_DAY) {
        if (!take(&c, "Tt") && !take(&c, " \t"))
            return false;
        skip_space(&c);
        if (!take_time(&c, d))
            return false;
    }
    return c.at == c.end;
}

/* 2015; 15 where `short_form`, as RFC 2822 (4.3) reads it. */
static int take_year(struct cursor *c, bool short_form)
{
    int year = take_number(c, 4, 4);
    if (year >= 0 || !short_form)
        return year;
    year = take_number(c, 2, 2);
    return year < 0 ? -1 : year < 50 ? 2000 + year : 1900 + year;
}

/* 1, 01, 1st */
static int take_day(struct cursor *c)
{
    static const char *const endings[] = {"st", "nd", "rd", "th"};
    int day = take_number(c, 1, 2);
    if (day >= 0)
        take_name(c, endings, 4, false);
    return day;
}

/* 1 Oct 2015, 01-Oct-15, 1st of October 2015 */
static bool take_day_month_year(struct cursor *c, struct date *d)
{
    static const char *const of[] = {"of"};
    int day = take_day(c);
    skip(c, " \t-.");
    take_name(c, of, 1, false);
    skip_space(c);
    int month = day < 0 ? -1 : take_month(c);
    skip(c, " \t-,");
    int year = month < 0 ? -1 : take_year(c, true);
    set_day(d, year, month, day, DATE_DAY);
    return year >= 0;
}

/* October 2015; October 1, 2015; Oct 1 12:06:00 2015 */
static bool take_month_year(struct cursor *c, struct date *d)
{
    int month = take_month(c), day = 1;
    if (month < 0)
        return false;
    skip(c, " \t,");
    int year = take_year(c, false);
    enum date_precision precision = DATE_MONTH;
    struct date clock = {0};
    if (year < 0) {
        day = take_day(c);
        precision = DATE_DAY;
        skip(c, " \t,");
        struct cursor ahead = *c;
        if (take_clock(&ahead, &clock)) {
            *c = ahead;
            skip_space(c);
        }
        year = day < 0 ? -1 : take_year(c, false);
    }
    set_day(d, year, month, day, precision);
    if (clock.precision) {
        d->hour = clock.hour;
        d->minute = clock.minute;
        d->second = clock.second;
        d->precision = clock.precision;
    }
    return year >= 0;
}

static bool parse_written(struct cursor c, struct date *d)
{
    static const char *const at[] = {"at"};
    skip_weekday(&c);
    struct cursor before = c;
    if (!take_month_year(&c, d) && (c = before, !take_day_month_year(&c, d)))
        return false;
    skip(&c, " \t,");
    if (c.at < c.end && d->precision == DATE_DAY) {
        take_name(&c, at, 1, false);
        skip_space(&c);
        if (!take_time(&c, d))
            return false;
    }
    return c.at == c.end;
}

bool date_parse(struct slice text, struct date *out)
{
    struct cursor c = {text.data, text.data + text.size};
    struct date d;
    if (text.size == 0)
        return false;
    skip_space(&c);
    while (c.end > c.at && strchr(" \t\r\n", c.end[-1]) && c.end[-1])
        c.end--;
    if (c.end - c.at > LONGEST_DATE || !(parse_iso(c, &d) || parse_written(c, &d)) ||
        !date_exists(&d))
        return false;
    *out = d;
    return true;
}
