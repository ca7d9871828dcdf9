/* CSV and TSV: RFC 4180 and what people write instead. */
#include <stdio.h>

#include "unit/input/scene.h"
#include "unit/unit.h"

static void reads_quoted_cells(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.csv",
               "id,Title,body\r\n"
               "x,\"One, two\",\"He said \"\"no\"\".\nNext line.\"\r\n"
               "\r\n"
               ",plain,\"\"\r\n"
               "y,\"\",last");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 3);
    assert_slice(scene_article(scene, "x")->title, "One, two");
    assert_slice(scene_article(scene, "x")->body, "He said \"no\".\nNext line.");
    assert_slice(scene_article(scene, "a.csv#2")->title, "plain");
    assert_slice(scene_article(scene, "y")->body, "last");
    assert_string_equal(scene->articles[0].place, "a.csv:2");
    assert_string_equal(scene->articles[1].place, "a.csv:5");
    assert_string_equal(scene->articles[2].place, "a.csv:6");
}

static void finds_the_delimiter(void **state)
{
    static const char *const files[] = {
        "title;body\nA, B;C\n",
        "title\tbody\nA, B\tC\n",
        "title|body\nA, B|C\n",
        "\"title\",\"body\"\n\"A, B\",C\n",
    };
    struct scene *scene = *state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        scene_write(scene, i == 1 ? "a.dat" : "a.csv", files[i], strlen(files[i]));
        assert_int_equal(scene_read(scene), STATUS_OK);
        const struct article *a = scene_article(scene, i == 1 ? "a.dat#1" : "a.csv#1");
        assert_slice(a->title, "A, B");
        assert_slice(a->body, "C");
    }
}

static void what_goes_on_behind_a_quote_is_text(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.tsv",
               "title\tbody\n"
               "\"Ahoy\" he said\t\"Quite\" so, \"yes\".\n"
               "5\" pipe\t\"a\tb\"\n");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 2);
    assert_slice(scene_article(scene, "a.tsv#1")->title, "\"Ahoy\" he said");
    assert_slice(scene_article(scene, "a.tsv#1")->body, "\"Quite\" so, \"yes\".");
    assert_slice(scene_article(scene, "a.tsv#2")->title, "5\" pipe");
    assert_slice(scene_article(scene, "a.tsv#2")->body, "a\tb");
}

static void names_the_line_of_bad_rows(void **state)
{
    struct scene *scene = *state;
    scene->options.max_article_bytes = 100;
    SCENE_FILE(scene, "a.csv",
               "title,body\n"
               "\"two\nlines\",x\n"
               "one\n"
               "1,2,3\n"
               ",\n"
               "long,"
               "\"012345678901234567890123456789012345678901234567890123456789012345678901234567890"
               "1234567\n"
               "0123456789\"\n"
               "good,row\n"
               "never,\"closed\n\n");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 2);
    assert_int_equal(scene->skipped_count, 5);
    assert_true(scene_skipped(scene, "a.csv:4: the number of cells is 1, of the header 2"));
    assert_true(scene_skipped(scene, "a.csv:5: the number of cells is 3, of the header 2"));
    assert_true(scene_skipped(scene, "a.csv:6: neither title nor body"));
    assert_true(
        scene_skipped(scene, "a.csv:7: an article of 106 bytes is larger than the 100 allowed"));
    assert_true(scene_skipped(scene, "a.csv:10: a quote is never closed"));
    assert_slice(scene_article(scene, "a.csv#6")->title, "good");
    assert_string_equal(scene->articles[1].place, "a.csv:9");
}

static void wants_a_header(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.csv", "1,2\n3,4\n");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 0);
    assert_true(scene_skipped(scene, "a.csv:1: no column is named as a title or a body"));
}

static void maps_columns(void **state)
{
    static const struct input_field fields[] = {{"title", "Schlagzeile"}, {"date", "Tag"}};
    struct scene *scene = *state;
    scene->options.fields = fields;
    scene->options.field_count = 2;
    SCENE_FILE(scene, "a.csv",
               "Schlagzeile,Tag,Authors,Seite\nHochwasser,2015-10-01,A. One; B. Two,7\n");
    assert_int_equal(scene_read(scene), STATUS_OK);
    const struct article *a = scene_only(scene);
    assert_slice(a->title, "Hochwasser");
    assert_int_equal(a->date.day, 1);
    assert_int_equal(a->lists[ARTICLE_AUTHOR].count, 2);
    assert_slice(a->extra[0].name, "Seite");
    assert_slice(a->extra[0].json, "\"7\"");
}

static void cells_may_be_in_an_old_charset(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.csv", "title,body\ncaf\xE9,na\xEFve\n");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_slice(scene_only(scene)->title, "caf\xC3\xA9");
    assert_slice(scene_only(scene)->body, "na\xC3\xAFve");
}

static void cells_lie_across_reads(void **state)
{
    enum { ROWS = 1500, CELL = 700 };
    struct scene *scene = *state;
    static char file[ROWS * (CELL + 20)];
    size_t size = (size_t)sprintf(file, "title,body\n");
    for (int row = 0; row < ROWS; row++) {
        size += (size_t)sprintf(file + size, "t%d,\"", row);
        for (int i = 0; i < CELL; i++)
            file[size++] = "word, \n"[(row + i) % 7];
        size += (size_t)sprintf(file + size, "\"\n");
    }
    scene_write(scene, "a.csv", file, size);
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, ROWS);
    for (int row = 0; row < ROWS; row++) {
        struct slice body = scene->articles[row].article.body;
        assert_int_equal(body.size, CELL);
        for (int i = 0; i < CELL; i++)
            assert_int_equal(body.data[i], "word, \n"[(row + i) % 7]);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        TEST(reads_quoted_cells),
        TEST(finds_the_delimiter),
        TEST(what_goes_on_behind_a_quote_is_text),
        TEST(names_the_line_of_bad_rows),
        TEST(wants_a_header),
        TEST(maps_columns),
        TEST(cells_may_be_in_an_old_charset),
        TEST(cells_lie_across_reads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
