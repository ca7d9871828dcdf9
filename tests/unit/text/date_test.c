#include "unit/unit.h"

#include <stdlib.h>

#include "random.h"
#include "text/date.h"

/* Reads `text`; its ISO form, at its own precision, is `expected`; NULL where it is no date. */
static void reads(const char *text, const char *expected)
{
    struct date d;
    char out[DATE_TEXT_BYTES];
    bool read = date_parse(slice_of_string(text), &d);
    if (read != (expected != NULL))
        fail_msg("'%s' is%s read", text, read ? "" : " not");
    if (!read)
        return;
    struct slice formatted = date_format(&d, out);
    if (!slice_equal(formatted, slice_of_string(expected)))
        fail_msg("'%s' is read as '%.*s', not '%s'", text, (int)formatted.size, formatted.data,
                 expected);
    struct date again;
    assert_true(date_parse(formatted, &again));
    assert_int_equal(date_pack(&again), date_pack(&d));
}

static void iso_dates(void **state)
{
    (void)state;
    reads("2015", "2015");
    reads("2015-10", "2015-10");
    reads("2015-10-01", "2015-10-01");
    reads("2015/10/01", "2015-10-01");
    reads("20151001", "2015-10-01");
    reads("2015-10-01T12:06", "2015-10-01T12:06");
    reads("2015-10-01T12:06:07", "2015-10-01T12:06:07");
    reads("2015-10-01T12:06:00+02:00", "2015-10-01T12:06:00+02:00");
    reads("2015-10-01T12:06:00-0330", "2015-10-01T12:06:00-03:30");
    reads("2015-10-01t12:06:00z", "2015-10-01T12:06:00Z");
    reads("2015-10-01 12:06:00.123456 +02", "2015-10-01T12:06:00+02:00");
    reads("2015-10-01 12:06:00 +02 (EET)", "2015-10-01T12:06:00+02:00");
    reads("2015-10-01T12:06:00+23:59", "2015-10-01T12:06:00+23:59");
    reads("2015-10-01 12:06:00 UTC", "2015-10-01T12:06:00Z");
    reads("20151001T120607Z", "2015-10-01T12:06:07Z");
    reads("2015-10-01T12:06:00-00:00", "2015-10-01T12:06:00");
    reads("2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z");
    reads(" \t2015-10-01\r\n", "2015-10-01");
    reads("0001-01-01", "0001-01-01");
    reads("9999-12-31", "9999-12-31");
    reads("2016-02-29", "2016-02-29");
    reads("2000-02-29", "2000-02-29");
}

static void mail_and_http_dates(void **state)
{
    (void)state;
    reads("Thu, 01 Oct 2015 12:06:00 GMT", "2015-10-01T12:06:00Z");
    reads("Thu, 1 Oct 2015 12:06:00 +0200", "2015-10-01T12:06:00+02:00");
    reads("1 Oct 2015 12:06 EST", "2015-10-01T12:06-05:00");
    reads("01 Oct 15 12:06:00 PDT (a comment)", "2015-10-01T12:06:00-07:00");
    reads("Thursday, 01-Oct-15 12:06:00 GMT", "2015-10-01T12:06:00Z");
    reads("Friday, 01-Oct-93 12:06:00 GMT", "1993-10-01T12:06:00Z");
    reads("Thu Oct  1 12:06:00 2015", "2015-10-01T12:06:00");
}

static void english_dates(void **state)
{
    (void)state;
    reads("October 1, 2015", "2015-10-01");
    reads("Oct. 1, 2015", "2015-10-01");
    reads("october 1st 2015", "2015-10-01");
    reads("1 Oct 2015", "2015-10-01");
    reads("1st of October, 2015", "2015-10-01");
    reads("Sept 2, 2015", "2015-09-02");
    reads("October 2015", "2015-10");
    reads("Thursday, October 1, 2015", "2015-10-01");
    reads("October 1, 2015 12:06 p.m.", "2015-10-01T12:06");
    reads("October 1, 2015, 1:06 pm EDT", "2015-10-01T13:06-04:00");
    reads("October 1, 2015 at 12:06 AM", "2015-10-01T00:06");
}

