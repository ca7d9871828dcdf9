/* Compounds of texts made for it: which pairs are some, how often they are counted, and which are
 * none. */
#include "unit/unit.h"

#include "build/builder.h"
#include "scratch_fixture.h"
#include "store/check.h"
#include "store/compounds_read.h"
#include "store/lexicon_read.h"
#include "test_build.h"

static struct snapshot *snapshot;
static struct compounds compounds;
static struct lexicon lexicon;

static void no_report(void *context, enum chunk_id chunk, const char *what)
{
    (void)context;
    fail_msg("chunk '%s': %s", chunk_names[chunk], what);
}

static void build(const char *const *bodies, size_t count)
{
    struct error error = {0};
    struct builder_options options;
    const char *path = scratch_path(&scratch, "compounds.vbt");
    builder_options_init(&options);
    options.threads = 2;
    struct builder *builder = test_build_open(path, &options);
    for (size_t i = 0; i < count; i++) {
        char id[8];
        snprintf(id, sizeof id, "%zu", i);
        struct article article = {.id = slice_of_string(id), .body = slice_of_string(bodies[i])};
        test_build_add(builder, &article);
    }
    test_build_commit(builder);
    snapshot = snapshot_open(path, &error);
    assert_non_null(snapshot);
    assert_int_equal(store_check(snapshot, no_report, NULL), STATUS_OK);
    assert_int_equal(compounds_open(&compounds, snapshot), STATUS_OK);
    assert_true(compounds.present);
    assert_int_equal(lexicon_open(&lexicon, snapshot), STATUS_OK);
}

static uint32_t term_of(const char *word)
{
    struct term term;
    enum status status = lexicon_find(&lexicon, slice_of_string(word), &term);
    return status == STATUS_OK ? term.number : COMPOUND_NO_TERM;
}

static void expect(const char *left, const char *right, const char *closed, uint32_t joined,
                   uint32_t apart, enum compound_kind kind)
{
    struct compound found;
    if (compounds_pair(&compounds, term_of(left), term_of(right), &found) != STATUS_OK)
        fail_msg("'%s' and '%s' are no compound", left, right);
    assert_int_equal(found.joined, joined);
    assert_int_equal(found.apart, apart);
    assert_int_equal(found.kind, kind);
    assert_int_equal(found.closed, term_of(closed));
    if (found.closed == COMPOUND_NO_TERM)
        return;
    assert_int_equal(compounds_closed(&compounds, found.closed, 0, &found), STATUS_OK);
    assert_int_equal(found.left, term_of(left));
    assert_int_equal(compounds_closed(&compounds, found.closed, 1, &found), STATUS_NOT_FOUND);
}

static void expect_none(const char *left, const char *right)
{
    struct compound found;
    if (compounds_pair(&compounds, term_of(left), term_of(right), &found) == STATUS_OK)
        fail_msg("'%s' and '%s' are a compound", left, right);
}

static void test_hyphens(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "de-confliction De‑confliction deconfliction de confliction",
        "re-sign resign resign resign resign resign resign resign resign resign resign resign",
        "every day, every day and every-day everyday",
        "Non-stop flights. a non-\nstop one", /* a line's end between is no hyphen alone */
        "title-case 3-0 2015-10 4x4-wheel",
    };
    build(bodies, sizeof bodies / sizeof *bodies);
    expect("de", "confliction", "deconfliction", 2, 1, COMPOUND_HYPHEN);
    expect_none("re", "sign"); /* eleven times resign */
    expect_none("every", "day");
    expect("non", "stop", "nonstop", 1, 1, COMPOUND_HYPHEN);
    expect("title", "case", "titlecase", 1, 0, COMPOUND_HYPHEN);
    expect("4x4", "wheel", "4x4wheel", 1, 0, COMPOUND_HYPHEN);
    expect_none("3", "0");
    expect_none("2015", "10");
    assert_int_equal(compounds.count, 4);
    snapshot_unref(snapshot);
}

