/* HTML: what is text, what is left out, and what a page says of itself. */
#include <stdio.h>

#include "unit/input/scene.h"
#include "unit/unit.h"

#define PAGE(body) \
    "<!DOCTYPE html><html lang=\"en\"><head><title>T</title></head><body>" body "</body></html>"

static void assert_body(struct scene *scene, const char *page, const char *expected)
{
    scene_write(scene, "a.html", page, strlen(page));
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_slice(scene_only(scene)->body, expected);
}

static void breaks_blocks_and_not_inlines(void **state)
{
    struct scene *s = *state;
    assert_body(s, PAGE("<p>one  <b>two</b><i>three</i>\n four</p><p>five</p>"),
                "one twothree four\n\nfive");
    assert_body(s, PAGE("<div>a</div><div>b<span>c</span></div>d"), "a\nbc\nd");
    assert_body(s, PAGE("a<br>b<br><br>c"), "a\nb\n\nc");
    assert_body(s, PAGE("<ul><li>a<li>b</ul>c"), "a\nb\n\nc");
    assert_body(s, PAGE("<table><tr><td>a<td>b<tr><th>c<td>d</table>"), "a\tb\nc\td");
    assert_body(s, PAGE("<pre>a\n  b\n</pre><p>c"), "a\n  b\n\n\nc");
    assert_body(s, PAGE("<dl><dt>a<dd>b</dl>"), "a\nb");
    assert_body(s, PAGE("<x-card>a</x-card><x-card>b</x-card><o:p>c</o:p>d"), "a\nb\ncd");
}

static void keeps_entities_quotations_and_captions(void **state)
{
    struct scene *s = *state;
    assert_body(s, PAGE("caf&eacute; &amp; &#8220;tea&#8221; a&nbsp;b &shy; 1&lt;2"),
                "caf\xC3\xA9 & \xE2\x80\x9Ctea\xE2\x80\x9D a\xC2\xA0"
                "b \xC2\xAD 1<2");
    assert_body(s,
                PAGE("<figure><img alt=x><figcaption>A boat.</figcaption></figure>"
                     "<blockquote><p>Said.</p></blockquote>"),
                "A boat.\n\nSaid.");
    assert_body(s, PAGE("<noscript><p>Shown without scripts.</p></noscript>"),
                "Shown without scripts.");
}

static void leaves_out_by_element_and_role(void **state)
{
    struct scene *s = *state;
    assert_body(
        s,
        PAGE("<header>top</header><nav>menu</nav><p>Text.</p><aside>see "
             "also</aside><form>name</form>"
             "<div role=\"navigation\">n</div><div role='Search form'>s</div><script>x</script>"
             "<style>y</style><template>z</template><iframe>w</iframe><footer>end</footer>"),
        "Text.");
    assert_int_equal(s->totals.html_dropped, 11);
    assert_body(
        s, PAGE("<article><header>Lead.</header><p>Text.</p><footer>By us.</footer></article>"),
        "Lead.\n\nText.\n\nBy us.");
    assert_int_equal(s->totals.html_dropped, 0);
    assert_body(s, PAGE("<form>name</form>word <i>a</i><form>x</form >b"), "word a\n\nb");
    assert_body(s, PAGE("<form>page <article>text</article></form>"), "page\n\ntext");
    assert_body(s, PAGE("before<nav>menu</nav>behind"), "before\n\nbehind");
}

static void whole_keeps_all_but_scripts(void **state)
{
    struct scene *s = *state;
    s->options.html_whole = true;
    assert_body(
        s,
        PAGE("<header>top</header><nav>menu</nav><p>Text.</p><form>name</form><script>x</script>"
             "<style>y</style><footer>end</footer>"),
        "top\n\nmenu\n\nText.\n\nname\n\nend");
    assert_int_equal(s->totals.html_dropped, 2);
}

static void the_heading_that_is_the_title_is_not_said_twice(void **state)
{
    struct scene *s = *state;
    assert_body(s, PAGE("<h1> T </h1><p>Text.</p><h1>T</h1>"), "Text.\n\nT");
    assert_body(s, PAGE("<h1>Other</h1><p>Text.</p>"), "Other\n\nText.");
}

static void reads_what_a_page_says_of_itself(void **state)
{
    static const char page[] =
        "<!DOCTYPE html><html lang=de-AT><head><title>Flood | The Post</title>"
        "<meta property=og:title content='Flood at the &quot;Harbour&quot;'>"
        "<meta property=og:site_name content='The Post'><meta name=author content='A. One'>"
        "<meta property=article:published_time content='2015-10-01'>"
        "<meta property=article:tag content=sea><meta property=article:tag content='sea, land'>"
        "<meta name=keywords content='x, y'><meta name=description content='In short.'>"
        "<link rel=canonical href='https://example.org/flood'></head><body><p>Text.</body>";
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.html", page);
    assert_int_equal(scene_read(scene), STATUS_OK);
    const struct article *a = scene_only(scene);
    assert_slice(a->id, "a.html");
    assert_slice(a->title, "Flood at the \"Harbour\"");
    assert_slice(a->url, "https://example.org/flood");
    assert_slice(a->lists[ARTICLE_SOURCE].values[0], "The Post");
    assert_slice(a->lists[ARTICLE_AUTHOR].values[0], "A. One");
    assert_slice(a->lists[ARTICLE_LANG].values[0], "de-AT");
    assert_int_equal(a->lists[ARTICLE_TAG].count, 2);
    assert_slice(a->lists[ARTICLE_TAG].values[1], "sea, land");
    assert_int_equal(a->date.month, 10);
    assert_int_equal(a->extra_count, 1);
    assert_slice(a->extra[0].json, "\"In short.\"");
}

