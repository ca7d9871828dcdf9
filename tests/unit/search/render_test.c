/* One answer in every format, the expected text written by hand. */
#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "base/json_read.h"
#include "search/render.h"
#include "search/wrap.h"
#include "text/utf8.h"

static struct slice sources[] = {SLICE("Example, Inc."), SLICE("b\"c")};
static struct range marks[] = {{4, 9}};
static struct range title_marks[] = {{0, 1}};
static struct snippet snippets[] = {{SLICE("… é dooms \xFF day"), marks, 1}};
static struct slice repairs[] = {SLICE("a quotation is not closed; closed it at the end")};
static struct word_echo words[] = {{.word = SLICE("dooms"), .articles = 3}};
static struct explanation explanations[] = {
    {"term", SLICE("dooms"), 1.25, 2, 0, 10, 12.5, 0.75, 3, false, 0}};
static struct hit hits[] = {{
    .rank = 11,
    .score = 12.3456789,
    .id = SLICE("a b/é.txt"),
    .title = SLICE("T \"x\",\ty"),
    .url = SLICE("http://e.org/?a=1"),
    .date = SLICE("2015-10-01"),
    .sources = sources,
    .source_count = 2,
    .extra = SLICE("{\"k\":[1, 2.50]}"),
    .snippets = snippets,
    .snippet_count = 1,
    .title_highlights = title_marks,
    .title_highlight_count = 1,
    .phrase_count = 2,
    .explanations = explanations,
    .explanation_count = 1,
}};
static const struct searcher_info info = {
    .name = "n\"s", .checksum = "0123456789abcdef", .articles = 30539};

static struct answer sample(void)
{
    return (struct answer){
        .text = SLICE("\"dooms"),
        .parsed = SLICE("\"dooms\""),
        .repairs = repairs,
        .repair_count = 1,
        .words = words,
        .word_count = 1,
        .total = 1234,
        .hits = hits,
        .hit_count = 1,
        .took_us = 1250,
    };
}

static void expect(struct render_options options, const struct answer *answer, const char *expected)
{
    struct bytes out = {0};
    render_answer(&out, &info, answer, &options, true);
    assert_true(utf8_valid(bytes_slice(&out)));
    bytes_put_u8(&out, 0);
    assert_string_equal((char *)out.data, expected);
    bytes_release(&out);
}

static void json(void **state)
{
    struct answer answer = sample();
    (void)state;
    expect(
        (struct render_options){.format = RENDER_JSON, .name_index = true}, &answer,
        "{\"query\":{\"text\":\"\\\"dooms\",\"parsed\":\"\\\"dooms\\\"\","
        "\"repairs\":[\"a quotation is not closed; closed it at the end\"],"
        "\"words\":[{\"word\":\"dooms\",\"articles\":3}],\"any_words\":false},"
        "\"index\":{\"name\":\"n\\\"s\",\"checksum\":\"0123456789abcdef\",\"articles\":30539},"
        "\"took_us\":1250,"
        "\"total\":{\"value\":1234,\"relation\":\"eq\"},\"hits\":[{\"rank\":11,\"score\":12.345679,"
        "\"id\":\"a b/é.txt\",\"href\":\"/articles/a%20b%2F%C3%A9.txt?index=n%22s\",\"title\":\"T "
        "\\\"x\\\",\\ty\","
        "\"url\":\"http://e.org/?a=1\",\"source\":[\"Example, Inc.\",\"b\\\"c\"],\"author\":[],"
        "\"date\":\"2015-10-01\",\"lang\":[],\"tags\":[],\"extra\":{\"k\":[1,2.50]},"
        "\"snippets\":[{\"text\":\"… é dooms \uFFFD "
        "day\",\"highlights\":[[4,9]]}],\"title_highlights\":[[0,1]],"
        "\"phrase_count\":2,\"explain\":[{\"part\":\"term\",\"term\":\"dooms\",\"articles\":3,"
        "\"idf\":1.25,\"tf\":2,"
        "\"title_tf\":0,"
        "\"length\":10,\"average_length\":12.5,\"score\":0.75}]}]}");
}

static void json_that_says_more_or_less(void **state)
{
    struct answer answer = sample();
    (void)state;
    answer.hit_count = answer.word_count = answer.repair_count = 0;
    answer.relation = TOTAL_GTE;
    answer.partial = SLICE("the time budget of 250 ms ended");
    answer.any_words = true;
    expect((struct render_options){.format = RENDER_JSON, .timeless = true}, &answer,
           "{\"query\":{\"text\":\"\\\"dooms\",\"parsed\":\"\\\"dooms\\\"\",\"repairs\":[],"
           "\"words\":[],\"any_words\":true},"
           "\"index\":{\"name\":\"n\\\"s\",\"checksum\":\"0123456789abcdef\",\"articles\":30539},"
           "\"total\":{\"value\":1234,\"relation\":\"gte\"},\"partial\":\"the time budget of 250 "
           "ms ended\",\"hits\":[]}");
}

