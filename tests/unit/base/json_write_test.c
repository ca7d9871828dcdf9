#include "base/json_write.h"

#include <math.h>
#include <stdio.h>

#include "base/json_read.h"
#include "base/memory.h"
#include "random.h"
#include "unit/unit.h"

static void expect(struct bytes *out, const char *expected)
{
    bytes_put_u8(out, 0);
    assert_int_equal(out->status, STATUS_OK);
    assert_string_equal((char *)out->data, expected);
    bytes_release(out);
}

static void commas_come_by_themselves(void **state)
{
    struct bytes out = {0};
    struct json_writer w = {.out = &out};
    (void)state;
    json_begin_object(&w);
    json_key(&w, "a");
    json_begin_array(&w);
    json_uint(&w, UINT64_MAX);
    json_raw(&w, SLICE("-1.50"));
    json_begin_array(&w);
    json_end_array(&w);
    json_begin_object(&w);
    json_end_object(&w);
    json_null(&w);
    json_end_array(&w);
    json_key_slice(&w, SLICE("b\"\0c"));
    json_bool(&w, true);
    json_key(&w, "d");
    json_string(&w, SLICE("x"));
    json_end_object(&w);
    expect(&out, "{\"a\":[18446744073709551615,-1.50,[],{},null],\"b\\\"\\u0000c\":true,"
                 "\"d\":\"x\"}");
}

static void a_member_is_its_key_and_its_value(void **state)
{
    const struct slice words[] = {SLICE("x"), SLICE("\"")};
    struct bytes out = {0};
    struct json_writer w = {.out = &out};
    (void)state;
    json_begin_object(&w);
    json_member_string(&w, "string", SLICE("\n"));
    json_member_strings(&w, "strings", words, 2);
    json_member_strings(&w, "none", NULL, 0);
    json_member_object(&w, "object");
    json_member_uint(&w, "uint", 7);
    json_member_number(&w, "number", 0.126, 2);
    json_end_object(&w);
    json_member_array(&w, "array");
    json_null(&w);
    json_end_array(&w);
    json_member_bool(&w, "bool", false);
    json_end_object(&w);
    expect(&out, "{\"string\":\"\\n\",\"strings\":[\"x\",\"\\\"\"],\"none\":[],"
                 "\"object\":{\"uint\":7,\"number\":0.13},\"array\":[null],\"bool\":false}");
}

static void expect_quoted(struct slice given, const char *expected)
{
    struct bytes out = {0};
    json_string(&(struct json_writer){.out = &out}, given);
    expect(&out, expected);
}

static void strings_are_escaped(void **state)
{
    (void)state;
    expect_quoted((struct slice){0}, "\"\"");
    expect_quoted(SLICE("\b\t\n\f\r\x01\x1F\x7F\"\\/"),
                  "\"\\b\\t\\n\\f\\r\\u0001\\u001f\\u007f\\\"\\\\/\"");
    expect_quoted(SLICE("é€😀"), "\"é€😀\"");
    expect_quoted(SLICE("\u2027\u2028\u2029\u202A"), "\"\u2027\\u2028\\u2029\u202A\"");
    expect_quoted(SLICE("</script>"), "\"</script>\"");
}

/* Each byte that is no character becomes one U+FFFD. The table is Unicode's 3-7, its borders on
 * both sides. */
static void what_is_no_character_is_replaced(void **state)
{
    (void)state;
    expect_quoted(SLICE("a\xFF"
                        "b\xC3"),
                  "\"a\uFFFDb\uFFFD\"");
    expect_quoted(SLICE("\xC1\xBF"), "\"\uFFFD\uFFFD\"");
    expect_quoted(SLICE("\xC2\x80"), "\"\xC2\x80\"");
    expect_quoted(SLICE("\xE0\x9F\xBF"), "\"\uFFFD\uFFFD\uFFFD\"");
    expect_quoted(SLICE("\xE0\xA0\x80"), "\"\u0800\"");
    expect_quoted(SLICE("\xED\x9F\xBF"), "\"\xED\x9F\xBF\"");
    expect_quoted(SLICE("\xED\xA0\x80"), "\"\uFFFD\uFFFD\uFFFD\"");
    expect_quoted(SLICE("\xF0\x8F\xBF\xBF"), "\"\uFFFD\uFFFD\uFFFD\uFFFD\"");
    expect_quoted(SLICE("\xF0\x90\x80\x80"), "\"\U00010000\"");
    expect_quoted(SLICE("\xF4\x8F\xBF\xBF"), "\"\U0010FFFF\"");
    expect_quoted(SLICE("\xF4\x90\x80\x80"), "\"\uFFFD\uFFFD\uFFFD\uFFFD\"");
    expect_quoted(SLICE("\xF5\x80\x80\x80"), "\"\uFFFD\uFFFD\uFFFD\uFFFD\"");
    expect_quoted(SLICE("\xE2\x82"), "\"\uFFFD\uFFFD\"");
    expect_quoted(SLICE("\xE2\x82q\x80"), "\"\uFFFD\uFFFDq\uFFFD\"");
}

static void expect_number(double value, int digits, const char *expected)
{
    struct bytes out = {0};
    json_number(&(struct json_writer){.out = &out}, value, digits);
    expect(&out, expected);
}

/* Those that are written without printf, and their neighbours that are not. */
static void scores_are_written_as_printf_does(void **state)
{
    (void)state;
    uint64_t random = 11;
    char expected[400];
    for (int i = 0; i < 200000; i++) {
        uint64_t parts = random_below(&random, (uint64_t)1 << (1 + i % 44));
        double value = (double)parts / 1048576 + (i % 7 == 0 ? 1e-9 : 0);
        int n = snprintf(expected, sizeof expected, "%.6f", value);
        while (expected[n - 1] == '0')
            n--;
        expected[expected[n - 1] == '.' ? n - 1 : n] = '\0';
        expect_number(value, 6, expected);
    }
    expect_number(0.5 / 1048576 * 2, 6, "0.000001");
    expect_number(4194303.5, 6, "4194303.5");
    expect_number(4194304, 6, "4194304");
}