static void test_apostrophes(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "don't don’t don't don't don't don't don't don't don't don't dont",
        "it's it's it's it's it's it's it's it's it's its",
        "O'Reilly o’reilly o'reilly-s",
        "he-man he'man he'man",
    };
    build(bodies, sizeof bodies / sizeof *bodies);
    expect("don", "t", "dont", 10, 0, COMPOUND_APOSTROPHE);
    expect_none("it", "s"); /* nine times, and its once */
    expect("o", "reilly", "oreilly", 2, 0, COMPOUND_APOSTROPHE);
    expect("he", "man", "heman", 2, 0, COMPOUND_APOSTROPHE);
    assert_int_equal(compounds.count, 3);
    snapshot_unref(snapshot);
}

static void test_chains(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "vis-à-vis the visa",
        "co-pilot's seat",
        "al-ma'arri wrote",
        "state-of-the-art art",
    };
    build(bodies, sizeof bodies / sizeof *bodies);
    expect("co", "pilot", "copilot", 1, 0, COMPOUND_HYPHEN);
    assert_int_equal(compounds.count, 1);
    snapshot_unref(snapshot);
}

/* A pair `joined` times, its closed spelling `closed` times. */
static void write_times(struct bytes *body, const char *joined, int times, const char *closed,
                        int closed_times)
{
    for (int i = 0; i < times; i++)
        bytes_format(body, "%s ", joined);
    for (int i = 0; i < closed_times; i++)
        bytes_format(body, "%s ", closed);
}

/* What looks like a compound and is none: other words, other numbers. */
static void test_others(void **state)
{
    (void)state;
    struct bytes body = {0};
    write_times(&body, "david's", 100, "davids", 1);
    write_times(&body, "can't", 499, "cant", 10);
    write_times(&body, "don't", 500, "dont", 10);
    write_times(&body, "won't", 90, "wont", 9);
    write_times(&body, "he'd", 50, "hed", 1);
    write_times(&body, "a1-4", 5, "a14", 1);
    write_times(&body, "mx-5", 5, "mx5", 1);
    write_times(&body, "mig-29", 5, "mig29", 1);
    write_times(&body, "й-оо", 5, "йоо", 1); /* three letters, six bytes */
    write_times(&body, "й-огг", 5, "йогг", 1);
    bytes_put_u8(&body, 0);
    const char *bodies[] = {(const char *)body.data};
    build(bodies, 1);
    expect_none("david", "s");
    expect_none("can", "t");
    expect("don", "t", "dont", 500, 0, COMPOUND_APOSTROPHE);
    expect("won", "t", "wont", 90, 0, COMPOUND_APOSTROPHE);
    expect_none("he", "d");
    expect_none("a1", "4");
    expect_none("mx", "5");
    expect("mig", "29", "mig29", 5, 0, COMPOUND_HYPHEN);
    expect_none("й", "оо");
    expect("й", "огг", "йогг", 5, 0, COMPOUND_HYPHEN);
    assert_int_equal(compounds.count, 4);
    bytes_release(&body);
    snapshot_unref(snapshot);
}

/* More words than the analyzer gives at once, so that pairs lie across its border. */
static void test_many_words(void **state)
{
    (void)state;
    struct bytes body = {0};
    for (int i = 0; i < 1000; i++)
        bytes_format(&body, "e-mail %.*s ", i % 7, "a b c d ");
    bytes_put_u8(&body, 0);
    const char *bodies[] = {(const char *)body.data};
    build(bodies, 1);
    expect("e", "mail", "email", 1000, 0, COMPOUND_HYPHEN);
    bytes_release(&body);
    snapshot_unref(snapshot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hyphens),    cmocka_unit_test(test_apostrophes),
        cmocka_unit_test(test_chains),     cmocka_unit_test(test_others),
        cmocka_unit_test(test_many_words),
    };
    return cmocka_run_group_tests(tests, open_scratch, close_scratch);
}
