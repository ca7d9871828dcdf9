/* JSON objects and arrays, read element by element. */
#include <stdio.h>
#include <sys/resource.h>

#include "unit/input/scene.h"
#include "unit/unit.h"

static void reads_an_object(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.json",
               "{\n  \"title\": \"T\",\n  \"body\": [\"One.\", \"Two.\"],\n  \"n\": null\n}\n");
    SCENE_FILE(scene, "b", "{\"title\": \"only line\"}");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 2);
    assert_slice(scene_article(scene, "a.json")->title, "T");
    assert_slice(scene_article(scene, "a.json")->body, "One.\n\nTwo.");
    assert_int_equal(scene_article(scene, "a.json")->extra_count, 0);
    assert_slice(scene_article(scene, "b")->title, "only line");
}

static void reads_an_array(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.json",
               " [ {\"title\": \"brackets ]}\\\"[ in it\"},\n 7, {\"body\": {}},\n{\"body\": "
               "\"x\",}, \"s\",\n"
               "{\"id\": \"last\", \"body\": \"y\"} ]\n");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 2);
    assert_slice(scene_article(scene, "a.json#1")->title, "brackets ]}\"[ in it");
    assert_slice(scene_article(scene, "last")->body, "y");
    assert_string_equal(scene->articles[1].place, "a.json:4");
    assert_int_equal(scene->skipped_count, 4);
    assert_string_equal(scene->skipped[0], "a.json:2: not a JSON object");
    assert_string_equal(scene->skipped[1], "a.json:2: neither title nor body");
    assert_non_null(strstr(scene->skipped[2], "a.json:3: not valid JSON at byte "));
    assert_string_equal(scene->skipped[3], "a.json:3: not a JSON object");
}

static void reads_values_one_behind_the_other(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.json", "{\"body\":\n\"x\"}\n{\"body\":\n\"y\"}");
    SCENE_FILE(scene, "b.json", "{\"body\":\"x\"}\n{\"body\":\"y\"}\n");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 4);
    assert_slice(scene_article(scene, "a.json#2")->body, "y");
    assert_string_equal(scene->articles[1].place, "a.json:3");
    assert_slice(scene_article(scene, "b.json#2")->body, "y");
}

static void reads_what_was_put_together_carelessly(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.jsonl",
               "\xEF\xBB\xBF{\"body\":\"x\"}\n\xEF\xBB\xBF{\"body\":\"y\"}\r\n"
               "{\"body\":[null,\"One.\",null,\"Two.\"]}\n{\"body\":[null]}\n");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 3);
    assert_slice(scene_article(scene, "a.jsonl#2")->body, "y");
    assert_slice(scene_article(scene, "a.jsonl#3")->body, "One.\n\nTwo.");
    assert_int_equal(scene->skipped_count, 1);
    assert_string_equal(scene->skipped[0], "a.jsonl:4: neither title nor body");
}

static void counts_dates_that_are_none(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(
        scene, "a.jsonl",
        "{\"body\":\"x\",\"date\":\"2015-10\"}\n{\"body\":\"x\",\"date\":\" 01/10/2015 \"}\n"
        "{\"body\":\"x\",\"date\":1443657600}\n{\"body\":\"x\"}\n{\"body\":\"x\",\"date\":\"\"}\n"
        "{\"date\":\"never\"}\n");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->totals.undated, 2);
    assert_non_null(strstr(scene->totals.first_undated.text, "a.jsonl:2: '01/10/2015'"));
    assert_int_equal(scene_article(scene, "a.jsonl#2")->extra_count, 1);
    assert_int_equal(scene_article(scene, "a.jsonl#1")->extra_count, 0);
}

static void names_where_an_array_breaks_off(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.json", "[{\"body\": \"x\"}\n{\"body\": \"y\"}]");
    SCENE_FILE(scene, "b.json", "[{\"body\": \"x\"},\n");
    SCENE_FILE(scene, "c.json", "[{\"body\": \"x\"},\n]");
    SCENE_FILE(scene, "d.json", "[{\"body\": \"x\"}]\n\n[]");
    SCENE_FILE(scene, "e.json", "[]");
    SCENE_FILE(scene, "f.json", "[{\"body\": \"x");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 4);
    assert_int_equal(scene->skipped_count, 6);
    assert_true(
        scene_skipped(scene, "a.json:2: the array is broken off here: a comma or ']' is missing"));
    assert_true(scene_skipped(scene, "b.json:2: the array has no end"));
    assert_true(scene_skipped(scene, "c.json:2: a comma before ']'"));
    assert_true(scene_skipped(scene, "d.json:3: text behind the end of the array"));
    assert_non_null(strstr(scene->skipped[4], "f.json:1: not valid JSON at byte "));
    assert_true(scene_skipped(scene, "f.json:1: the array has no end"));
}

