#include "base/json_read.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "random.h"
#include "unit/unit.h"

static struct json_document *parse(const char *text)
{
    struct error error = {0};
    struct json_document *doc = json_parse(slice_of_string(text), &error);
    if (!doc)
        fail_msg("%s: %s", text, error.text);
    return doc;
}

static void expect_refused(struct slice text, size_t at, const char *words)
{
    struct error error = {0};
    char place[64];
    assert_null(json_parse(text, &error));
    snprintf(place, sizeof place, "not valid JSON at byte %zu: ", at);
    if (error.status != STATUS_INVALID || !strstr(error.text, place) || !strstr(error.text, words))
        fail_msg("'%.*s' gives '%s', not '%s%s'", (int)text.size, text.data, error.text, place,
                 words);
}

static void reads_every_kind(void **state)
{
    struct json_document *doc =
        parse(" {\"s\":\"a\\u00e9\\ud83d\\ude00\\u0000b\",\"n\":-1.5e1,\"t\":true,"
              "\"f\":false,\"z\":null,\"a\":[1,[2],{}],\"o\":{}}\r\n\t ");
    const struct json_value *root = json_document_root(doc);
    (void)state;
    assert_int_equal(json_kind_of(root), JSON_OBJECT);
    assert_int_equal(json_size(root), 7);
    assert_true(slice_equal(json_as_string(json_get(root, "s")), SLICE("aé😀\0b")));
    assert_true(slice_equal(json_number_text(json_get(root, "n")), SLICE("-1.5e1")));
    assert_true(json_as_bool(json_get(root, "t")));
    assert_false(json_as_bool(json_get(root, "f")));
    assert_int_equal(json_kind_of(json_get(root, "f")), JSON_BOOL);
    assert_int_equal(json_kind_of(json_get(root, "z")), JSON_NULL);
    assert_null(json_get(root, "absent"));
    const struct json_value *a = json_get(root, "a");
    assert_int_equal(json_kind_of(a), JSON_ARRAY);
    assert_int_equal(json_size(a), 3);
    assert_int_equal(json_size(json_at(a, 1)), 1);
    assert_null(json_at(a, 3));
    json_document_close(doc);
    json_document_close(NULL);
}

static void other_kinds_give_nothing(void **state)
{
    static const char *const texts[] = {"null", "true", "1", "\"1\"", "[1]", "{\"1\":1}"};
    int64_t whole;
    (void)state;
    for (size_t i = 0; i < 6; i++) {
        struct json_document *doc = parse(texts[i]);
        const struct json_value *v = json_document_root(doc);
        assert_int_equal(json_kind_of(v), i);
        assert_int_equal(json_as_bool(v), i == JSON_BOOL);
        assert_int_equal(json_as_string(v).size, i == JSON_STRING);
        assert_int_equal(json_number_text(v).size, i == JSON_NUMBER);
        assert_int_equal(json_as_int(v, &whole), i == JSON_NUMBER);
        assert_int_equal(json_size(v), i >= JSON_ARRAY);
        assert_int_equal(json_at(v, 0) != NULL, i == JSON_ARRAY);
        assert_int_equal(json_get(v, "1") != NULL, i == JSON_OBJECT);
        json_document_close(doc);
    }
}

static void expect_int(const char *text, bool whole, int64_t expected)
{
    int64_t got = 0;
    struct json_document *doc = parse(text);
    if (json_as_int(json_document_root(doc), &got) != whole || (whole && got != expected))
        fail_msg("%s is read as %lld", text, (long long)got);
    json_document_close(doc);
}

static void whole_numbers_are_exact(void **state)
{
    (void)state;
    expect_int("0", true, 0);
    expect_int("-0", true, 0);
    expect_int("9007199254740993", true, 9007199254740993);
    expect_int("9223372036854775807", true, INT64_MAX);
    expect_int("-9223372036854775808", true, INT64_MIN);
    expect_int("9223372036854775808", false, 0);
    expect_int("18446744073709551615", false, 0);
    expect_int("18446744073709551616", false, 0);
    expect_int("-9223372036854775809", false, 0);
    expect_int("-99999999999999999999999", false, 0);
    expect_int("1e3", true, 1000);
    expect_int("1.0", true, 1);
    expect_int("-12.50e1", true, -125);
    expect_int("1.5", false, 0);
    expect_int("9007199254740992.0", true, 9007199254740992);
    expect_int("1e19", false, 0);
    expect_int("1e400", false, 0);
}

