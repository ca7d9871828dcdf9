/* The files of JSONTestSuite: what begins with y_ is JSON, what begins with n_ is none, and i_ may
 * be either, but its strings are valid UTF-8 when it is taken. */
#include "base/json_read.h"

#include "base/json_write.h"
#include "corpora.h"
#include "scratch.h"
#include "unit/unit.h"

static char folder[PATH_MAX];
static unsigned seen[256];

/* What was taken is written and taken again, and is written the same. */
static void expect_stable(const struct json_document *doc)
{
    struct bytes once = {0}, twice = {0};
    struct error error = {0};
    json_write_value(&once, json_document_root(doc));
    struct json_document *again = json_parse(bytes_slice(&once), &error);
    assert_string_equal(error.text, "");
    json_write_value(&twice, json_document_root(again));
    assert_true(slice_equal(bytes_slice(&once), bytes_slice(&twice)));
    json_document_close(again);
    bytes_release(&once);
    bytes_release(&twice);
}

static void try_file(const char *name)
{
    char path[2 * PATH_MAX];
    size_t size = 0;
    struct error error = {0};
    snprintf(path, sizeof path, "%s/%s", folder, name);
    char *text = scratch_get(path, &size);
    /* Without the zero behind it, so that ASan sees a step too far. */
    char *exact = malloc(size ? size : 1);
    memcpy(exact, text, size);
    struct json_document *doc = json_parse(slice_of(exact, size), &error);
    seen[(unsigned char)name[0]]++;
    if (name[0] == 'y' && !doc)
        fail_msg("%s is refused: %s", name, error.text);
    if (name[0] == 'n' && doc)
        fail_msg("%s is taken", name);
    if (doc)
        expect_stable(doc);
    json_document_close(doc);
    free(exact);
    free(text);
}

static void the_suite_holds(void **state)
{
    DIR *files = opendir(folder);
    (void)state;
    for (struct dirent *entry; (entry = readdir(files));)
        if (strstr(entry->d_name, ".json"))
            try_file(entry->d_name);
    closedir(files);
    assert_true(seen['y'] >= 90 && seen['n'] >= 180 && seen['i'] >= 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_suite_holds)};
    if (!corpora_find(folder, "robustness/JSONTestSuite/test_parsing"))
        return UNIT_SKIPPED;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