static void spellings(void **state)
{
    struct slice searched[] = {SLICE("e mail \"x\""), SLICE("email")};
    struct spelling_echo echoes[] = {{searched[0], searched, 2, true},
                                     {searched[1], searched, 1, false}};
    struct also_written also[] = {{SLICE("everyday"), 1974}, {SLICE("may be"), 1}};
    struct answer answer = {
        .spellings = echoes, .spelling_count = 2, .also_written = also, .also_written_count = 2};
    (void)state;
    expect(
        (struct render_options){.format = RENDER_JSON, .timeless = true}, &answer,
        "{\"query\":{\"text\":\"\",\"parsed\":\"\",\"repairs\":[],\"words\":[],\"any_words\":false,"
        "\"spellings\":[{\"written\":\"e mail \\\"x\\\"\",\"searched\":[\"e mail \\\"x\\\"\","
        "\"email\"],\"more\":true},{\"written\":\"email\",\"searched\":[\"e mail \\\"x\\\"\"]}],"
        "\"also_written\":[{\"text\":\"everyday\",\"articles\":1974},{\"text\":\"may be\","
        "\"articles\":1}]},"
        "\"index\":{\"name\":\"n\\\"s\",\"checksum\":\"0123456789abcdef\",\"articles\":30539},"
        "\"total\":{\"value\":0,\"relation\":\"eq\"},\"hits\":[]}");
    expect((struct render_options){.format = RENDER_TEXT, .timeless = true}, &answer,
           "0 articles\n"
           "note: searched as \"e mail \"x\"\", \"email\"; there are more spellings\n"
           "note: searched as \"e mail \"x\"\"\n"
           "note: also written \"everyday\" in 1,974 articles, \"may be\" in 1 article; not\n"
           "searched\n");
}

static void extra_that_is_no_json_is_left_out(void **state)
{
    struct hit hit = {.id = SLICE("x"), .extra = SLICE("{\"k\":}")};
    struct answer answer = {.hits = &hit, .hit_count = 1, .total = 1};
    struct bytes out = {0};
    struct error error = {0};
    (void)state;
    render_answer(&out, &info, &answer,
                  &(struct render_options){.format = RENDER_JSON, .unmarked = true}, false);
    struct json_document *doc = json_parse(bytes_slice(&out), &error);
    assert_non_null(doc);
    const struct json_value *first = json_at(json_get(json_document_root(doc), "hits"), 0);
    assert_null(json_get(first, "extra"));
    assert_null(json_get(first, "title_highlights"));
    json_document_close(doc);
    bytes_release(&out);
}

static void rows(void **state)
{
    struct answer answer = sample();
    (void)state;
    expect((struct render_options){.format = RENDER_TSV}, &answer,
           "11\t12.345679\ta b/é.txt\tT \"x\", y\thttp://e.org/?a=1\tExample, Inc.; "
           "b\"c\t2015-10-01\t… é dooms \uFFFD day\n");
    expect((struct render_options){.format = RENDER_CSV}, &answer,
           "rank,score,id,title,url,source,date,snippet\r\n"
           "11,12.345679,a b/é.txt,\"T \"\"x\"\",\ty\",http://e.org/?a=1,\"Example, Inc.; "
           "b\"\"c\",2015-10-01,"
           "… é dooms \uFFFD day\r\n");
    expect((struct render_options){.format = RENDER_TREC}, &answer,
           "1 Q0 a%20b/é.txt 11 12.345679 verbatim\n");
    expect((struct render_options){.format = RENDER_TREC, .line = 4, .query_id = SLICE("q\t4")},
           &answer, "q%204 Q0 a%20b/é.txt 11 12.345679 verbatim\n");
}

