/* The table of parameters: what is taken, what is refused, and in which words. */
#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "search/params.h"

static enum status set(struct search_params *params, const char *name, const char *value,
                       struct error *error)
{
    *error = (struct error){0};
    return search_params_set(params, slice_of_string(name), slice_of_string(value), error);
}

static void starts_with_the_defaults(void **state)
{
    struct search_params params;
    (void)state;
    search_params_init(&params);
    assert_int_equal(params.question.limit, 10);
    assert_int_equal(params.question.snippets, 1);
    assert_int_equal(params.question.offset, 0);
    assert_int_equal(params.question.sort, SORT_SCORE);
    assert_int_equal(params.question.op, OP_AUTO);
    assert_false(params.question.phrase || params.question.strict || params.question.explain);
    assert_false(params.question.uncounted || params.unmarked || params.format_given);
    assert_int_equal(params.format, RENDER_JSON);
}

static void takes_every_good_value(void **state)
{
    static const char *const good[][2] = {
        {"q", "\"doomed to failure\""},
        {"q", ""},
        {"limit", "0"},
        {"limit", "1000"},
        {"offset", "100000"},
        {"sort", "score"},
        {"sort", "date"},
        {"sort", "-date"},
        {"op", "auto"},
        {"op", "and"},
        {"op", "or"},
        {"mode", "query"},
        {"mode", "phrase"},
        {"from", "2015-10-01"},
        {"to", "2015"},
        {"from", ""},
        {"source", "bbc"},
        {"lang", "en"},
        {"strict", "1"},
        {"explain", "0"},
        {"snippets", "10"},
        {"total", "0"},
        {"total", "1"},
        {"highlight", "0"},
        {"format", "text"},
        {"format", "trec"},
        {"collapse", "0"},
        {"collapse", "1"},
        {"group", "wire/17"},
        {"variants", "0"},
        {"variants", "1"},
        {"index", "news"},
        {"ranking", "bm25"},
        {"k1", "1.25"},
        {"k1", "100"},
        {"b", "0"},
        {"b", "0.755"},
        {"title_weight", "64.0"},
        {"title_weight", "1"},
    };
    struct search_params params;
    struct error error;
    (void)state;
    search_params_init(&params);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (set(&params, good[i][0], good[i][1], &error) != STATUS_OK)
            fail_msg("%s=%s: %s", good[i][0], good[i][1], error.text);
    assert_int_equal(params.question.limit, 1000);
    assert_int_equal(params.question.offset, 100000);
    assert_int_equal(params.question.sort, SORT_NEWEST);
    assert_int_equal(params.question.op, OP_OR);
    assert_true(params.question.phrase && params.question.strict && params.unmarked &&
                params.format_given);
    assert_int_equal(params.format, RENDER_TREC);
    assert_true(slice_equal(params.question.to, SLICE("2015")));
    assert_true(slice_equal(params.source_index, SLICE("news")));
    assert_int_equal(params.question.ranking, RANKING_BM25);
    assert_int_equal(params.question.k1, 100000);
    assert_int_equal(params.question.b, 755);
    assert_int_equal(params.question.title_weight, 1000);
    set(&params, "sort", "date", &error);
    assert_int_equal(params.question.sort, SORT_OLDEST);
    set(&params, "mode", "query", &error);
    assert_false(params.question.phrase);
}

