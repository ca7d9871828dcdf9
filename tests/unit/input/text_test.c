/* Plain text and JSON Lines: what is read, what it is called, and what is said of bad lines. */
#include <stdio.h>

#include "unit/input/scene.h"
#include "unit/unit.h"

static void reads_a_text(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "news/harbour.txt", "First line.\r\nSecond line.\rThird.\n");
    assert_int_equal(scene_read(scene), STATUS_OK);
    const struct article *article = scene_only(scene);
    assert_slice(article->id, "news/harbour.txt");
    assert_slice(article->title, "");
    assert_slice(article->body, "First line.\nSecond line.\nThird.\n");
    assert_string_equal(scene->articles[0].place, "news/harbour.txt:1");
    assert_int_equal(scene->totals.files, 1);
    assert_int_equal(scene->totals.bytes, 33);
}

static void names_a_file_by_its_base_name(void **state)
{
    struct scene *scene = *state;
    const char *path = SCENE_FILE(scene, "a/b/c.txt", "Words.");
    assert_int_equal(scene_read_path(scene, path), STATUS_OK);
    assert_slice(scene_only(scene)->id, "c.txt");
}

static void nul_parts_words_and_ends_nothing(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "nul.txt", "one\0two three");
    SCENE_FILE(scene, "nul.jsonl", "{\"body\":\"one\\u0000two\"}\n{\"body\":\"x\"}\n");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_slice(scene_article(scene, "nul.txt")->body, "one\xEF\xBF\xBDtwo three");
    assert_slice(scene_article(scene, "nul.jsonl#1")->body, "one\xEF\xBF\xBDtwo");
}

static void reads_json_lines(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.jsonl",
               "{\"id\": 12, \"title\": \"T\", \"body\": \"B\", \"url\": \"https://example.org/\", "
               "\"date\": \"2015-10-01\", \"lang\": \"en\", \"author\": [\"A. One\", {\"name\": "
               "\"B. Two\"}], "
               "\"tags\": \"sea, floods\", \"source\": \"Wire\", \"pages\": [1, 2]}\n"
               "\n"
               "{\"text\": \"second\"}\r\n");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 2);
    const struct article *a = scene_article(scene, "12");
    assert_slice(a->title, "T");
    assert_slice(a->body, "B");
    assert_slice(a->url, "https://example.org/");
    assert_int_equal(a->date.year, 2015);
    assert_int_equal(a->date.precision, DATE_DAY);
    assert_int_equal(a->lists[ARTICLE_AUTHOR].count, 2);
    assert_slice(a->lists[ARTICLE_AUTHOR].values[1], "B. Two");
    assert_int_equal(a->lists[ARTICLE_TAG].count, 2);
    assert_slice(a->lists[ARTICLE_TAG].values[1], "floods");
    assert_slice(a->lists[ARTICLE_SOURCE].values[0], "Wire");
    assert_slice(a->lists[ARTICLE_LANG].values[0], "en");
    assert_int_equal(a->extra_count, 1);
    assert_slice(a->extra[0].name, "pages");
    assert_slice(a->extra[0].json, "[1,2]");
    assert_slice(scene_article(scene, "a.jsonl#2")->body, "second");
    assert_string_equal(scene->articles[1].place, "a.jsonl:3");
}

static void names_the_line_of_bad_json(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.jsonl",
               "{\"body\": \"one\"}\n"
               "{\"body\": \"two\"\n"
               "[1]\n"
               "{\"id\": \"x\"}\n"
               "{\"title\": \"five\"}");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 2);
    assert_int_equal(scene->skipped_count, 3);
    assert_non_null(strstr(scene->skipped[0], "a.jsonl:2: not valid JSON at byte "));
    assert_true(scene_skipped(scene, "a.jsonl:3: not a JSON object"));
    assert_true(scene_skipped(scene, "a.jsonl:4: neither title nor body"));
    assert_slice(scene_article(scene, "a.jsonl#5")->title, "five");
}

