/* Buckets against the calendar of the C library; facets, timelines and lines as text. */
#include "unit/unit.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "random.h"
#include "search/render.h"
#include "search/timeline_buckets.h"

/* --- Buckets -----------------------------------------------------------------------------------*/

static void add(struct date_counts *counts, const char *text)
{
    struct date date;
    bool corrupt;
    assert_true(date_parse(slice_of_string(text), &date));
    assert_true(date_counts_add(counts, date_pack(&date), &corrupt));
}

static void every_day_of_a_span_comes_once(void **state)
{
    struct arena arena = {0};
    uint64_t random = 5;
    (void)state;
    for (int i = 0; i < 60; i++) {
        struct date_counts counts;
        struct timeline timeline;
        struct error error = {0};
        char text[32];
        struct tm first = {.tm_year = (int)random_below(&random, 300), .tm_mon = 1, .tm_mday = 20};
        time_t start = timegm(&first) + (time_t)random_below(&random, 20) * 86400;
        size_t days = 2 + random_below(&random, 9000);
        assert_true(date_counts_init(&counts, &arena));
        for (int end = 0; end < 2; end++) {
            time_t at = start + (end ? (time_t)(days - 1) * 86400 : 0);
            strftime(text, sizeof text, "%Y-%m-%d", gmtime(&at));
            add(&counts, text);
        }
        assert_int_equal(timeline_show(&counts, TIMELINE_DAY, &arena, &timeline, &error),
                         STATUS_OK);
        assert_int_equal(timeline.bucket_count, days);
        for (size_t day = 0; day < days; day++) {
            time_t at = start + (time_t)day * 86400;
            strftime(text, sizeof text, "%Y-%m-%d", gmtime(&at));
            assert_true(slice_equal(timeline.buckets[day].date, slice_of_string(text)));
            assert_int_equal(timeline.buckets[day].articles, day == 0 || day + 1 == days);
        }
        arena_clear(&arena);
    }
    arena_release(&arena);
}

static void show(const char *const *dates, enum timeline_unit unit, struct arena *arena,
                 struct timeline *timeline, enum status expected)
{
    struct date_counts counts;
    struct error error = {0};
    assert_true(date_counts_init(&counts, arena));
    for (size_t i = 0; dates[i]; i++)
        add(&counts, dates[i]);
    *timeline = (struct timeline){0};
    assert_int_equal(timeline_show(&counts, unit, arena, timeline, &error), expected);
    if (expected != STATUS_OK)
        assert_non_null(strstr(error.text, "more than 10000"));
}

static void the_unit_is_chosen(void **state)
{
    static const char *const near[] = {"2015-01-01", "2015-04-30", NULL}; /* 120 days */
    static const char *const further[] = {"2015-01-01", "2015-05-01", NULL};
    static const char *const coarse[] = {"2015-01-01", "2015-02", "2015-02", "2015", NULL};
    static const char *const years[] = {"2015", "2015-01", NULL};
    static const char *const decade[] = {"2015-01", "2025-01", NULL}; /* 121 months */
    static const char *const none[] = {NULL};
    struct arena arena = {0};
    struct timeline timeline;
    (void)state;
    show(near, TIMELINE_AUTO, &arena, &timeline, STATUS_OK);
    assert_int_equal(timeline.unit, TIMELINE_DAY);
    assert_int_equal(timeline.bucket_count, 120);
    show(further, TIMELINE_AUTO, &arena, &timeline, STATUS_OK);
    assert_int_equal(timeline.unit, TIMELINE_MONTH);
    assert_int_equal(timeline.bucket_count, 5);
    show(coarse, TIMELINE_AUTO, &arena, &timeline, STATUS_OK);
    assert_int_equal(timeline.unit, TIMELINE_MONTH);
    assert_int_equal(timeline.coarser, 1);
    assert_int_equal(timeline.buckets[1].articles, 2);
    show(years, TIMELINE_AUTO, &arena, &timeline, STATUS_OK);
    assert_int_equal(timeline.unit, TIMELINE_MONTH); /* half of them are coarser, not more */
    show(decade, TIMELINE_AUTO, &arena, &timeline, STATUS_OK);
    assert_int_equal(timeline.unit, TIMELINE_YEAR);
    assert_int_equal(timeline.bucket_count, 11);
    show(none, TIMELINE_AUTO, &arena, &timeline, STATUS_OK);
    assert_int_equal(timeline.bucket_count, 0);
    assert_int_not_equal(timeline.unit, TIMELINE_AUTO);
    arena_release(&arena);
}

