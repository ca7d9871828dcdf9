/* A sample written, and what the check says of the file. */
#ifndef VERBATIM_TESTS_UNIT_STORE_CHECK_FIXTURE_H
#define VERBATIM_TESTS_UNIT_STORE_CHECK_FIXTURE_H

#include "unit/unit.h"

#include "base/error.h"
#include "scratch_fixture.h"
#include "store/check.h"
#include "unit/store/sample.h"

static struct sample sample;
static char report[4096];

static void keep_report(void *context, enum chunk_id chunk, const char *what)
{
    size_t used = strlen(report);
    (void)context;
    snprintf(report + used, sizeof report - used, "%s: %s\n", chunk_names[chunk], what);
}

/* Writes what the test has made of it, and expects these words; NULL: nothing to say. */
static void expect(const char *words)
{
    struct error error = {0};
    const char *path = scratch_path(&scratch, "x.vbt");
    sample_write(&sample, path);
    struct snapshot *snapshot = snapshot_open(path, &error);
    assert_non_null(snapshot);
    report[0] = '\0';
    enum status status = store_check(snapshot, keep_report, NULL);
    assert_int_equal(status, words ? STATUS_CORRUPT : STATUS_OK);
    if (words && !strstr(report, words))
        fail_msg("'%s' does not say '%s'", report, words);
    snapshot_unref(snapshot);
    sample_free(&sample);
}

#endif