/* Nothing of the name or of the first 64 KiB says what it is. */
static void lines_may_be_long(void **state)
{
    enum { LONG = 100000 };
    static char file[LONG + 100];
    struct scene *scene = *state;
    size_t size = (size_t)sprintf(file, "{\"body\": \"%0*d\"}\n{\"body\": \"broken\n", LONG, 7);
    size += (size_t)sprintf(file + size, "{\"body\": \"good\"}\n");
    scene_write(scene, "lines", file, size);
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 2);
    assert_slice(scene_article(scene, "lines#3")->body, "good");
}

static void strict_stops_at_the_first(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.jsonl", "{\"body\": \"one\"}\n[]\n{\"body\": \"three\"}\n");
    scene->options.strict = true;
    assert_int_equal(scene_read(scene), STATUS_INVALID);
    assert_int_equal(scene->count, 1);
    assert_int_equal(scene->skipped_count, 0);
    assert_non_null(strstr(scene->error.text, "/a.jsonl:2: not a JSON object"));
}

static void a_sink_can_end_it(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.jsonl", "{\"body\": \"one\"}\n{\"body\": \"two\"}\n");
    scene->sink_status = STATUS_IO;
    assert_int_equal(scene_read(scene), STATUS_IO);
    assert_int_equal(scene->count, 1);
}

static void maps_fields(void **state)
{
    static const struct input_field fields[] = {
        {"title", "headline"}, {"body", "story"}, {"tag", "desk"}};
    struct scene *scene = *state;
    scene->options.fields = fields;
    scene->options.field_count = 3;
    SCENE_FILE(scene, "a.jsonl",
               "{\"headline\": \"H\", \"title\": \"T\", \"story\": \"S\", \"text\": \"X\", "
               "\"desk\": \"sea\"}\n"
               "{\"title\": \"T2\", \"description\": \"D\", \"content\": \"C\"}\n");
    assert_int_equal(scene_read(scene), STATUS_OK);
    const struct article *a = scene_article(scene, "a.jsonl#1"),
                         *b = scene_article(scene, "a.jsonl#2");
    assert_slice(a->title, "H");
    assert_slice(a->body, "S");
    assert_slice(a->lists[ARTICLE_TAG].values[0], "sea");
    assert_int_equal(a->extra_count, 2);
    assert_slice(a->extra[0].name, "title");
    assert_slice(a->extra[0].json, "\"T\"");
    assert_slice(b->title, "T2");
    assert_slice(b->body, "C");
    assert_slice(b->extra[0].name, "description");
}

static void a_date_that_is_none_is_kept(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.jsonl", "{\"body\": \"x\", \"date\": \"in spring\"}\n{\"body\":\"y\"}\n");
    assert_int_equal(scene_read(scene), STATUS_OK);
    const struct article *a = scene_article(scene, "a.jsonl#1");
    assert_int_equal(a->date.precision, DATE_NONE);
    assert_slice(a->extra[0].name, "date");
    assert_slice(a->extra[0].json, "\"in spring\"");
}

static void refuses_options_that_mean_nothing(void **state)
{
    static const struct input_field field = {"headline", "title"};
    struct scene *scene = *state;
    scene->options.kind = "papyrus";
    assert_int_equal(scene_read(scene), STATUS_INVALID);
    assert_string_equal(scene->error.text, "no kind of input is called 'papyrus'");
    scene->options.kind = NULL;
    scene->options.fields = &field;
    scene->options.field_count = 1;
    assert_int_equal(scene_read(scene), STATUS_INVALID);
    assert_string_equal(scene->error.text, "no field is called 'headline'");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        TEST(reads_a_text),
        TEST(names_a_file_by_its_base_name),
        TEST(nul_parts_words_and_ends_nothing),
        TEST(reads_json_lines),
        TEST(names_the_line_of_bad_json),
        TEST(lines_may_be_long),
        TEST(strict_stops_at_the_first),
        TEST(a_sink_can_end_it),
        TEST(maps_fields),
        TEST(a_date_that_is_none_is_kept),
        TEST(refuses_options_that_mean_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