/* Every place in a string of every length, whatever stands there. */
static void strings_are_escaped_wherever(void **state)
{
    (void)state;
    static const char *const odd[][2] = {
        {"\"", "\\\""},           {"\\", "\\\\"},      {"\n", "\\n"},
        {"\x7F", "\\u007f"},      {"\x1F", "\\u001f"}, {"é", "é"},
        {"\xFF", "\xEF\xBF\xBD"}, {"~ !#[]", "~ !#[]"}};
    for (size_t kind = 0; kind < sizeof odd / sizeof *odd; kind++)
        for (int before = 0; before < 20; before++)
            for (int behind = 0; behind < 20; behind++) {
                char text[64], expected[80];
                struct bytes out = {0};
                snprintf(text, sizeof text, "%.*s%s%.*s", before, "abcdefghijklmnopqrst",
                         odd[kind][0], behind, "ABCDEFGHIJKLMNOPQRST");
                snprintf(expected, sizeof expected, "\"%.*s%s%.*s\"", before,
                         "abcdefghijklmnopqrst", odd[kind][1], behind, "ABCDEFGHIJKLMNOPQRST");
                json_string(&(struct json_writer){.out = &out}, slice_of_string(text));
                assert_true(slice_equal(bytes_slice(&out), slice_of_string(expected)));
                bytes_release(&out);
            }
}

static void numbers_have_no_needless_digits(void **state)
{
    (void)state;
    expect_number(0, 3, "0");
    expect_number(-0.0, 3, "0");
    expect_number(-0.0001, 3, "0");
    expect_number(1.5, 3, "1.5");
    expect_number(-1.2345, 2, "-1.23");
    expect_number(100, 2, "100");
    expect_number(100, 0, "100");
    expect_number(0.1, 17, "0.10000000000000001");
    expect_number(0.999, 2, "1");
    expect_number(NAN, 2, "null");
    expect_number(INFINITY, 2, "null");
    expect_number(-INFINITY, 2, "null");
    expect_number(1e22, 99, "10000000000000000000000");
    expect_number(2, -1, "2");
}

static struct slice random_string(char *buffer, size_t most, uint64_t *random)
{
    static const struct slice pieces[] = {
        SLICE("a"),      SLICE("é"),       SLICE("€"),  SLICE("😀"),    SLICE("\""),
        SLICE("\\"),     SLICE("\n"),      SLICE("\0"), SLICE("\x7F"), SLICE("\u2028"),
        SLICE("\u2029"), SLICE("\\u0000"), SLICE("/"),  SLICE("\x1B"), SLICE("plain text "),
    };
    size_t size = 0, count = random_below(random, 40);
    for (size_t i = 0; i < count && size < most - 16; i++) {
        struct slice piece = pieces[random_below(random, sizeof pieces / sizeof *pieces)];
        memcpy(buffer + size, piece.data, piece.size);
        size += piece.size;
    }
    return slice_of(buffer, size);
}

static void the_reader_gives_back_what_was_written(void **state)
{
    uint64_t random = 10;
    (void)state;
    for (int round = 0; round < 3000; round++) {
        char buffer[1024];
        struct bytes out = {0};
        struct error error = {0};
        struct slice value = random_string(buffer, sizeof buffer, &random);
        json_string(&(struct json_writer){.out = &out}, value);
        struct json_document *doc = json_parse(bytes_slice(&out), &error);
        assert_string_equal(error.text, "");
        assert_true(slice_equal(json_as_string(json_document_root(doc)), value));
        json_document_close(doc);
        bytes_release(&out);
    }
}

/* Whatever the bytes, what is written can be read. */
static void random_bytes_give_valid_json(void **state)
{
    uint64_t random = 11;
    (void)state;
    for (int round = 0; round < 3000; round++) {
        char buffer[200];
        struct bytes out = {0};
        struct error error = {0};
        size_t size = random_below(&random, sizeof buffer);
        for (size_t i = 0; i < size; i++)
            buffer[i] = (char)(random_below(&random, 2) ? random_next(&random)
                                                        : 0xE0 + random_below(&random, 32));
        json_string(&(struct json_writer){.out = &out}, slice_of(buffer, size));
        struct json_document *doc = json_parse(bytes_slice(&out), &error);
        assert_string_equal(error.text, "");
        json_document_close(doc);
        bytes_release(&out);
    }
}

static void failure_is_that_of_the_bytes(void **state)
{
    struct bytes out = {0};
    (void)state;
    memory_fail_at(1, 1);
    json_string(&(struct json_writer){.out = &out}, SLICE("x\n"));
    memory_fail_at(0, 0);
    assert_int_equal(out.status, STATUS_NO_MEMORY);
    bytes_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_come_by_themselves),
        cmocka_unit_test(a_member_is_its_key_and_its_value),
        cmocka_unit_test(strings_are_escaped),
        cmocka_unit_test(what_is_no_character_is_replaced),
        cmocka_unit_test(scores_are_written_as_printf_does),
        cmocka_unit_test(strings_are_escaped_wherever),
        cmocka_unit_test(numbers_have_no_needless_digits),
        cmocka_unit_test(the_reader_gives_back_what_was_written),
        cmocka_unit_test(random_bytes_give_valid_json),
        cmocka_unit_test(failure_is_that_of_the_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
