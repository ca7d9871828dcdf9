/* Batches over a searcher without files: order, isolation, kinds of lines, the end. */
#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "search/batch.h"
#include "unit/search/fake_searcher.h"

struct lines {
    const char *const *lines;
    size_t count, at;
};

struct sink {
    struct bytes bytes;
    size_t writes, most; /* most: writes before the end; 0: none */
};

static bool next_line(void *context, struct slice *line, bool *cut)
{
    struct lines *lines = context;
    if (lines->at == lines->count)
        return false;
    *line = slice_of_string(lines->lines[lines->at++]);
    *cut = slice_equal(*line, SLICE("CUT"));
    return true;
}

static enum status take(void *context, struct slice bytes)
{
    struct sink *sink = context;
    if (sink->most && sink->writes == sink->most)
        return STATUS_IO;
    sink->writes++;
    bytes_append_slice(&sink->bytes, bytes);
    return STATUS_OK;
}

static struct batch_options options_of(enum render_format format, size_t threads)
{
    struct batch_options options = {.render = {.format = format}, .threads = threads};
    question_init(&options.defaults);
    return options;
}

static enum status run(const char *const *given, size_t count, struct batch_options options,
                       struct sink *sink, struct batch_totals *totals)
{
    struct lines lines = {given, count, 0};
    struct error error = {0};
    return batch_run(NULL, &options, &(struct batch_input){&lines, next_line},
                     &(struct batch_output){sink, take, NULL}, totals, &error);
}

static void expect(const char *const *given, size_t count, struct batch_options options,
                   const char *expected)
{
    struct sink sink = {0};
    struct batch_totals totals;
    assert_int_equal(run(given, count, options, &sink, &totals), STATUS_OK);
    bytes_put_u8(&sink.bytes, 0);
    assert_string_equal((char *)sink.bytes.data, expected);
    bytes_release(&sink.bytes);
}

static void every_kind_of_line(void **state)
{
    static const char *const given[] = {
        "homs",
        "",
        " \t\r",
        "q7\thoms airport",
        "{\"id\":\"x y\",\"q\":\"syria\",\"limit\":3}",
        "fail",
        "{broken",
        "{\"q\":\"a\",\"limit\":true}",
        "{\"q\":\"a\",\"colour\":1}",
        "{\"limit\":1}",
        "{\"q\":[\"a\"]}",
        "{\"q\":\"a\",\"format\":\"csv\"}",
        "CUT",
        "crlf\r",
        "{\"id\":17,\"q\":2015,\"op\":null}",
        "{\"q\":\"a\",\"offset\":100000,\"limit\":1000}",
    };
    (void)state;
    expect(given, sizeof given / sizeof *given, options_of(RENDER_TSV, 1),
           "1\t1\t1.5\thoms\t\t\t\t\t\n"
           "q7\t1\t1.5\thoms airport\t\t\t\t\t\n"
           "x y\t1\t1.5\tsyria\t\t\t\t\t\n"
           "6\terror\t\t\ttold to fail\t\t\t\t\n"
           "7\terror\t\t\tnot valid JSON at byte 1: unexpected character\t\t\t\t\n"
           "8\t1\t1.5\ta\t\t\t\t\t\n"
           "9\terror\t\t\tunknown parameter 'colour'\t\t\t\t\n"
           "10\terror\t\t\tparameter 'q' is missing\t\t\t\t\n"
           "11\terror\t\t\tbad value for parameter 'q': allowed are strings, numbers and "
           "booleans\t\t\t\t\n"
           "12\terror\t\t\tparameter 'format' is the whole batch's, not a line's\t\t\t\t\n"
           "13\terror\t\t\tthe line is longer than 65536 bytes\t\t\t\t\n"
           "14\t1\t1.5\tcrlf\t\t\t\t\t\n"
           "17\t1\t1.5\t2015\t\t\t\t\t\n"
           "16\terror\t\t\t'offset' and 'limit' are 100000 and 1000: together at most 100000 are "
           "allowed\t\t\t\t\n");
}

static bool answers(const struct batch_options *options, struct slice text, struct bytes *out)
{
    return batch_answer_line(NULL, options, &(struct batch_line){text, false, 1}, out);
}

static void a_mark_before_the_first_line_is_no_part_of_it(void **state)
{
    static const char *const given[] = {"\xEF\xBB\xBF{\"q\":\"a\"}", "\xEF\xBB\xBF{b"};
    static const char *const blank[] = {"\xEF\xBB\xBF \r", "c"};
    (void)state;
    expect(given, 2, options_of(RENDER_TREC, 1),
           "1 Q0 a 1 1.5 verbatim\n2 Q0 \xEF\xBB\xBF{b 1 1.5 verbatim\n");
    expect(blank, 2, options_of(RENDER_TREC, 1), "2 Q0 c 1 1.5 verbatim\n");
}

