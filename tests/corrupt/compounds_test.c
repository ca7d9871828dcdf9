/* A table of compounds that lies, every sum being right: check tells of it, and questions are
 * answered or refused, whatever it says. */
#include "unit/unit.h"

#include "base/endian.h"
#include "corrupt/victim.h"
#include "random.h"
#include "store/check.h"
#include "store/compounds_read.h"
#include "store/container.h"
#include "unit/search/library.h"

static struct library library;
static struct victim victim;
static uint8_t *whole;
static size_t chunk_at, chunk_bytes, count;
static unsigned reports, refused, silent;

static const char *const bodies[] = {
    "e-mail email e mail",
    "de-confliction deconfliction talks",
    "don't don't dont know",
    "co-operate cooperate",
    "vis-à-vis visavis",
    "air-strikes airstrikes air strikes",
    "don't don't don't don't don't don't don't don't don't mix-up",
};

static const char *const queries[] = {
    "\"e-mail\"", "email",      "\"e mail talks\"",          "\"don't know\"",
    "dont",       "airstrikes", "\"air strikes\" -cooperate"};

static void note(void *context, enum chunk_id chunk, const char *what)
{
    (void)context, (void)chunk, (void)what;
    reports++;
}

static void find_chunk(void)
{
    const uint8_t *entry = whole + load_le64(whole + HEADER_TABLE);
    while (strcmp((const char *)entry, "compounds") != 0)
        entry += CONTAINER_ENTRY_BYTES;
    chunk_at = load_le64(entry + CONTAINER_NAME_BYTES);
    chunk_bytes = load_le64(entry + CONTAINER_NAME_BYTES + 8);
    count =
        (chunk_bytes - COMPOUNDS_FOOTER_BYTES) / (COMPOUNDS_ENTRY_BYTES + COMPOUNDS_NUMBER_BYTES);
}

static int open_victim(void **state)
{
    (void)state;
    struct article articles[sizeof bodies / sizeof *bodies] = {0};
    char ids[sizeof bodies / sizeof *bodies][4];
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        snprintf(ids[i], sizeof ids[i], "%zu", i);
        articles[i].id = slice_of_string(ids[i]);
        articles[i].body = slice_of_string(bodies[i]);
    }
    library_open(&library);
    library_build(&library, "victim.vbt", articles, sizeof bodies / sizeof *bodies, false);
    victim_open(&victim, scratch_path(&library.scratch, "victim.vbt"));
    whole = malloc(victim.size);
    memcpy(whole, victim.data, victim.size);
    find_chunk();
    return count < 5;
}

static int close_victim(void **state)
{
    (void)state;
    victim_close(&victim);
    library_close(&library);
    free(whole);
    return 0;
}

/* Every question is answered, or refused because of the file. */
static void ask_all(void)
{
    static const char *const names[] = {"victim.vbt"};
    library_search(&library, names, 1);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct question question;
        library_question(&question, queries[i]);
        question.also_written = true;
        enum status status = library_ask(&library, &question);
        assert_true(status == STATUS_OK || status == STATUS_CORRUPT);
        assert_true(library.answer.total <= sizeof bodies / sizeof *bodies);
        refused += status != STATUS_OK;
    }
}

/* How often they are joined, apart, and by what is not tried: that takes the texts. So any pair may
 * be one whose closed spelling stands nowhere. */
static bool may_pass(size_t at)
{
    size_t in = (at - chunk_at) % COMPOUNDS_ENTRY_BYTES;
    bool other_kind = in >= 20 && victim.data[at] <= COMPOUND_APOSTROPHE;
    bool other_pair = in < 8 && load_le32(whole + at - in + 8) == COMPOUND_NO_TERM;
    return at - chunk_at < count * COMPOUNDS_ENTRY_BYTES &&
           ((in >= 12 && in < 20) || other_kind || other_pair);
}

/* The chunk was changed at these bytes. */
static void try_change(size_t at, size_t size)
{
    struct error error = {0};
    if (memcmp(victim.data + at, whole + at, size) == 0)
        return;
    victim_mend(&victim, at, size);
    struct snapshot *snapshot = snapshot_open(victim.path, &error);
    assert_non_null(snapshot);
    reports = 0;
    enum status status = store_check(snapshot, note, NULL);
    assert_true((status == STATUS_OK) == (reports == 0));
    silent += reports == 0;
    if (reports == 0 && !may_pass(at))
        fail_msg("a change at byte %zu of compounds is not told of", at - chunk_at);
    snapshot_unref(snapshot);
    struct searcher *searcher = searcher_open("x", (const char *const[]){victim.path}, 1, &error);
    if (searcher)
        ask_all();
    else
        assert_int_equal(error.status, STATUS_CORRUPT);
    searcher_unref(searcher);
    memcpy(victim.data, whole, victim.size);
}

static void test_bytes(void **state)
{
    uint64_t seed = 3;
    (void)state;
    refused = silent = 0;
    for (size_t at = chunk_at; at < chunk_at + chunk_bytes; at++) {
        victim.data[at] = (uint8_t)~whole[at];
        try_change(at, 1);
        victim.data[at] = whole[at] ^ (uint8_t)(1 << random_below(&seed, 8));
        try_change(at, 1);
    }
    printf("%zu bytes of %zu compounds: %u questions refused, %u changes not told of\n",
           chunk_bytes, count, refused, silent);
    assert_true(refused > 0);
}

static void test_numbers(void **state)
{
    (void)state;
    for (size_t at = chunk_at; at + 4 <= chunk_at + chunk_bytes; at += 4) {
        const uint32_t values[] = {
            0, 1, UINT32_MAX, UINT32_MAX - 1, (uint32_t)count, load_le32(whole + at) + 1};
        for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
            store_le32(victim.data + at, values[i]);
            try_change(at, 4);
        }
    }
}

/* Without its sums mended, a page is refused whole, and nothing is answered from it. */
static void test_damage(void **state)
{
    struct error error = {0};
    (void)state;
    victim.data[chunk_at + 5] ^= 1;
    assert_null(searcher_open("x", (const char *const[]){victim.path}, 1, &error));
    assert_int_equal(error.status, STATUS_CORRUPT);
    memcpy(victim.data, whole, victim.size);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_damage),
    };
    return cmocka_run_group_tests(tests, open_victim, close_victim);
}
