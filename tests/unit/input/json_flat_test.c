/* What the short way reads is what the parser reads; all else it leaves to the parser. */
#include "input/json_flat.h"

#include "base/json_read.h"
#include "random.h"
#include "unit/input/scene.h"
#include "unit/unit.h"

static struct arena arena;

static bool reads(const char *text, struct json_flat *flat)
{
    arena_release(&arena);
    return json_flat_read(slice_of_string(text), &arena, flat);
}

static void reads_strings(void **state)
{
    (void)state;
    struct json_flat flat;
    assert_true(reads(" {\"id\" : \"7\",\n\"text\":\"caf\xC3\xA9, ten or more\"\t} ", &flat));
    assert_int_equal(flat.count, 2);
    assert_slice(flat.names[0], "id");
    assert_slice(flat.texts[0], "7");
    assert_slice(flat.names[1], "text");
    assert_slice(flat.texts[1], "caf\xC3\xA9, ten or more");
    assert_true(reads("{\"a\":\"\\\"x\\\\ \\/\\b\\f\\n\\r\\t\\u00e9\\u20AC\\u007f\"}", &flat));
    assert_slice(flat.texts[0], "\"x\\ /\b\f\n\r\t\xC3\xA9\xE2\x82\xAC\x7F");
    assert_true(reads("{\"\":\"\"}", &flat));
    assert_int_equal(flat.count, 1);
    assert_slice(flat.texts[0], "");
}

static void leaves_all_else(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "{",
        "{}",
        "[\"a\"]",
        "\"a\"",
        "{\"a\":1}",
        "{\"a\":null}",
        "{\"a\":[\"b\"]}",
        "{\"a\":\"b\",}",
        "{\"a\":\"b\"}x",
        "{\"a\":\"b\"",
        "{\"a\":\"b",
        "{\"a\" \"b\"}",
        "{a:\"b\"}",
        "{\"a\":\"b\" \"c\":\"d\"}",
        "{\"a\":\"1\",\"a\":\"2\"}",
        "{\"a\":\"no escape \\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\u0000\"}",
        "{\"a\":\"\\uD83D\\uDE00\"}",
        "{\"a\":\"\\",
        "{\"a\":\"\\\"}",
        "{\"a\\u0041\":\"b\"}",
        "{\"a\":\"a tab \t in it\"}",
        "{\"a\":\"\x1F\"}",
        "{\v\"a\":\"b\"}",
    };
    struct json_flat flat;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (reads(texts[i], &flat))
            fail_msg("read '%s'", texts[i]);
    assert_false(json_flat_read(slice_of("{\"a\":\"b\0\"}", 10), &arena, &flat));
}

static void leaves_many_members(void **state)
{
    (void)state;
    struct bytes text = {0};
    struct json_flat flat;
    for (int i = 0; i < JSON_FLAT_MOST + 1; i++) {
        bytes_clear(&text);
        for (int j = 0; j <= i; j++)
            bytes_format(&text, "%c\"%d\":\"v\"", j ? ',' : '{', j);
        bytes_append_string(&text, "}");
        assert_int_equal(json_flat_read(bytes_slice(&text), &arena, &flat), i < JSON_FLAT_MOST);
    }
    bytes_release(&text);
}

static void same_member(void *context, struct slice name, const struct json_value *value)
{
    struct json_flat *rest = context;
    struct slice text = json_as_string(value);
    size_t at = rest->count++;
    assert_true(slice_equal(rest->names[at], name));
    assert_int_equal(json_kind_of(value), JSON_STRING);
    assert_true(slice_equal(rest->texts[at], text));
}

/* Texts of the characters that matter, many of them nearly good. */
static void as_the_parser(void **state)
{
    (void)state;
    static const char good[] =
        "{\"ab\":\"c, {d}: \",\"e\":\"[123\\u0041\\n78]\", \"\" : \"\xC3\xA9\"}";
    static const char others[] = "{}[]:,\"\\ \t\nabeu0\x1F";
    uint64_t random = 11;
    struct error error = {0};
    int read = 0;
    for (int round = 0; round < 200000; round++) {
        char text[sizeof good];
        memcpy(text, good, sizeof text);
        for (uint64_t changes = random_below(&random, 4); changes; changes--)
            text[random_below(&random, sizeof text - 6)] =
                others[random_below(&random, sizeof others - 1)];
        struct json_flat flat;
        if (!reads(text, &flat))
            continue;
        struct json_document *document = json_parse(slice_of_string(text), &error);
        assert_non_null(document);
        size_t count = flat.count;
        flat.count = 0;
        json_each(json_document_root(document), same_member, &flat);
        assert_int_equal(flat.count, count);
        json_document_close(document);
        read++;
    }
    assert_in_range(read, 50000, 190000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_strings),
        cmocka_unit_test(leaves_all_else),
        cmocka_unit_test(leaves_many_members),
        cmocka_unit_test(as_the_parser),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