static void refuses_every_bad_value_by_name(void **state)
{
    static const char *const bad[][2] = {
        {"limit", "1001"},
        {"limit", "-1"},
        {"limit", ""},
        {"limit", "1e3"},
        {"limit", " 5"},
        {"limit", "99999999999999999999"},
        {"offset", "1000000000"},
        {"sort", ""},
        {"facets", "source,"},
        {"facets", "source,title"},
        {"facets", ","},
        {"by", ""},
        {"by", "week"},
        {"kwic", "2"},
        {"kwic", ""},
        {"sort", "dat"},
        {"sort", "date,"},
        {"sort", "score, date"},
        {"op", "AND"},
        {"mode", "words"},
        {"from", "yesterday"},
        {"to", "2015-02-30"},
        {"strict", "2"},
        {"strict", "yes"},
        {"explain", ""},
        {"snippets", "11"},
        {"highlight", "x"},
        {"format", "xml"},
        {"format", ""},
        {"collapse", "2"},
        {"variants", "2"},
        {"total", "2"},
        {"total", "no"},
        {"ranking", "BM25"},
        {"ranking", ""},
        {"k1", "100.001"},
        {"k1", "-1"},
        {"k1", "1.2345"},
        {"k1", "1."},
        {"k1", ".5"},
        {"k1", ""},
        {"b", "1.001"},
        {"b", "1e0"},
        {"title_weight", "0.9"},
        {"title_weight", "65"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct search_params params, before;
        struct error error;
        char named[100], valued[100];
        memset(&params, 0, sizeof params);
        search_params_init(&params);
        before = params;
        if (set(&params, bad[i][0], bad[i][1], &error) != STATUS_INVALID)
            fail_msg("%s=%s is taken", bad[i][0], bad[i][1]);
        snprintf(named, sizeof named, "parameter '%s': allowed is ", bad[i][0]);
        snprintf(valued, sizeof valued, "bad value '%s'", bad[i][1]);
        if (!strstr(error.text, named) || !strstr(error.text, valued))
            fail_msg("%s=%s: %s", bad[i][0], bad[i][1], error.text);
        assert_memory_equal(&before, &params, sizeof params);
    }
}

static void tells_what_is_allowed(void **state)
{
    struct search_params params;
    struct error error;
    (void)state;
    search_params_init(&params);
    set(&params, "limit", "many", &error);
    assert_string_equal(
        error.text,
        "bad value 'many' for parameter 'limit': allowed is a whole number from 0 to 1000");
    set(&params, "collapse", "yes", &error);
    assert_non_null(strstr(error.text, "allowed is 0 or 1"));
    assert_int_equal(set(&params, "page", "2", &error), STATUS_INVALID);
    assert_string_equal(error.text, "unknown parameter 'page'");
    assert_null(search_param_allowed(SLICE("page")));
    assert_string_equal(search_param_allowed(SLICE("op")), "auto, and, or");
}

static void looks_at_several_together(void **state)
{
    struct search_params params;
    struct error error;
    (void)state;
    search_params_init(&params);
    set(&params, "offset", "99990", &error);
    assert_int_equal(search_params_check(&params, &error), STATUS_OK);
    set(&params, "limit", "11", &error);
    assert_int_equal(search_params_check(&params, &error), STATUS_INVALID);
    assert_non_null(strstr(error.text, "100000"));
    set(&params, "limit", "10", &error);
    set(&params, "from", "2015-10", &error);
    set(&params, "to", "2015-10-01", &error);
    assert_int_equal(search_params_check(&params, &error), STATUS_OK);
    set(&params, "to", "2015-09", &error);
    assert_int_equal(search_params_check(&params, &error), STATUS_INVALID);
    assert_string_equal(error.text, "'from' is after 'to': '2015-10' and '2015-09'");
}

static void different_questions_are_written_differently(void **state)
{
    static const char *const changes[][2] = {
        {"q", "b"},         {"limit", "11"},       {"offset", "1"},     {"sort", "date"},
        {"facets", "year"}, {"facets", "tag"},     {"by", "month"},     {"by", "auto"},
        {"kwic", "1"},      {"op", "or"},          {"mode", "phrase"},  {"from", "2015"},
        {"to", "2015"},     {"source", "b"},       {"lang", "b"},       {"strict", "1"},
        {"explain", "1"},   {"snippets", "2"},     {"highlight", "0"},  {"format", "csv"},
        {"index", "b"},     {"total", "0"},        {"ranking", "bm25"}, {"k1", "1.2"},
        {"b", "0.6"},       {"title_weight", "3"},
    };
    enum { CHANGES = sizeof changes / sizeof *changes };
    struct bytes written[CHANGES + 1] = {0};
    struct error error;
    (void)state;
    for (size_t i = 0; i <= CHANGES; i++) {
        struct search_params params;
        search_params_init(&params);
        if (i < CHANGES)
            assert_int_equal(set(&params, changes[i][0], changes[i][1], &error), STATUS_OK);
        search_params_write(&params, &written[i]);
        for (size_t k = 0; k < i; k++)
            assert_false(slice_equal(bytes_slice(&written[i]), bytes_slice(&written[k])));
    }
    for (size_t i = 0; i <= CHANGES; i++)
        bytes_release(&written[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_with_the_defaults),
        cmocka_unit_test(takes_every_good_value),
        cmocka_unit_test(refuses_every_bad_value_by_name),
        cmocka_unit_test(tells_what_is_allowed),
        cmocka_unit_test(looks_at_several_together),
        cmocka_unit_test(different_questions_are_written_differently),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
