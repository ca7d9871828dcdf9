/* date:2015-10, date:2015-09-30..2015-10-02, and with open ends. */
#include "query/dates.h"

#include "query/nodes.h"
#include "query/parser.h"
#include "text/date.h"

_Static_assert(DATE_OPEN_LAST == DATE_PACKED_NONE - 1, "no date lies behind an open end");

static struct slice trimmed(struct slice s)
{
    while (s.size && (s.data[0] == ' ' || s.data[0] == '\t'))
        s = slice_from(s, 1);
    while (s.size && (s.data[s.size - 1] == ' ' || s.data[s.size - 1] == '\t'))
        s.size--;
    return s;
}

/* The span of a date, the whole of time where there is none written. */
static bool span_of(struct slice text, uint64_t *first, uint64_t *last)
{
    struct date date;
    *first = DATE_OPEN_FIRST;
    *last = DATE_OPEN_LAST;
    text = trimmed(text);
    if (!text.size)
        return true;
    if (!date_parse(text, &date))
        return false;
    date_span(&date, first, last);
    return true;
}

static bool read_range(struct slice text, uint64_t *first, uint64_t *last, bool *backwards)
{
    const char *dots = text.size ? memmem(text.data, text.size, "..", 2) : NULL;
    *backwards = false;
    if (!dots)
        return trimmed(text).size && span_of(text, first, last);
    struct slice left = slice_of(text.data, (size_t)(dots - text.data)),
                 right = slice_from(text, left.size + 2);
    uint64_t left_last, right_first;
    if (!span_of(left, first, &left_last) || !span_of(right, &right_first, last))
        return false;
    *backwards = *first > *last;
    if (*backwards) {
        *first = right_first;
        *last = left_last;
    }
    return true;
}

struct query_node *parse_date(struct parser *p, const struct token *token)
{
    uint64_t first, last;
    bool backwards;
    bool any = slice_equal(token->text, SLICE("*")); /* date:* asks for one whatever it is */
    if (!read_range(any ? SLICE("..") : token->text, &first, &last, &backwards))
        return NULL;
    if (backwards)
        parser_mend(p, token->start, "the dates run backwards", "swapped them");
    struct query_node *node = node_new(p->arena, QUERY_DATE);
    if (node) {
        node->first = first;
        node->last = last;
    }
    return node;
}

/* The civil date and time in a packed number, without its precision and offset. */
static bool civil(uint64_t packed, struct date *date)
{
    const uint64_t seconds_and_above = ~(uint64_t)0 << 22;
    return date_unpack((packed & seconds_and_above) | (uint64_t)DATE_SECOND << 19, date);
}

/* The same moment as a date of less precision. */
static struct date coarser(const struct date *date, enum date_precision precision)
{
    struct date d = {.year = date->year, .month = 1, .day = 1, .precision = (uint8_t)precision};
    d.month = precision >= DATE_MONTH ? date->month : 1;
    d.day = precision >= DATE_DAY ? date->day : 1;
    d.hour = precision >= DATE_MINUTE ? date->hour : 0;
    d.minute = precision >= DATE_MINUTE ? date->minute : 0;
    d.second = precision >= DATE_SECOND ? date->second : 0;
    return d;
}

/* The coarsest precision, no less than `least`, of a date whose span begins at `first`, where that
 * is not open, and ends at `last`, likewise; the date is written into *date. DATE_NONE where there
 * is none. */
static enum date_precision fit(uint64_t first, uint64_t last, int least, struct date *date)
{
    struct date whole;
    bool begins = first != DATE_OPEN_FIRST, ends = last != DATE_OPEN_LAST;
    if (!civil(begins ? first : last, &whole))
        return DATE_NONE;
    for (int precision = least; precision <= DATE_SECOND; precision++) {
        uint64_t span_first, span_last;
        *date = coarser(&whole, (enum date_precision)precision);
        date_span(date, &span_first, &span_last);
        if ((!begins || span_first == first) && (!ends || span_last == last))
            return (enum date_precision)precision;
    }
    return DATE_NONE;
}

static void write_date(struct bytes *out, const struct date *date)
{
    char text[DATE_TEXT_BYTES];
    bytes_append_slice(out, date_format(date, text));
}

void query_write_span(struct bytes *out, uint64_t first, uint64_t last)
{
    struct date begin = {0}, end = {0};
    bool begins = first != DATE_OPEN_FIRST, ends = last != DATE_OPEN_LAST;
    if (begins && ends && fit(first, last, DATE_YEAR, &begin)) {
        write_date(out, &begin);
        return;
    }
    /* Both ends of a range in the precision that the finer one needs. */
    int finest = begins ? fit(first, DATE_OPEN_LAST, DATE_YEAR, &begin) : DATE_YEAR;
    if (ends)
        finest = fit(DATE_OPEN_FIRST, last, finest, &end);
    if (begins && fit(first, DATE_OPEN_LAST, finest, &begin))
        write_date(out, &begin);
    bytes_append_string(out, "..");
    if (ends)
        write_date(out, &end);
}