/* What json-c takes although it is no JSON, and places of errors. */
static void what_is_no_json_is_refused(void **state)
{
    static const struct {
        struct slice text;
        size_t at;
        const char *words;
    } cases[] = {
        {SLICE(""), 0, "unexpected end of data"},
        {SLICE(" \n"), 2, "unexpected end of data"},
        {SLICE("[1"), 2, "unexpected end of data"},
        {SLICE("{\"a\":"), 5, "unexpected end of data"},
        {SLICE("\"abc"), 4, "unexpected end of data"},
        {SLICE("\"abc\\"), 5, "unexpected end of data"},
        {SLICE("\"abc\\\""), 6, "unexpected end of data"},
        {SLICE("[NaN]"), 1, "unexpected character"},
        {SLICE("[Infinity]"), 1, "unexpected character"},
        {SLICE("[-Infinity]"), 1, "not a number"},
        {SLICE("['a']"), 1, "unexpected character"},
        {SLICE("{'a':1}"), 1, "unexpected character"},
        {SLICE("[True]"), 1, "unexpected character"},
        {SLICE("[nul]"), 1, "unexpected character"},
        {SLICE("[nullx]"), 5, "unexpected character"},
        {SLICE("[truefalse]"), 5, ""},
        {SLICE("/**/1"), 0, "unexpected character"},
        {SLICE("[1]//"), 3, "unexpected character"},
        {SLICE("[+1]"), 1, "unexpected character"},
        {SLICE("[.5]"), 1, "unexpected character"},
        {SLICE("[5.]"), 1, "not a number"},
        {SLICE("[01]"), 1, "not a number"},
        {SLICE("[-01]"), 1, "not a number"},
        {SLICE("[-]"), 1, "not a number"},
        {SLICE("[1e]"), 1, "not a number"},
        {SLICE("[1e+]"), 1, "not a number"},
        {SLICE("[1.e1]"), 1, "not a number"},
        {SLICE("[0x10]"), 2, "unexpected character"},
        {SLICE("[1-2]"), 2, ""},
        {SLICE("\"a\nb\""), 2, "control character"},
        {SLICE("\"a\tb\""), 2, "control character"},
        {SLICE("\"a\0b\""), 2, "control character"},
        {SLICE("{\"\x1F\":1}"), 2, "control character"},
        {SLICE("\"\\\n\""), 2, ""},
        {SLICE("\"\\x41\""), 2, ""},
        {SLICE("\"\\u12G4\""), 5, ""},
        {SLICE("\"\\u12\""), 5, ""},
        {SLICE("\"\xFF\""), 1, "invalid UTF-8"},
        {SLICE("\"\xED\xA0\x80\""), 1, "invalid UTF-8"},
        {SLICE("\"\xC0\x80\""), 1, "invalid UTF-8"},
        {SLICE("\"\xF4\x90\x80\x80\""), 1, "invalid UTF-8"},
        {SLICE("{\"\xE2\x82\":1}"), 2, "invalid UTF-8"},
        {SLICE("\xEF\xBB\xBF[]"), 0, "unexpected character"},
        {SLICE("[1]\0"), 3, "unexpected character"},
        {SLICE("[1\0]"), 2, "unexpected character"},
        {SLICE("[1] 2"), 4, "unexpected character"},
        {SLICE("1 2"), 2, "unexpected character"},
        {SLICE("[1]]"), 3, "unexpected character"},
        {SLICE("[1,]"), 3, ""},
        {SLICE("[,1]"), 1, ""},
        {SLICE("[1 2]"), 3, ""},
        {SLICE("{\"a\":1,}"), 7, ""},
        {SLICE("{\"a\" 1}"), 5, ""},
        {SLICE("{\"a\":}"), 5, ""},
        {SLICE("{1:1}"), 1, ""},
        {SLICE("{a:1}"), 1, "unexpected character"},
        {SLICE("[\f1]"), 1, "unexpected character"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_refused(cases[i].text, cases[i].at, cases[i].words);
}

/* No reader may look behind the end: the copy ends where the text ends, so that ASan sees it. */
static void no_prefix_of_a_text_is_read_past(void **state)
{
    static const char text[] =
        "{\"a\\u0000b\":[1.5e-3,\"\\ud83d\\ude00é\",true,null,12345678901234567890123]}";
    (void)state;
    for (size_t size = 0; size < sizeof text - 1; size++) {
        struct error error = {0};
        char *copy = malloc(size ? size : 1);
        memcpy(copy, text, size);
        assert_null(json_parse(slice_of(copy, size), &error));
        assert_int_equal(error.status, STATUS_INVALID);
        free(copy);
    }
    json_document_close(parse(text));
}

static void depth_ends_at_the_limit(void **state)
{
    char text[200];
    (void)state;
    for (int depth = 1; depth <= 40; depth++) {
        struct error error = {0};
        memset(text, '[', (size_t)depth);
        memset(text + depth, ']', (size_t)depth);
        struct json_document *doc = json_parse(slice_of(text, 2 * (size_t)depth), &error);
        assert_int_equal(doc != NULL, depth <= JSON_MAX_DEPTH);
        assert_int_equal(error.status, depth <= JSON_MAX_DEPTH ? STATUS_OK : STATUS_LIMIT);
        json_document_close(doc);
    }
}

static void note_member(void *context, struct slice key, const struct json_value *value)
{
    bytes_append_slice(context, key);
    bytes_put_u8(context, '=');
    bytes_append_slice(context, json_number_text(value));
    bytes_put_u8(context, ' ');
}

static void expect_members(const char *text, const char *expected)
{
    struct bytes members = {0};
    struct json_document *doc = parse(text);
    json_each(json_document_root(doc), note_member, &members);
    bytes_put_u8(&members, 0);
    assert_string_equal((char *)members.data, expected);
    json_document_close(doc);
    bytes_release(&members);
}

static void members_come_as_they_were_written(void **state)
{
    (void)state;
    expect_members("{\"z\":1,\"a\":2,\"m\":3e1}", "z=1 a=2 m=3e1 ");
    expect_members("{}", "");
    expect_members("[1]", "");
    expect_members("{\"a\":1,\"b\":2,\"a\":3}", "a=3 b=2 ");
}

/* json-c ends a key at a zero, so that "id\u0000x" would be taken for "id". */
static void a_zero_in_a_key_does_not_end_it(void **state)
{
    (void)state;
    expect_members("{\"id\\u0000x\":1}", "id\uFFFDx=1 ");
    expect_members("{\"\\u0000\" \n:1,\"id\":2}", "\uFFFD=1 id=2 ");
    expect_members("{\"a\\\\u0000\":1}", "a\\u0000=1 ");
    expect_members("{\"a\\\\\\u0000\\u0000\":1,\"b\":123456789012345678901}",
                   "a\\\uFFFD\uFFFD=1 b=123456789012345678901 ");
    struct json_document *doc = parse("[\"\\u0000\",{\"k\\u0000\":\"\\u0000:\"}]");
    const struct json_value *root = json_document_root(doc);
    assert_true(slice_equal(json_as_string(json_at(root, 0)), SLICE("\0")));
    assert_true(slice_equal(json_as_string(json_get(json_at(root, 1), "k\uFFFD")), SLICE("\0:")));
    json_document_close(doc);
}

static void expect_written(const char *text, const char *expected)
{
    struct bytes out = {0};
    struct json_document *doc = parse(text);
    json_write_value(&out, json_document_root(doc));
    bytes_put_u8(&out, 0);
    assert_string_equal((char *)out.data, expected);
    json_document_close(doc);
    bytes_release(&out);
}

static void values_are_written_compactly(void **state)
{
    (void)state;
    expect_written(" [ 1 , -2.50 , \"a\\u00e9\\n\" , true , false , null , { } , [ ] ] ",
                   "[1,-2.50,\"aé\\n\",true,false,null,{},[]]");
    expect_written("{\"b\":{\"x\":[1,2]},\"a\":1e5}", "{\"b\":{\"x\":[1,2]},\"a\":1e5}");
    expect_written("18446744073709551615", "18446744073709551615");
    expect_written("[-123456789012345678901234567890,5e0,1.5e0]",
                   "[-123456789012345678901234567890,5e0,1.5e0]");
    expect_written("null", "null");
    expect_written("\"\\ud800\"", "\"\uFFFD\"");
}

static void no_memory_is_said(void **state)
{
    (void)state;
    for (size_t n = 1; n <= 2; n++) {
        struct error error = {0};
        memory_fail_at(n, 0);
        assert_null(json_parse(SLICE("[123456789012345678901]"), &error));
        assert_int_equal(error.status, STATUS_NO_MEMORY);
    }
    memory_fail_at(0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_kind),
        cmocka_unit_test(other_kinds_give_nothing),
        cmocka_unit_test(whole_numbers_are_exact),
        cmocka_unit_test(what_is_no_json_is_refused),
        cmocka_unit_test(no_prefix_of_a_text_is_read_past),
        cmocka_unit_test(depth_ends_at_the_limit),
        cmocka_unit_test(members_come_as_they_were_written),
        cmocka_unit_test(a_zero_in_a_key_does_not_end_it),
        cmocka_unit_test(values_are_written_compactly),
        cmocka_unit_test(no_memory_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
