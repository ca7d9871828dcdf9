/* Memory that runs out anywhere in a build ends it with that, the old file stays, and nothing
 * leaks. */
#include <string.h>

#include "base/memory.h"
#include "build/builder.h"
#include "scratch.h"
#include "unit/unit.h"

enum { ARTICLES = 40, LONG_BYTES = 40000 };

/* Under a sanitizer each build is slow: every STRIDE-th allocation alone, another one each way. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
enum { STRIDE = 7 };
#else
enum { STRIDE = 1 };
#endif

static char long_body[LONG_BYTES + 1]; /* several stored blocks and keys of all sizes */

static void fill_long_body(void)
{
    size_t at = 0;
    for (unsigned i = 0; at + 80 < LONG_BYTES; i++)
        at += (size_t)sprintf(long_body + at, "w%u %.*s ", i * 2654435761u, (int)(i % 40),
                              "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq");
}

static enum status add(struct builder *builder, unsigned i, struct error *error)
{
    char id[16], title[32];
    snprintf(id, sizeof id, "a%u", i % (ARTICLES - 3)); /* the last ones replace the first */
    snprintf(title, sizeof title, "Title number %u", i);
    struct slice tags[] = {SLICE("harbour floods"), SLICE("a value of a column of many bytes")};
    struct article_extra extra = {SLICE("x"), SLICE("[1]")};
    struct article article = {
        .id = slice_of_string(id),
        .title = i % 5 ? slice_of_string(title) : SLICE(""),
        .body = i == 7 ? slice_of_string(long_body) : SLICE("Words that stand in every body."),
        .lists[ARTICLE_TAG] = {tags, 2},
        .extra = &extra,
        .extra_count = i % 2,
    };
    return builder_add(builder, &article, error);
}

static enum status build(const char *path, size_t threads, bool by_ranges, struct error *error)
{
    struct builder_options options;
    struct builder_totals totals;
    builder_options_init(&options);
    options.memory_bytes = BUILDER_MEMORY_LEAST;
    options.threads = threads;
    options.gram_bound = 1; /* every pair has a list, and longer runs that are there twice */
    options.gram_least_df = 2;
    options.gram_text_bytes = by_ranges; /* of which no text has room in one */
    struct builder *builder = builder_open(path, &options, error);
    if (!builder)
        return error->status;
    for (unsigned i = 0; i < ARTICLES && error->status == STATUS_OK; i++)
        add(builder, i, error);
    if (error->status == STATUS_OK)
        return builder_commit(builder, &totals, NULL, NULL, error);
    builder_abandon(builder);
    return error->status;
}

static bool same_files(const char *path, const char *other)
{
    size_t size = 0, other_size = 0;
    char *data = scratch_get(path, &size), *other_data = scratch_get(other, &other_size);
    bool same = data && other_data && size == other_size && memcmp(data, other_data, size) == 0;
    free(data);
    free(other_data);
    return same;
}

static void fail_everywhere(size_t threads, int persistent, size_t first)
{
    struct scratch scratch;
    struct error error = {0};
    char reference[PATH_MAX], path[PATH_MAX];
    scratch_open(&scratch);
    snprintf(reference, sizeof reference, "%s/reference.vbt", scratch.folder);
    snprintf(path, sizeof path, "%s/x.vbt", scratch.folder);
    assert_int_equal(build(reference, threads, false, &error), STATUS_OK);
    for (size_t n = 1 + first % STRIDE;; n += STRIDE) {
        error = (struct error){0};
        memory_fail_at(n, persistent);
        enum status status = build(path, threads, persistent, &error);
        size_t made = memory_fail_at(0, 0);
        if (status == STATUS_OK && !same_files(path, reference))
            fail_msg("allocation %zu: a file that is not whole", n);
        if (made < n) {
            assert_true(status == STATUS_OK && n > 100);
            print_message("%zu points of failure\n", made);
            break;
        }
        if (status == STATUS_OK)
            unlink(path);
        else if (status != STATUS_NO_MEMORY || error.status != status || access(path, F_OK) == 0)
            fail_msg("allocation %zu: status %s, '%s'", n, status_name(status), error.text);
        assert_int_equal(scratch_count(scratch.folder), 1);
    }
    scratch_close(&scratch);
}

static void once(void **state)
{
    (void)state;
    fail_everywhere(1, 0, 0);
}

static void from_then_on(void **state)
{
    (void)state;
    fail_everywhere(1, 1, 1);
}

static void once_with_threads(void **state)
{
    (void)state;
    fail_everywhere(3, 0, 2);
}

static void from_then_on_with_threads(void **state)
{
    (void)state;
    fail_everywhere(3, 1, 3);
}

int main(void)
{
    fill_long_body();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(once),
        cmocka_unit_test(from_then_on),
        cmocka_unit_test(once_with_threads),
        cmocka_unit_test(from_then_on_with_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