static void what_is_no_date(void **state)
{
    static const char *const texts[] = {
        "",
        " ",
        "x",
        "201",
        "20155",
        "2015-",
        "2015-1",
        "2015-13",
        "2015-00",
        "2015-10-",
        "2015-10-0",
        "2015-10-32",
        "2015-10-00",
        "2015-02-29",
        "1900-02-29",
        "2015-04-31",
        "0000-01-01",
        "10000-01-01",
        "2015-10/01",
        "2015-10-01T",
        "2015-10-01T24:00",
        "2015-10-01T12",
        "2015-10-01T12:60",
        "2015-10-01T12:06:61",
        "2015-10-01T12:06:",
        "2015-10-01T12:06:00+24:00",
        "2015-10-01T12:06:00+02:60",
        "2015-10-01T12:06:00+0",
        "2015-10-01T12:06:00.",
        "2015-10-01T12:06:00+02:",
        "2015-10-01T12:06Zx",
        "2015-10-01x",
        "-2015",
        "2015-10-01 yesterday",
        "October",
        "October 32, 2015",
        "1 Octo 2015x",
        "32 October 2015",
        "Oct 1",
        "1/2/2015",
        "12:06",
        "Thu",
        "Thu,",
        "1 Foo 2015",
        "October 1 12:06",
        "13:06 pm October 1 2015",
        "October 1, 2015 13:06 pm",
        "October 1, 2015 0:06 am",
        "October 1, 2015 1:06 amber",
        "October 1, 2015 1:06 am1",
        "20151301",
        "99999999999999999999",
        "2015-10-01T12:06:00(",
        "1 of of October 2015",
        "Octoberfest 1, 2015",
        "O 1 2015",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        reads(texts[i], NULL);
    struct date d;
    assert_false(date_parse(SLICE("2015\0"
                                  "10"),
                            &d));
    assert_false(date_parse(SLICE("\0"), &d));
    assert_false(date_parse((struct slice){0}, &d));
    char big[5000];
    memset(big, '1', sizeof big);
    assert_false(date_parse(slice_of(big, sizeof big), &d));
    memset(big, ' ', sizeof big);
    assert_false(date_parse(slice_of(big, sizeof big), &d));
}

static bool same_fields(const struct date *a, const struct date *b)
{
    return a->year == b->year && a->month == b->month && a->day == b->day && a->hour == b->hour &&
           a->minute == b->minute && a->second == b->second && a->precision == b->precision &&
           a->has_offset == b->has_offset && a->offset_minutes == b->offset_minutes;
}

static struct date random_date(uint64_t *seed)
{
    struct date d = {.year = (int16_t)(1 + random_below(seed, random_below(seed, 2) ? 9999 : 3)),
                     .month = 1,
                     .day = 1};
    d.precision = (uint8_t)(DATE_YEAR + random_below(seed, 5));
    if (d.precision >= DATE_MONTH)
        d.month = (uint8_t)(1 + random_below(seed, 12));
    if (d.precision >= DATE_DAY)
        d.day = (uint8_t)(1 + random_below(seed, 28));
    if (d.precision >= DATE_MINUTE) {
        d.hour = (uint8_t)random_below(seed, 24);
        d.minute = (uint8_t)random_below(seed, 60);
        d.has_offset = random_below(seed, 2);
        d.offset_minutes = (int16_t)(d.has_offset ? (int)random_below(seed, 2879) - 1439 : 0);
    }
    if (d.precision == DATE_SECOND)
        d.second = (uint8_t)random_below(seed, 61);
    return d;
}

static int order_of(const struct date *a, const struct date *b)
{
    const int x[] = {a->year, a->month, a->day, a->hour, a->minute, a->second, a->precision};
    const int y[] = {b->year, b->month, b->day, b->hour, b->minute, b->second, b->precision};
    for (int i = 0; i < 7; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return 0;
}

static void packed_dates_come_back_and_sort(void **state)
{
    uint64_t seed = 9;
    (void)state;
    for (int i = 0; i < 200000; i++) {
        struct date a = random_date(&seed), b = random_date(&seed), back;
        char out[DATE_TEXT_BYTES];
        uint64_t packed = date_pack(&a), other = date_pack(&b);
        assert_true(date_unpack(packed, &back) && same_fields(&a, &back));
        int order = order_of(&a, &b);
        assert_true(order == 0 || (order < 0) == (packed < other));
        assert_true(packed < DATE_PACKED_NONE);
        assert_true(date_parse(date_format(&a, out), &back) && same_fields(&a, &back));
    }
    struct date none = {0}, d;
    char out[DATE_TEXT_BYTES];
    assert_int_equal(date_pack(&none), DATE_PACKED_NONE);
    assert_false(date_unpack(DATE_PACKED_NONE, &d));
    assert_int_equal(date_format(&none, out).size, 0);
}

/* The layout of date.h. */
static void packed_by_hand(void **state)
{
    struct date d = {2015, 10, 1, 12, 6, 7, DATE_SECOND, true, 120};
    (void)state;
    assert_int_equal(date_pack(&d), (uint64_t)2015 << 48 | (uint64_t)10 << 44 | (uint64_t)1 << 39 |
                                        (uint64_t)12 << 34 | (uint64_t)6 << 28 | (uint64_t)7 << 22 |
                                        (uint64_t)5 << 19 | (uint64_t)1560 << 7);
}

static void any_number_unpacks_to_a_date_or_none(void **state)
{
    uint64_t seed = 21;
    size_t dates = 0;
    (void)state;
    for (int i = 0; i < 500000; i++) {
        struct date good = random_date(&seed), d;
        uint64_t packed =
            i % 2 ? random_next(&seed) : date_pack(&good) ^ (uint64_t)1 << random_below(&seed, 64);
        if (!date_unpack(packed, &d))
            continue;
        dates++;
        char out[DATE_TEXT_BYTES];
        assert_int_equal(date_pack(&d), packed);
        assert_true(date_format(&d, out).size < DATE_TEXT_BYTES);
    }
    assert_true(dates > 1000);
}

static void spans(const char *text, const char *inside, bool expected)
{
    struct date span, d;
    uint64_t first, last;
    assert_true(date_parse(slice_of_string(text), &span) &&
                date_parse(slice_of_string(inside), &d));
    date_span(&span, &first, &last);
    assert_true(first <= last);
    uint64_t packed = date_pack(&d);
    if ((packed >= first && packed <= last) != expected)
        fail_msg("'%s' is%s in '%s'", inside, expected ? " not" : "", text);
}

static void a_date_spans_what_it_means(void **state)
{
    (void)state;
    spans("2015", "2015-01-01", true);
    spans("2015", "2015-12-31T23:59:60+14:00", true);
    spans("2015", "2015", true);
    spans("2015", "2016-01-01", false);
    spans("2015", "2014-12-31T23:59:59", false);
    spans("2015-02", "2015-02-28T23:59", true);
    spans("2015-02", "2015-03", false);
    spans("2016-02", "2016-02-29", true);
    spans("2015-10-01", "2015-10-01T00:00:00-12:00", true);
    spans("2015-10-01", "2015-10-01T23:59:60Z", true);
    spans("2015-10-01", "2015-10-02", false);
    spans("2015-10-01T12:06", "2015-10-01T12:06:59+02:00", true);
    spans("2015-10-01T12:06", "2015-10-01T12:07", false);
    spans("2015-10-01T12:06:07", "2015-10-01T12:06:07Z", true);
    spans("2015-10-01T12:06:07", "2015-10-01T12:06:08", false);
}

static void hostile_strings(void **state)
{
    static const char *const parts[] = {
        "2015", "10",       "1",  "-",        "-",        ":",   "T",    " ",   ",",
        "Oct",  "Thursday", "at", "pm",       "+",        "Z",   "0200", "(",   ")",
        ".",    "st",       "of", "\xC3\xA9", "99999999", "GMT", "/",    "\x01"};
    uint64_t seed = 13;
    size_t dates = 0;
    (void)state;
    for (int i = 0; i < 500000; i++) {
        char text[256] = "";
        for (uint64_t n = random_below(&seed, 12); n; n--)
            strcat(text, parts[random_below(&seed, 26)]);
        size_t size = strlen(text);
        char *exact = malloc(size ? size : 1); /* so that a sanitizer sees a byte too far */
        memcpy(exact, text, size);
        struct date d, back;
        if (date_parse(slice_of(exact, size), &d)) {
            dates++;
            assert_true(date_unpack(date_pack(&d), &back) && same_fields(&d, &back));
        }
        free(exact);
    }
    assert_true(dates > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(iso_dates),
        cmocka_unit_test(mail_and_http_dates),
        cmocka_unit_test(english_dates),
        cmocka_unit_test(what_is_no_date),
        cmocka_unit_test(packed_dates_come_back_and_sort),
        cmocka_unit_test(packed_by_hand),
        cmocka_unit_test(any_number_unpacks_to_a_date_or_none),
        cmocka_unit_test(a_date_spans_what_it_means),
        cmocka_unit_test(hostile_strings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