static void counts_are_a_row_a_query(void **state)
{
    static const char *const given[] = {"q1\thoms", "fail", "\"a\tb\""};
    struct batch_options options = options_of(RENDER_COUNTS, 1);
    (void)state;
    expect(given, 3, options,
           "q1\t1\teq\t1.5\thoms\t\t\t\t\thoms\n"
           "2\terror\t\t\t\ttold to fail\t\t\t\t\n"
           "\"a\t1\teq\t1.5\tb\"\t\t\t\t\tb\"\n");
    assert_int_equal(fake_last.limit, 1);
}

static void a_line_may_change_the_defaults(void **state)
{
    struct batch_options options = options_of(RENDER_JSON, 1);
    struct bytes out = {0};
    (void)state;
    options.defaults.limit = 5;
    assert_true(answers(&options, SLICE("a"), &out));
    assert_int_equal(fake_last.limit, 5);
    assert_true(answers(&options, SLICE("{\"q\":\"a\",\"limit\":\"7\"}"), &out));
    assert_int_equal(fake_last.limit, 7);
    assert_false(answers(&options, SLICE("fail"), &out));
    bytes_release(&out);
}

static void json_lines_and_no_time(void **state)
{
    static const char *const given[] = {"homs", "k\tfail"};
    (void)state;
    expect(given, 2, options_of(RENDER_JSON, 2),
           "{\"line\":1,\"query\":{\"text\":\"homs\",\"parsed\":\"homs\",\"repairs\":[],\"words\":["
           "],\"any_words\":false},"
           "\"index\":{\"name\":\"fake\",\"checksum\":\"0123456789abcdef\",\"articles\":7},"
           "\"total\":{\"value\":1,\"relation\":\"eq\"},\"hits\":[{\"rank\":1,\"score\":1.5,\"id\":"
           "\"homs\","
           "\"href\":\"/articles/"
           "homs\",\"title\":null,\"url\":null,\"source\":[],\"author\":[],\"date\":null,"
           "\"lang\":[],\"tags\":[],\"snippets\":[],\"title_highlights\":[],\"phrase_count\":0}]}\n"
           "{\"line\":2,\"id\":\"k\",\"error\":{\"status\":\"invalid\",\"detail\":\"told to "
           "fail\"}}\n");
}

static void csv_has_one_header(void **state)
{
    static const char *const given[] = {"a", "b"};
    struct batch_options options = options_of(RENDER_CSV, 1);
    (void)state;
    expect(given, 2, options,
           "query,rank,score,id,title,url,source,date,snippet\r\n1,1,1.5,a,,,,,\r\n2,1,1.5,b,,,,,"
           "\r\n");
    options.lines_before = 1;
    expect(given, 2, options, "2,1,1.5,b,,,,,\r\n");
}

enum { MANY = 2000 };

static void fill_many(char texts[MANY][16], const char *many[MANY])
{
    for (size_t i = 0; i < MANY; i++) {
        snprintf(texts[i], sizeof texts[i],
                 i % 97 == 0   ? "slow %zu"
                 : i % 13 == 0 ? "fail"
                               : "w%zu",
                 i % 97 == 0 ? i % 5 : i);
        many[i] = texts[i];
    }
}

static void order_holds_on_many_threads(void **state)
{
    static char texts[MANY][16];
    const char *many[MANY];
    struct sink one = {0}, eight = {0};
    struct batch_totals totals;
    (void)state;
    fill_many(texts, many);
    assert_int_equal(run(many, MANY, options_of(RENDER_JSON, 1), &one, &totals), STATUS_OK);
    assert_int_equal(run(many, MANY, options_of(RENDER_JSON, 8), &eight, &totals), STATUS_OK);
    assert_int_equal(totals.lines, MANY);
    assert_int_equal(totals.failed, (MANY + 12) / 13 - (MANY + 97 * 13 - 1) / (97 * 13));
    assert_int_equal(eight.writes, MANY);
    assert_true(slice_equal(bytes_slice(&one.bytes), bytes_slice(&eight.bytes)));
    const char *at = (char *)eight.bytes.data;
    for (size_t i = 1; i <= MANY; i++, at = strchr(at, '\n') + 1) {
        char start[32];
        snprintf(start, sizeof start, "{\"line\":%zu,", i);
        assert_memory_equal(at, start, strlen(start));
    }
    bytes_release(&one.bytes);
    bytes_release(&eight.bytes);
}

static void ends_where_nobody_takes_answers(void **state)
{
    static char texts[MANY][16];
    const char *many[MANY];
    struct sink sink = {.most = 5};
    struct batch_totals totals;
    (void)state;
    fill_many(texts, many);
    assert_int_equal(run(many, MANY, options_of(RENDER_JSON, 4), &sink, &totals), STATUS_IO);
    assert_int_equal(sink.writes, 5);
    assert_int_equal(totals.lines, 5);
    bytes_release(&sink.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_line),
        cmocka_unit_test(a_mark_before_the_first_line_is_no_part_of_it),
        cmocka_unit_test(counts_are_a_row_a_query),
        cmocka_unit_test(a_line_may_change_the_defaults),
        cmocka_unit_test(json_lines_and_no_time),
        cmocka_unit_test(csv_has_one_header),
        cmocka_unit_test(order_holds_on_many_threads),
        cmocka_unit_test(ends_where_nobody_takes_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