static void reads_linked_data(void **state)
{
    static const char page[] =
        "<html><head><title>Site</title><script type='application/ld+json'>{\"@graph\": "
        "[{\"@type\": \"Organization\","
        "\"headline\": \"no\"}, {\"@type\": [\"NewsArticle\"], \"headline\": \"Yes\", "
        "\"datePublished\": "
        "\"2015-10-02\", \"author\": [{\"name\": \"A\"}, \"B\"], \"publisher\": {\"name\": "
        "\"P\"}}]}</script>"
        "<script type='application/ld+json'>{broken</script></head><body>Text.</body></html>";
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.html", page);
    assert_int_equal(scene_read(scene), STATUS_OK);
    const struct article *a = scene_only(scene);
    assert_slice(a->title, "Yes");
    assert_int_equal(a->date.day, 2);
    assert_int_equal(a->lists[ARTICLE_AUTHOR].count, 2);
    assert_slice(a->lists[ARTICLE_AUTHOR].values[1], "B");
    assert_slice(a->lists[ARTICLE_SOURCE].values[0], "P");
}

static void a_field_can_be_named(void **state)
{
    static const struct input_field field = {"source", "paper"};
    struct scene *scene = *state;
    scene->options.fields = &field;
    scene->options.field_count = 1;
    SCENE_FILE(
        scene, "a.html",
        "<html><meta name=paper content=Gazette><meta property=og:site_name content=x>Text.");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene_only(scene)->lists[ARTICLE_SOURCE].count, 1);
    assert_slice(scene_only(scene)->lists[ARTICLE_SOURCE].values[0], "Gazette");
}

static void a_script_in_a_title_stays_text(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.html",
               "<html><title>The <script>alert(1)</script> tag</title><body>Text.");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_slice(scene_only(scene)->title, "The <script>alert(1)</script> tag");
}

static void reads_declared_charsets(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "a.html", "<html><meta charset=windows-1251><body>\xCC\xEE\xF1\xEA\xE2\xE0");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_slice(scene_only(scene)->body, "\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0");
}

/* Pages made to keep a parser busy: refused before it sees them, and quickly. */
static void refuses_pages_made_to_harm(void **state)
{
    enum { SIZE = 900000 };
    static char page[SIZE];
    struct scene *scene = *state;
    static const struct {
        const char *unit, *reason;
    } cases[] = {
        {"<div>", "a.html:1: elements nested too deeply"},
        {"<b a=", "a.html:1: elements nested too deeply"},
        {"<svg><p>", "a.html:1: elements nested too deeply"},
    };
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        size_t unit = strlen(cases[c].unit), at = 0;
        for (at = 0; at + unit + 12 < SIZE; at += unit)
            memcpy(page + at, cases[c].unit, unit);
        if (c == 1)
            for (size_t i = 0; i + unit < at; i += unit)
                memcpy(page + i, "<b x>", 5);
        scene_write(scene, "a.html", page, at);
        assert_int_equal(scene_read(scene), STATUS_OK);
        assert_int_equal(scene->count, 0);
        assert_true(scene_skipped(scene, cases[c].reason));
    }
    /* Cells end what stands open in them, so this is no depth. */
    size_t rows = (size_t)sprintf(page, "<html><table>");
    for (int i = 0; i < 5000; i++)
        rows += (size_t)sprintf(page + rows, "<tr><td><font size=1>x<td><b>y");
    scene_write(scene, "a.html", page, rows);
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 1);
    memcpy(page, "<html>", 6);
    memcpy(page + 6, "<p ", 3);
    for (size_t i = 9; i + 1 < SIZE; i += 2)
        memcpy(page + i, "a ", 2);
    scene_write(scene, "a.html", page, SIZE - 1);
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_true(scene_skipped(scene, "a.html:1: a tag with too many attributes"));
}

static void a_page_may_be_deep_enough(void **state)
{
    struct scene *scene = *state;
    static char page[40000];
    size_t size = 0;
    for (int i = 0; i < 1900; i++)
        size += (size_t)sprintf(page + size, "<div>%s", i == 1899 ? "deep" : "");
    scene_write(scene, "a.html", page, size);
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_slice(scene_only(scene)->body, "deep");
}

static void a_tree_has_its_cap(void **state)
{
    struct scene *scene = *state;
    enum { SIZE = 900000 };
    static char page[SIZE];
    scene->options.max_article_bytes = SIZE;
    for (size_t i = 0; i + 4 < SIZE; i += 3)
        memcpy(page + i, "<p>", 3);
    scene_write(scene, "a.html", page, SIZE - 4);
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->skipped_count, 1);
    assert_non_null(strstr(scene->skipped[0], "a.html:1: its elements need more than "));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        TEST(breaks_blocks_and_not_inlines),
        TEST(keeps_entities_quotations_and_captions),
        TEST(leaves_out_by_element_and_role),
        TEST(whole_keeps_all_but_scripts),
        TEST(the_heading_that_is_the_title_is_not_said_twice),
        TEST(reads_what_a_page_says_of_itself),
        TEST(reads_linked_data),
        TEST(a_field_can_be_named),
        TEST(a_script_in_a_title_stays_text),
        TEST(reads_declared_charsets),
        TEST(refuses_pages_made_to_harm),
        TEST(a_page_may_be_deep_enough),
        TEST(a_tree_has_its_cap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