static void refuses_what_is_too_large(void **state)
{
    struct scene *scene = *state;
    scene->options.max_article_bytes = 40;
    SCENE_FILE(
        scene, "a.json",
        "[{\"body\": \"0123456789012345678901234567890123456789\"},\n{\"body\": \"small\"}]");
    SCENE_FILE(scene, "b.jsonl",
               "{\"body\": \"x\"}\n{\"body\": "
               "\"0123456789012345678901234567890123456789\"}\n{\"body\": \"small\"}\n");
    SCENE_FILE(scene, "c.txt", "0123456789012345678901234567890123456789.");
    SCENE_FILE(scene, "d.txt", "012345678901234567890123456789012345678.");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 4);
    assert_slice(scene_article(scene, "a.json#2")->body, "small");
    assert_slice(scene_article(scene, "b.jsonl#3")->body, "small");
    assert_true(
        scene_skipped(scene, "a.json:1: an article of 52 bytes is larger than the 40 allowed"));
    assert_true(
        scene_skipped(scene, "b.jsonl:2: an article of 52 bytes is larger than the 40 allowed"));
    assert_true(
        scene_skipped(scene, "c.txt:1: an article of 41 bytes is larger than the 40 allowed"));
}

/* To the byte, in the middle of a file and at its end without a line feed. */
static void the_limit_is_exact(void **state)
{
    struct scene *scene = *state;
    scene->options.max_article_bytes = 20;
    SCENE_FILE(scene, "a.jsonl",
               "{\"body\": \"12345678\"}\n{\"body\": \"123456789\"}\n{\"body\": \"12345678\"}");
    SCENE_FILE(scene, "b.jsonl", "{\"body\": \"x\"}\n{\"body\": \"123456789\"}");
    SCENE_FILE(scene, "c.csv", "title,body\nabcdefghi,\"12345678\"\nabcdefghi,\"123456789\"\n");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 4);
    assert_int_equal(scene->skipped_count, 3);
    assert_true(
        scene_skipped(scene, "a.jsonl:2: an article of 21 bytes is larger than the 20 allowed"));
    assert_true(
        scene_skipped(scene, "b.jsonl:2: an article of 21 bytes is larger than the 20 allowed"));
}

/* Many small values take far more memory than their bytes. */
static void refuses_values_without_number(void **state)
{
    enum { SIZE = 900000 };
    static char file[SIZE];
    struct scene *scene = *state;
    size_t size = (size_t)sprintf(file, "{\"body\": \"x\", \"a\": [1");
    while (size + 10 < SIZE)
        size += (size_t)sprintf(file + size, ",1");
    size += (size_t)sprintf(file + size, "]}");
    scene_write(scene, "a.json", file, size);
    size = (size_t)sprintf(file, "{\"body\": \"x\"");
    for (int i = 0; i < 10001; i++)
        size += (size_t)sprintf(file + size, ",\"%d\":1", i);
    size += (size_t)sprintf(file + size, "}");
    scene_write(scene, "b.json", file, size);
    size = (size_t)sprintf(file, "{\"body\": \"x\", \"tags\": \"0");
    for (int i = 1; i < 10000; i++)
        size += (size_t)sprintf(file + size, ",%d", i);
    size += (size_t)sprintf(file + size, ", 5\"}"); /* which is there already */
    scene_write(scene, "c.json", file, size);
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene_only(scene)->lists[ARTICLE_TAG].count, 10000);
    assert_true(scene_skipped(scene, "a.json:1: JSON of more than 100000 values"));
    assert_true(
        scene_skipped(scene, "b.json:1: more than 10000 values of one field, or unknown fields"));
}

/* A line, an element and a cell of 200 MB each: passed over without being held. */
static void holds_nothing_of_what_is_too_large(void **state)
{
    enum { MEGABYTES = 200 };
    struct scene *scene = *state;
    char command[400];
    struct rusage before, after;
    static const struct {
        const char *name, *head, *tail;
    } files[] = {
        {"a.jsonl", "{\"body\": \"", "\"}\n{\"body\": \"small\"}\n"},
        {"b.json", "[{\"body\": \"", "\"}, {\"body\": \"small\"}]"},
        {"c.csv", "title,body\nx,\"", "\"\nsmall,small\n"},
    };
    for (size_t i = 0; i < 3; i++) {
        snprintf(command, sizeof command,
                 "(printf '%%s' '%s'; head -c %dM /dev/zero | tr '\\0' x; printf '%%s' '%s') > %s",
                 files[i].head, MEGABYTES, files[i].tail, files[i].name);
        scene_shell(scene, command);
    }
    getrusage(RUSAGE_SELF, &before);
    assert_int_equal(scene_read(scene), STATUS_OK);
    getrusage(RUSAGE_SELF, &after);
    assert_int_equal(scene->count, 3);
    assert_int_equal(scene->skipped_count, 3);
    assert_true(scene_skipped(
        scene, "a.jsonl:1: an article of 209715212 bytes is larger than the 1048576 allowed"));
    assert_true(after.ru_maxrss - before.ru_maxrss < 32 * 1024);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        TEST(reads_an_object),
        TEST(reads_an_array),
        TEST(reads_values_one_behind_the_other),
        TEST(reads_what_was_put_together_carelessly),
        TEST(counts_dates_that_are_none),
        TEST(names_where_an_array_breaks_off),
        TEST(refuses_what_is_too_large),
        TEST(the_limit_is_exact),
        TEST(refuses_values_without_number),
        TEST(holds_nothing_of_what_is_too_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