static void csv_quotes_what_needs_it(void **state)
{
    static const char *const values[][2] = {
        {"ab", "ab"},           {"a,b", "\"a,b\""}, {"a\nb", "\"a\nb\""}, {"a\rb", "\"a\rb\""},
        {"a\"b", "\"a\"\"b\""}, {" a", "\" a\""},   {"a ", "\"a \""},     {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct hit hit = {.rank = 1, .id = slice_of_string(values[i][0])};
        struct answer answer = {.hits = &hit, .hit_count = 1, .total = 1};
        struct render_options options = {.format = RENDER_CSV};
        struct bytes out = {0};
        char expected[64];
        render_answer(&out, &info, &answer, &options, false);
        bytes_put_u8(&out, 0);
        snprintf(expected, sizeof expected, "1,0,%s,,,,,\r\n", values[i][1]);
        assert_string_equal((char *)out.data, expected);
        bytes_release(&out);
    }
}

static void text(void **state)
{
    struct answer answer = sample();
    (void)state;
    hits[0].explanation_count = 0;
    expect((struct render_options){.format = RENDER_TEXT}, &answer,
           "11–11 of 1,234 articles · 1.2 ms\n"
           "note: a quotation is not closed; closed it at the end\n"
           "\n"
           "11  «T» \"x\", y\n"
           "    2015-10-01 · Example, Inc., b\"c · a b/é.txt\n"
           "    … é «dooms» \uFFFD day\n");
    expect((struct render_options){.format = RENDER_TEXT, .pretty = true, .timeless = true},
           &answer,
           "11–11 of 1,234 articles\n"
           "note: a quotation is not closed; closed it at the end\n"
           "\n"
           "11  \033[1mT\033[0m \"x\", y\n"
           "    2015-10-01 · Example, Inc., b\"c · a b/é.txt\n"
           "    … é \033[1mdooms\033[0m \uFFFD day\n");
    hits[0].explanation_count = 1;
    answer.total = answer.hit_count = answer.repair_count = 0;
    expect((struct render_options){.format = RENDER_TEXT, .timeless = true}, &answer,
           "0 articles\narticles that hold each word: dooms 3\n");
}

static void errors(void **state)
{
    static const char *const expected[] = {
        [RENDER_TEXT] = "== 3\nerror: bad \"x\"\n",
        [RENDER_JSON] =
            "{\"line\":3,\"error\":{\"status\":\"invalid\",\"detail\":\"bad \\\"x\\\"\"}}",
        [RENDER_TSV] = "3\terror\t\t\tbad \"x\"\t\t\t\t\n",
        [RENDER_CSV] = "3,error,,,\"bad \"\"x\"\"\",,,,\r\n",
        [RENDER_TREC] = "# 3: bad \"x\"\n",
        [RENDER_COUNTS] = "3\terror\t\t\t\tbad \"x\"\t\t\t\t\n",
    };
    struct error error = {0};
    (void)state;
    error_set(&error, STATUS_INVALID, "bad \"x\"");
    for (int format = RENDER_TEXT; format <= RENDER_COUNTS; format++) {
        struct bytes out = {0};
        render_error(&out, &error,
                     &(struct render_options){.format = (enum render_format)format, .line = 3});
        bytes_put_u8(&out, 0);
        const char *got = (char *)out.data + (format == RENDER_TEXT ? 1 : 0);
        assert_string_equal(got, expected[format]);
        bytes_release(&out);
    }
}

static void article(void **state)
{
    struct range range = {2, 4};
    struct stored_article article = {
        .fields = {.id = SLICE("x"), .title = SLICE("t"), .title_derived = true},
        .body = SLICE("a\nbc"),
        .has_text = true,
        .highlights = &range,
        .highlight_count = 1,
    };
    struct bytes out = {0};
    (void)state;
    render_article(&out, &article);
    article.has_text = false;
    article.highlight_count = 0;
    bytes_put_u8(&out, '\n');
    render_article(&out, &article);
    bytes_put_u8(&out, 0);
    assert_string_equal(
        (char *)out.data,
        "{\"id\":\"x\",\"title\":\"t\",\"title_derived\":true,\"url\":null,\"source\":[],"
        "\"author\":[],\"date\":null,"
        "\"lang\":[],\"tags\":[],\"title_highlights\":[],\"body\":\"a\\nbc\",\"highlights\":[[2,4]]"
        "}\n"
        "{\"id\":\"x\",\"title\":\"t\",\"title_derived\":true,\"url\":null,\"source\":[],"
        "\"author\":[],\"date\":null,"
        "\"lang\":[],\"tags\":[],\"title_highlights\":[],\"body\":null,\"highlights\":[]}");
    bytes_release(&out);
}

static void wraps(void **state)
{
    struct bytes out = {0};
    struct wrap wrap;
    (void)state;
    wrap_begin(&wrap, &out, 2, 2, 10);
    wrap_text(&wrap, SLICE("a bc\r\n def \033[31m 0123456789 東京都東京都 x\u202E\u00AD\u200By"));
    wrap_end(&wrap);
    bytes_put_u8(&out, 0);
    assert_string_equal((char *)out.data,
                        "a bc def\n  [31m\n  01234567\n  89\n  東京都東\n  京都 xy\n");
    bytes_clear(&out);
    wrap_begin(&wrap, &out, 2, 2, 10);
    wrap_text(&wrap, SLICE("aaa bbbb ccc ddddd"));
    wrap_end(&wrap);
    bytes_put_u8(&out, 0);
    assert_string_equal((char *)out.data, "aaa bbbb\n  ccc\n  ddddd\n");
    bytes_clear(&out);
    wrap_begin(&wrap, &out, 2, 2, 10);
    wrap_text(&wrap, SLICE("aaaa bb\u00a0cc dd"));
    wrap_end(&wrap);
    bytes_put_u8(&out, 0);
    assert_string_equal((char *)out.data, "aaaa\n  bb cc dd\n");
    bytes_release(&out);
    assert_int_equal(wrap_width_of(0x301), 0);
    assert_int_equal(wrap_width_of(0xAC00), 2);
    assert_int_equal(wrap_width_of(0x439), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json),      cmocka_unit_test(json_that_says_more_or_less),
        cmocka_unit_test(spellings), cmocka_unit_test(extra_that_is_no_json_is_left_out),
        cmocka_unit_test(rows),      cmocka_unit_test(csv_quotes_what_needs_it),
        cmocka_unit_test(text),      cmocka_unit_test(errors),
        cmocka_unit_test(article),   cmocka_unit_test(wraps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
