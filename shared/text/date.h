/* Civil dates with their precision, as they were written: no time zone is ever converted. */
#ifndef VERBATIM_TEXT_DATE_H
#define VERBATIM_TEXT_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

enum date_precision { DATE_NONE, DATE_YEAR, DATE_MONTH, DATE_DAY, DATE_MINUTE, DATE_SECOND };

struct date {
    int16_t year; /* 1 … 9999 */
    uint8_t month, day, hour, minute,
        second;        /* 1–12, 1–31, 0–23, 0–59, 0–60; 1, 1, 0 … where not known */
    uint8_t precision; /* enum date_precision */
    bool has_offset;
    int16_t offset_minutes; /* east of UTC, -1439 … 1439 */
};

/* Reads ISO 8601 and RFC 3339 ("2015-10-01T12:06:00+02:00", "2015-10", "2015", "20151001"), RFC 822
 * and HTTP dates ("Thu, 01 Oct 2015 12:06:00 GMT"), and English ones ("October 1, 2015", "1 Oct
 * 2015"). False where it is none of them or no such day exists. */
bool date_parse(struct slice text, struct date *out);

/* A number that sorts as the dates do, coarser before finer at the same start; DATE_PACKED_NONE,
 * the greatest, for no date. date_unpack(date_pack(d)) is d. Bits, from the highest: year 16, month
 * 4, day 5, hour 5, minute 6, second 6, precision 3, offset + 1440 or 0 where none 12; the rest
 * zero. */
#define DATE_PACKED_NONE UINT64_MAX
uint64_t date_pack(const struct date *date);
bool date_unpack(uint64_t packed, struct date *out); /* false for DATE_PACKED_NONE or no date */

/* ISO 8601 at the date's own precision, such as "2015-10-01" or "2015-10-01T12:06:00+02:00". */
enum { DATE_TEXT_BYTES = 32 };
struct slice date_format(const struct date *date, char out[DATE_TEXT_BYTES]);

/* The first and the last instant of the span that a date of its precision means, as packed numbers
 * whose precision and offset bits are 0 and all ones, for comparing with packed dates. */
void date_span(const struct date *date, uint64_t *first, uint64_t *last);

#endif