static void a_named_unit_has_a_limit(void **state)
{
    static const char *const most[] = {"2000-01-01", "2027-05-18", NULL}; /* 10,000 days */
    static const char *const more[] = {"2000-01-01", "2027-05-19", NULL};
    static const char *const all[] = {"0001-01-01", "9999-12-31", NULL};
    struct arena arena = {0};
    struct timeline timeline;
    (void)state;
    show(most, TIMELINE_DAY, &arena, &timeline, STATUS_OK);
    assert_int_equal(timeline.bucket_count, TIMELINE_BUCKETS_MOST);
    show(more, TIMELINE_DAY, &arena, &timeline, STATUS_LIMIT);
    show(all, TIMELINE_MONTH, &arena, &timeline, STATUS_LIMIT);
    show(all, TIMELINE_YEAR, &arena, &timeline, STATUS_OK);
    assert_int_equal(timeline.bucket_count, 9999);
    show(all, TIMELINE_AUTO, &arena, &timeline, STATUS_OK);
    assert_int_equal(timeline.unit, TIMELINE_YEAR);
    arena_release(&arena);
}

/* --- As text -----------------------------------------------------------------------------------*/

static struct facet_value values[] = {{SLICE("bbc \"x\""), 1200}, {SLICE("cnn"), 3}};
static struct facet facets[] = {{FACET_SOURCE, values, 2, 12, 40, 5}, {.kind = FACET_MONTH}};
static struct timeline_bucket buckets[] = {
    {SLICE("2015-09"), 1000}, {SLICE("2015-10"), 0}, {SLICE("2015-11"), 1}};
static struct kwic_line lines[] = {
    {0, 7, SLICE("a"), SLICE("T"), SLICE("2015"), SLICE("so "), SLICE("doomed to"), SLICE(" fail"),
     3, false},
    {0, 7, SLICE("a"), SLICE("T"), SLICE("2015"), SLICE("東京の"), SLICE("doomed"), SLICE("!"), 9,
     false},
    {0, 8, SLICE("b"), {0}, {0}, {0}, SLICE("doomed"), {0}, 0, true},
};
static const struct searcher_info info = {.name = "n", .checksum = "0123456789abcdef"};

static struct answer sample(void)
{
    return (struct answer){
        .text = SLICE("q"),
        .parsed = SLICE("q"),
        .total = 1006,
        .took_us = 1,
        .facets = facets,
        .facet_count = 2,
        .timeline = {TIMELINE_MONTH, buckets, 3, 4, 1},
        .lines = lines,
        .line_count = 3,
        .has_lines = true,
        .occurrences = 7,
    };
}

static void expect_part(struct bytes *out, const char *expected)
{
    bytes_put_u8(out, 0);
    assert_int_equal(out->status, STATUS_OK);
    if (!strstr((const char *)out->data, expected))
        fail_msg("not found:\n%s\nin:\n%s", expected, (const char *)out->data);
    bytes_release(out);
}

