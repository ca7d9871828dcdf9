#include "text/date.h"

#include <stdio.h>

#include "text/date_exists.h"

enum { OFFSET_MOST = 1439, OFFSET_BIAS = 1440 };
/* Where each field of a packed date begins, in bits from the lowest. */
enum {
    OFFSET_AT = 7,
    PRECISION_AT = 19,
    SECOND_AT = 22,
    MINUTE_AT = 28,
    HOUR_AT = 34,
    DAY_AT = 39,
    MONTH_AT = 44,
    YEAR_AT = 48
};

static const uint64_t below_instant =
    (((uint64_t)1 << SECOND_AT) - 1) & ~(((uint64_t)1 << OFFSET_AT) - 1);

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool date_exists(const struct date *d)
{
    return d->precision > DATE_NONE && d->precision <= DATE_SECOND && d->year >= 1 &&
           d->year <= 9999 && d->month >= 1 && d->month <= 12 && d->day >= 1 &&
           d->day <= days_in_month(d->year, d->month) && d->hour <= 23 && d->minute <= 59 &&
           d->second <= 60 && d->offset_minutes >= -OFFSET_MOST && d->offset_minutes <= OFFSET_MOST;
}

static uint64_t pack_instant(const struct date *d)
{
    return (uint64_t)(uint16_t)d->year << YEAR_AT | (uint64_t)d->month << MONTH_AT |
           (uint64_t)d->day << DAY_AT | (uint64_t)d->hour << HOUR_AT |
           (uint64_t)d->minute << MINUTE_AT | (uint64_t)d->second << SECOND_AT;
}

uint64_t date_pack(const struct date *date)
{
    if (date->precision == DATE_NONE)
        return DATE_PACKED_NONE;
    uint64_t offset = date->has_offset ? (uint64_t)(date->offset_minutes + OFFSET_BIAS) : 0;
    return pack_instant(date) | (uint64_t)date->precision << PRECISION_AT | offset << OFFSET_AT;
}

static unsigned field(uint64_t packed, int at, int bits)
{
    return (unsigned)(packed >> at & (((uint64_t)1 << bits) - 1));
}

bool date_unpack(uint64_t packed, struct date *out)
{
    unsigned year = field(packed, YEAR_AT, 16), offset = field(packed, OFFSET_AT, 12);
    if (year > 9999 || offset > OFFSET_BIAS + OFFSET_MOST)
        return false;
    struct date d = {
        .year = (int16_t)year,
        .month = (uint8_t)field(packed, MONTH_AT, 4),
        .day = (uint8_t)field(packed, DAY_AT, 5),
        .hour = (uint8_t)field(packed, HOUR_AT, 5),
        .minute = (uint8_t)field(packed, MINUTE_AT, 6),
        .second = (uint8_t)field(packed, SECOND_AT, 6),
        .precision = (uint8_t)field(packed, PRECISION_AT, 3),
        .has_offset = offset != 0,
        .offset_minutes = (int16_t)(offset ? (int)offset - OFFSET_BIAS : 0),
    };
    if (!date_exists(&d) || date_pack(&d) != packed)
        return false;
    *out = d;
    return true;
}

static int format_offset(const struct date *d, char *out, size_t room)
{
    if (!d->has_offset)
        return 0;
    if (d->offset_minutes == 0)
        return snprintf(out, room, "Z");
    int minutes = d->offset_minutes < 0 ? -d->offset_minutes : d->offset_minutes;
    return snprintf(out, room, "%c%02d:%02d", d->offset_minutes < 0 ? '-' : '+', minutes / 60,
                    minutes % 60);
}

struct slice date_format(const struct date *date, char out[DATE_TEXT_BYTES])
{
    static const char *const separators[] = {"", "", "-", "-", "T", ":"};
    const int fields[] = {0, date->year, date->month, date->day, date->hour, date->second};
    int n = 0;
    out[0] = '\0';
    for (int level = DATE_YEAR; level <= date->precision && level <= DATE_SECOND; level++) {
        n += snprintf(out + n, DATE_TEXT_BYTES - (size_t)n,
                      level == DATE_YEAR ? "%s%04d" : "%s%02d", separators[level], fields[level]);
        if (level == DATE_MINUTE)
            n += snprintf(out + n, DATE_TEXT_BYTES - (size_t)n, ":%02d", date->minute);
    }
    if (date->precision >= DATE_MINUTE)
        n += format_offset(date, out + n, DATE_TEXT_BYTES - (size_t)n);
    return slice_of(out, (size_t)n);
}

void date_span(const struct date *date, uint64_t *first, uint64_t *last)
{
    struct date end = *date;
    *first = pack_instant(date);
    if (date->precision < DATE_MONTH)
        end.month = 12;
    if (date->precision < DATE_DAY)
        end.day = (uint8_t)days_in_month(end.year, end.month);
    if (date->precision < DATE_MINUTE) {
        end.hour = 23;
        end.minute = 59;
    }
    if (date->precision < DATE_SECOND)
        end.second = 60;
    *last = pack_instant(&end) | below_instant;
}
