/* Memory that runs out anywhere ends the reading with that and nothing else, and nothing leaks. */
#include <stdio.h>

#include "base/memory.h"
#include "unit/input/scene.h"
#include "unit/unit.h"

static enum status take(void *context, const struct article *article,
                        const struct input_place *place)
{
    (void)context, (void)article, (void)place;
    return STATUS_OK;
}

static void note(void *context, const struct input_place *place, const char *reason)
{
    (void)place, (void)reason;
    ++*(size_t *)context;
}

static void write_files(struct scene *scene)
{
    SCENE_FILE(scene, "in/a.txt", "caf\xE9 and more");
    SCENE_FILE(scene, "in/b.md",
               "---\ntags: [a, 'b']\nx:\n  - y\nz: \"q\\n\"\n---\n# Title\nText.\n");
    SCENE_FILE(scene, "in/c.html",
               "<html lang=en><title>T</title><meta name=author content=A>"
               "<script type='application/ld+json'>{\"@type\": \"Article\", \"headline\": \"T\", "
               "\"keywords\": [\"a\", \"b\"]}</script><form>x</form><h1>T</h1><p>Text.");
    SCENE_FILE(scene, "in/d.jsonl",
               "{\"id\": 1, \"body\": [\"a\", \"b\"], \"x\": [1]}\n{\"body\": \"c\xE9\"}\n");
    SCENE_FILE(scene, "in/e.json",
               "[{\"title\": \"a\", \"tag\": \"b, c\"}, {\"body\": \"\\u0000\"}]");
    SCENE_FILE(scene, "in/f.csv", "title,body\ncaf\xE9,b\n\"x\"y,z\n");
    SCENE_FILE(scene, "in/g.txt", "\xFF\xFEw\0i\0d\0e\0");
    SCENE_FILE(scene, "in/sub/h.txt", "deep");
    scene_shell(scene, "cd in && gzip -k a.txt && python3 -m zipfile -c z.zip b.md d.jsonl");
}

static void fail_everywhere(struct scene *scene, int persistent)
{
    const char *path = scene_path(scene, "in");
    struct input_totals totals;
    for (size_t n = 1;; n++) {
        size_t skipped = 0;
        struct error error = {0};
        struct input_sink sink = {&skipped, take, note, NULL};
        memory_fail_at(n, persistent);
        enum status status = input_read(&path, 1, &scene->options, &sink, &totals, &error);
        size_t made = memory_fail_at(0, 0);
        if (made < n) { /* it did not come so far */
            assert_int_equal(status, STATUS_OK);
            assert_int_equal(skipped, 0);
            assert_int_equal(totals.articles, 15);
            assert_true(n > 100);
            print_message("%zu points of failure\n", n - 1);
            return;
        }
        if (status != STATUS_NO_MEMORY || error.status != STATUS_NO_MEMORY || skipped)
            fail_msg("allocation %zu: status %s, '%s', %zu skipped", n, status_name(status),
                     error.text, skipped);
    }
}

static void once(void **state)
{
    write_files(*state);
    fail_everywhere(*state, 0);
}

static void from_then_on(void **state)
{
    write_files(*state);
    fail_everywhere(*state, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {TEST(once), TEST(from_then_on)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