static void json_of_all(void **state)
{
    struct answer answer = sample();
    struct bytes out = {0};
    const struct render_options options = {.format = RENDER_JSON, .timeless = true};
    (void)state;
    render_answer(&out, &info, &answer, &options, true);
    expect_part(
        &out,
        "\"facets\":{\"source\":[{\"value\":\"bbc \\\"x\\\"\",\"articles\":1200},"
        "{\"value\":\"cnn\",\"articles\":3}],\"month\":[]},"
        "\"facet_rest\":{\"source\":{\"values\":12,\"articles\":40,\"without\":5},"
        "\"month\":{\"values\":0,\"articles\":0,\"without\":0}},"
        "\"timeline\":{\"by\":\"month\",\"buckets\":[{\"date\":\"2015-09\",\"articles\":1000},"
        "{\"date\":\"2015-10\",\"articles\":0},{\"date\":\"2015-11\",\"articles\":1}],"
        "\"coarser\":4,\"undated\":1},"
        "\"occurrences\":{\"value\":7,\"relation\":\"eq\"},\"lines\":[{\"id\":\"a\","
        "\"href\":\"/articles/a\",\"title\":\"T\",\"date\":\"2015\",\"left\":\"so \","
        "\"match\":\"doomed to\",\"right\":\" fail\",\"at\":3,\"in_title\":false},");
    render_timeline(&out, &info, &answer, &options);
    expect_part(&out,
                "\"total\":{\"value\":1006,\"relation\":\"eq\"},\"by\":\"month\",\"buckets\":[");
}

static void text_of_all(void **state)
{
    struct answer answer = sample();
    struct bytes out = {0};
    const struct render_options options = {.format = RENDER_TEXT, .timeless = true};
    (void)state;
    render_answer(&out, &info, &answer, &options, true);
    expect_part(&out, "1,006 articles\n"
                      "3 of 7 occurrences\n"
                      "\n"
                      "T · 2015 · a\n"
                      "                              so «doomed to» fail\n"
                      "                           東京の«doomed»!\n"
                      "\n"
                      "b\n"
                      "                                 «doomed»\n"
                      "\n"
                      "  source: bbc \"x\" 1,200, cnn 3, and 12 more, none 5\n"
                      "  month:\n"
                      "\n"
                      "2015-09     1,000 ");
    render_timeline(&out, &info, &answer, &options);
    expect_part(&out, "█\n"
                      "2015-10         0\n"
                      "2015-11         1 ▏\n"
                      "4 with a date less exact than a month\n"
                      "1 without a date\n");
}

static void a_chart_is_not_wider_than_the_terminal(void **state)
{
    struct timeline_bucket bucket = {SLICE("2015-10-01"), 0};
    struct answer answer = {.timeline = {TIMELINE_DAY, &bucket, 1, 0, 0}};
    const struct render_options options = {.format = RENDER_TEXT, .timeless = true};
    (void)state;
    for (bucket.articles = 1; bucket.articles < UINT64_MAX / 10; bucket.articles *= 10) {
        struct bytes out = {0};
        size_t columns = 0;
        render_timeline(&out, &info, &answer, &options);
        bytes_put_u8(&out, 0);
        const char *line = strchr((const char *)out.data, '\n') + 1;
        for (; *line && *line != '\n'; line++)
            columns += (*line & 0xC0) != 0x80;
        assert_int_equal(columns, RENDER_TEXT_COLUMNS);
        bytes_release(&out);
    }
}

static void rows_of_all(void **state)
{
    struct answer answer = sample();
    struct bytes out = {0};
    struct render_options options = {.format = RENDER_CSV, .lines = true};
    (void)state;
    render_answer(&out, &info, &answer, &options, true);
    expect_part(&out, "id,title,date,left,match,right,at\r\n"
                      "a,T,2015,\"so \",doomed to,\" fail\",3\r\n");
    render_timeline(&out, &info, &answer, &options);
    expect_part(&out, "date,articles\r\n2015-09,1000\r\n2015-10,0\r\n2015-11,1\r\ncoarser,4\r\n"
                      "undated,1\r\n");
    options.format = RENDER_TSV;
    render_answer(&out, &info, &answer, &options, true);
    expect_part(&out, "a\tT\t2015\tso\tdoomed to\tfail\t3\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_a_span_comes_once),
        cmocka_unit_test(the_unit_is_chosen),
        cmocka_unit_test(a_named_unit_has_a_limit),
        cmocka_unit_test(json_of_all),
        cmocka_unit_test(text_of_all),
        cmocka_unit_test(a_chart_is_not_wider_than_the_terminal),
        cmocka_unit_test(rows_of_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
