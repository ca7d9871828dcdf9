/* Markdown: front matter, and the heading that is the title. */
#include "unit/input/scene.h"
#include "unit/unit.h"

static const struct article *read_one(struct scene *scene, const char *text)
{
    scene_write(scene, "a.md", text, strlen(text));
    assert_int_equal(scene_read(scene), STATUS_OK);
    return scene_only(scene);
}

static void reads_front_matter(void **state)
{
    const struct article *a =
        read_one(*state, "---\r\n"
                         "title: \"A \\\"flood\\\": the day after\"  # quoted\r\n"
                         "date: 2015-10-01\r\n"
                         "lang: en # comment\r\n"
                         "url: https://example.org/#top\r\n"
                         "tags: [sea, \"floods, high\", 'it''s']\r\n"
                         "authors:\r\n"
                         "  - A. One\r\n"
                         "  - \"B. Two\"\r\n"
                         "source: 'The Post'\r\n"
                         "summary: >\r\n"
                         "  folded\r\n"
                         "  text\r\n"
                         "lines: |\r\n"
                         "  one\r\n"
                         "  two\r\n"
                         "draft: ~\r\n"
                         "nested:\r\n"
                         "  key: value\r\n"
                         "---\r\n"
                         "\r\n"
                         "Text with *stars*.\r\n");
    assert_slice(a->title, "A \"flood\": the day after");
    assert_slice(a->body, "Text with *stars*.\n");
    assert_slice(a->url, "https://example.org/#top");
    assert_int_equal(a->date.day, 1);
    assert_slice(a->lists[ARTICLE_LANG].values[0], "en");
    assert_int_equal(a->lists[ARTICLE_TAG].count, 3);
    assert_slice(a->lists[ARTICLE_TAG].values[1], "floods, high");
    assert_slice(a->lists[ARTICLE_TAG].values[2], "it's");
    assert_int_equal(a->lists[ARTICLE_AUTHOR].count, 2);
    assert_slice(a->lists[ARTICLE_AUTHOR].values[1], "B. Two");
    assert_slice(a->lists[ARTICLE_SOURCE].values[0], "The Post");
    assert_int_equal(a->extra_count, 3);
    assert_slice(a->extra[0].json, "\"folded text\"");
    assert_slice(a->extra[1].json, "\"one\\ntwo\"");
    assert_slice(a->extra[2].name, "nested");
    assert_slice(a->extra[2].json, "\"key: value\"");
}

static void the_first_heading_is_the_title(void **state)
{
    static const struct {
        const char *text, *title, *body;
    } cases[] = {
        {"\n# A title #\n\nText.\n\n# Second\n", "A title", "Text.\n\n# Second\n"},
        {"# C#\nText.", "C#", "Text."},
        {"A title\n=======\nText.", "A title", "Text."},
        {"Text first.\n\n# Then a heading\n", "", "Text first.\n\n# Then a heading\n"},
        {"## Second level\n", "", "## Second level\n"},
        {"#tag line\n", "", "#tag line\n"},
        {"---\ntitle: T\n---\n# Heading\nText.", "T", "# Heading\nText."},
        {"---\ntitle: T\n---\n# T\nText.", "T", "Text."},
        {"---\nlang: en\n---\n# Heading\nText.", "Heading", "Text."},
        {"# Only a title", "Only a title", ""},
        {"---\nno matter\n---\ntext", "", "---\nno matter\n---\ntext"},
        {"---\nkey: value without an end", "", "---\nkey: value without an end"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct article *a = read_one(*state, cases[i].text);
        assert_slice(a->title, cases[i].title);
        assert_slice(a->body, cases[i].body);
    }
}

static void front_matter_says_that_it_is_markdown(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.txt", "---\ntitle: T\n---\nText.");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_slice(scene_only(scene)->title, "T");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        TEST(reads_front_matter),
        TEST(the_first_heading_is_the_title),
        TEST(front_matter_says_that_it_is_markdown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
