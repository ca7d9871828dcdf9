/* The sample articles: every one is read, and those in archives are those that were packed. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "unit/input/scene.h"
#include "unit/unit.h"

static const char *source_path(const char *name)
{
    static char path[PATH_MAX];
    const char *root = getenv("VERBATIM_SOURCE");
    assert_non_null(root);
    snprintf(path, sizeof path, "%s/data/%s", root, name);
    return path;
}

static void all_are_read(void **state)
{
    struct scene *scene = *state;
    scene->options.strict = true;
    assert_int_equal(scene_read_path(scene, source_path("articles")), STATUS_OK);
    assert_int_equal(scene->skipped_count, 0);
    assert_int_equal(scene->count, 30);
    for (size_t i = 1; i < scene->count; i++)
        for (size_t j = 0; j < i; j++)
            assert_false(slice_equal(scene->articles[i].article.id, scene->articles[j].article.id));
    assert_slice(scene_article(scene, "script-in-the-title.html")->title,
                 "The <script>alert(\"tide\")</script> that closed the library’s web page");
    assert_slice(scene_article(scene, "old-lighthouse.html")->title,
                 "The lighthouse keeper’s café");
    assert_slice(scene_article(scene, "tides-an-essay.md")->title, "On keeping a tide table");
    assert_slice(scene_article(scene, "notices.tsv#1")->title, "Lost: one glove");
    assert_true(slice_starts_with(scene_article(scene, "telegram-1931.txt")->body,
                                  SLICE("CUSTOMS HOUSE PORT ELLERY")));
}

static bool holds(const struct article *article, const char *text)
{
    return memmem(article->body.data, article->body.size, text, strlen(text)) != NULL;
}

static void pages_are_left_with_their_article(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(scene_read_path(scene, source_path("articles/bakery-strike.html")), STATUS_OK);
    const struct article *article = scene_only(scene);
    static const char *const kept[] = {
        "The last loaf went to a gull.", "Loaves not baked\t2,140", "mean unfresh rolls",
        "«\u00a0We don’t strike",        "Corrected on 21 October", "since\u00a01947"};
    static const char *const left[] = {"Tide tables", "Read also",          "Subscribe",
                                       "Cookies",     "not a word of this", "serif"};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        if (!holds(article, kept[i]))
            fail_msg("'%s' is missing", kept[i]);
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++)
        if (holds(article, left[i]))
            fail_msg("'%s' is there", left[i]);
}

/* "outer!/inner" or "outer" of the packed, "inner" of the sources. */
static void archives_hold_their_sources(void **state)
{
    static const struct {
        const char *packed, *source;
    } pairs[] = {
        {"archive/storm-of-1987.txt.gz", "storm-of-1987.txt"},
        {"archive/briefs.zip!/pier-clock.txt", "briefs/pier-clock.txt"},
        {"archive/briefs.zip!/seal.html", "briefs/seal.html"},
        {"archive/reviews.tar.zst!/reviews/brass-band.md", "reviews/brass-band.md"},
        {"review-rope", "review-rope"},
        {"review-mole", "review-mole"},
    };
    enum { PAIRS = sizeof pairs / sizeof pairs[0] };
    struct scene *scene = *state;
    struct slice packed[PAIRS];
    assert_int_equal(scene_read_path(scene, source_path("articles")), STATUS_OK);
    for (size_t i = 0; i < PAIRS; i++)
        packed[i] = scene_article(scene, pairs[i].packed)->body;
    assert_int_equal(scene_read_path(scene, source_path("archived")), STATUS_OK);
    assert_int_equal(scene->count, PAIRS);
    for (size_t i = 0; i < PAIRS; i++)
        assert_true(slice_equal(packed[i], scene_article(scene, pairs[i].source)->body));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        TEST(all_are_read),
        TEST(pages_are_left_with_their_article),
        TEST(archives_hold_their_sources),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
