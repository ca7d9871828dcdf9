/* Damage under sums that are made right again, so that the checks of bounds stand alone: whatever
 * the bytes say, reading everything ends, and what comes back keeps its promises. What is not
 * noticed has changed nothing. */
#include "unit/unit.h"

#include <string.h>

#include "base/endian.h"
#include "base/error.h"
#include "corrupt/read_all.h"
#include "corrupt/victim.h"
#include "random.h"
#include "scratch_fixture.h"
#include "store/check.h"
#include "store/completions_read.h"
#include "store/container.h"
#include "store/lexicon_read.h"
#include "unit/store/sample.h"
#include "unit/store/sample_classes.h"

/* Under a sanitizer, or not optimised, each try is slow, so there are fewer, by steps that meet
 * every byte of numbers. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__ || !defined __OPTIMIZE__
enum { BYTE_STEP = 5, NUMBER_STEP = 13 };
#else
enum { BYTE_STEP = 1, NUMBER_STEP = 3 };
#endif

static struct victim victim;
static uint8_t *whole_bytes;
static uint64_t whole_hashes[READ_ALL + 1]; /* by what is read */
static bool *untold;   /* of each byte: whether nothing else in the file tells what it is to be */
static bool reordered; /* the next victim */
static size_t refused, reported, harmless, different;

static void count_report(void *context, enum chunk_id chunk, const char *what)
{
    (void)chunk;
    assert_non_null(what);
    ++*(unsigned *)context;
}

static uint64_t read_whole(enum read_parts parts, bool *whole, unsigned *reports)
{
    struct error error = {0};
    uint64_t hash = 0;
    struct snapshot *snapshot = snapshot_open(victim.path, &error);
    *whole = false;
    *reports = 0;
    if (!snapshot) {
        refused++;
        assert_int_not_equal(error.status, STATUS_OK);
        return 0;
    }
    hash = read_parts(snapshot, parts, whole);
    enum status status = store_check(snapshot, count_report, reports);
    assert_true((status == STATUS_OK) == (*reports == 0));
    snapshot_unref(snapshot);
    return hash;
}

static bool find_chunk(const char *name, uint64_t *offset, uint64_t *bytes)
{
    const uint8_t *entry = whole_bytes + load_le64(whole_bytes + HEADER_TABLE);
    for (; strcmp((const char *)entry, name) != 0; entry += CONTAINER_ENTRY_BYTES)
        if (entry + CONTAINER_ENTRY_BYTES == whole_bytes + victim.size)
            return false;
    *offset = load_le64(entry + CONTAINER_NAME_BYTES);
    *bytes = load_le64(entry + CONTAINER_NAME_BYTES + 8);
    return true;
}

/* Whether a byte lies in the chunk of a name. */
static bool lies_in(size_t at, const char *name)
{
    uint64_t offset, bytes;
    return find_chunk(name, &offset, &bytes) && at >= offset && at < offset + bytes;
}

static bool lies_in_one(size_t at, const char *const *names)
{
    for (; *names; names++)
        if (lies_in(at, *names))
            return true;
    return false;
}

/* What a damage can change: what looks at no chunk of it reads what it read before. */
static enum read_parts concerned(size_t at, size_t size)
{
    static const char *const lists[] = {"lexicon",   "postings", "positions",   "grams",  "classes",
                                        "compounds", "titles",   "completions", "groups", NULL};
    static const char *const articles[] = {"fields", "text", NULL};
    if (lies_in_one(at, lists) && lies_in_one(at + size - 1, lists))
        return READ_LISTS;
    if (lies_in_one(at, articles) && lies_in_one(at + size - 1, articles))
        return READ_ARTICLES;
    return READ_ALL;
}

/* The letters of a phrase that it does not share with the one before, and how it is written. */
static void mark_phrase(const struct completion_cursor *cursor, size_t shared, const uint8_t *chunk,
                        bool *marks)
{
    size_t suffix = cursor->text.size - shared;
    ptrdiff_t shown = (const uint8_t *)cursor->shown.data - chunk;
    assert_true(cursor->articles < 128 && cursor->shown.size < 128); /* in a byte each */
    for (size_t i = 0; i < cursor->shown.size; i++)
        marks[shown + (ptrdiff_t)i] = true;
    for (size_t i = 1; i <= suffix; i++)
        marks[shown - 2 - (ptrdiff_t)i] = true;
}

static void mark_phrases(const struct completions *completions, const uint8_t *chunk, bool *marks)
{
    struct completion_cursor cursor = {0};
    for (uint32_t i = 0; i < completions->tables[COMPLETION_PHRASES].block_count; i++) {
        char before[COMPLETIONS_TEXT_MOST];
        size_t size = 0, shared;
        completion_cursor_block(&cursor, completions, COMPLETION_PHRASES, i);
        while (completion_cursor_next(&cursor)) {
            for (shared = 0; shared < size && shared < cursor.text.size &&
                             before[shared] == (char)cursor.text.data[shared];)
                shared++;
            mark_phrase(&cursor, shared, chunk, marks);
            size = cursor.text.size;
            memcpy(before, cursor.text.data, size);
        }
        assert_int_equal(cursor.status, STATUS_OK);
    }
    completion_cursor_release(&cursor);
}

/* Which phrases are kept is told nowhere, so other letters may make another one; how they are
 * written and which titles there are takes the text contract to tell. */
static void mark_untold(void)
{
    struct error error = {0};
    struct completions completions;
    struct lexicon lexicon;
    uint64_t offset, bytes;
    const uint8_t *chunk;
    untold = calloc(victim.size, sizeof *untold);
    if (!find_chunk("completions", &offset, &bytes))
        return;
    struct snapshot *snapshot = snapshot_open(victim.path, &error);
    assert_non_null(snapshot);
    assert_int_equal(lexicon_open(&lexicon, snapshot), STATUS_OK);
    assert_int_equal(completions_open(&completions, snapshot, lexicon.block_count), STATUS_OK);
    assert_int_equal(snapshot_view(snapshot, CHUNK_COMPLETIONS, 0, bytes, &chunk), STATUS_OK);
    mark_phrases(&completions, chunk, untold + offset);
    const struct completion_table *titles = &completions.tables[COMPLETION_TITLES];
    for (uint64_t i = 0; i < titles->block_bytes; i++)
        untold[offset + titles->blocks + i] = true;
    snapshot_unref(snapshot);
}

static void make_victim(const struct sample_options *options, const struct gram_rule *rule)
{
    struct sample sample;
    bool whole;
    unsigned reports;
    const char *path = scratch_path(&scratch, "victim.vbt");
    sample_make(&sample, options);
    if (rule && rule->words_most)
        sample_add_grams(&sample, rule);
    else if (rule)
        sample_add_classes(&sample, &(struct class_rule){rule->bound, 12}, 3, 4);
    sample.has_titles = sample.has_classes;
    sample.reordered = reordered;
    sample_write(&sample, path);
    sample_free(&sample);
    victim_open(&victim, path);
    whole_bytes = malloc(victim.size);
    memcpy(whole_bytes, victim.data, victim.size);
    for (int parts = READ_LISTS; parts <= READ_ALL; parts++) {
        whole_hashes[parts] = read_whole((enum read_parts)parts, &whole, &reports);
        assert_true(whole && reports == 0);
    }
    refused = reported = harmless = different = 0;
    mark_untold();
}

static void free_victim(void)
{
    free(whole_bytes);
    free(untold);
    victim_close(&victim);
}

static void restore(size_t at, size_t size)
{
    memcpy(victim.data + at, whole_bytes + at, size);
    memcpy(victim.data, whole_bytes, CONTAINER_HEADER_BYTES);
    memcpy(victim.data + victim.body_end, whole_bytes + victim.body_end,
           victim.size - victim.body_end);
}

/* Whether all that differs is told nowhere else. */
static bool is_untold(size_t at, size_t size)
{
    for (size_t i = at; i < at + size; i++)
        if (victim.data[i] != whole_bytes[i] && !untold[i])
            return false;
    return true;
}

/* Another index that contradicts itself nowhere: other settings, other letters in a key, a gram
 * said to be elsewhere, a text that happens to have the sum of its block, which is an Adler-32; of
 * what is suggested, what is_untold. In all other chunks a change contradicts something. */
static void note_other(size_t at, size_t size)
{
    static const char *const names[] = {"settings", "lexicon", "grams", "classes", "text", NULL};
    if (!is_untold(at, size) && !lies_in_one(at, names))
        fail_msg("a change at byte %zu is not noticed", at);
    different++;
}

/* The bytes from at on are changed: mends the sums, reads everything, and puts all back. */
static void try_damage(size_t at, size_t size)
{
    bool whole;
    unsigned reports;
    if (memcmp(victim.data + at, whole_bytes + at, size) == 0)
        return;
    victim_mend(&victim, at, size);
    enum read_parts parts = concerned(at, size);
    uint64_t hash = read_whole(parts, &whole, &reports);
    if (reports)
        reported++;
    else if (whole && hash == whole_hashes[parts])
        harmless++;
    else if (whole)
        note_other(at, size);
    restore(at, size);
}

/* Beside grams or classes one byte in four of what the other victims are damaged in throughout. */
static bool is_left_out(size_t at)
{
    static const char *const names[] = {"lexicon", "postings", "positions", "fields", "text", NULL};
    uint64_t offset, bytes;
    if (at % 4 == 0 ||
        (!find_chunk("grams", &offset, &bytes) && !find_chunk("classes", &offset, &bytes)))
        return false;
    return lies_in_one(at, names);
}

static void damage_bytes(void)
{
    uint64_t random = 22;
    for (size_t at = 0; at < victim.size; at += BYTE_STEP) {
        if (is_left_out(at))
            continue;
        victim.data[at] = (uint8_t)~whole_bytes[at];
        try_damage(at, 1);
        victim.data[at] = whole_bytes[at] ^ (uint8_t)(1 << random_below(&random, 8));
        try_damage(at, 1);
    }
}

/* Whatever four and eight bytes may be a length or an offset. */
static void damage_numbers(void)
{
    static const uint64_t values[] = {
        0, 1, UINT64_MAX, UINT64_MAX - 1, 0x7FFFFFFFFFFFFFFF, 0x7FFFFFFF7FFFFFFF};
    for (size_t at = 8; at + 8 <= victim.size; at += NUMBER_STEP) {
        if (is_left_out(at))
            continue;
        for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
            store_le32(victim.data + at, (uint32_t)values[i]);
            try_damage(at, 4);
            if (at % 8)
                continue;
            store_le64(victim.data + at, values[i]);
            try_damage(at, 8);
        }
    }
}

static void damage_chunk(const char *name)
{
    uint64_t random = 23;
    for (size_t at = 0; at < victim.size; at += BYTE_STEP) {
        if (!lies_in(at, name))
            continue;
        victim.data[at] = whole_bytes[at] ^ (uint8_t)(1 + random_below(&random, 255));
        try_damage(at, 1);
    }
}

static void damage_all(const struct sample_options *options, const struct gram_rule *rule,
                       bool numbers)
{
    make_victim(options, rule);
    if (numbers)
        damage_numbers();
    else
        damage_bytes();
    printf("%zu bytes: %zu refused at open, %zu reported, %zu changed nothing, %zu another index\n",
           victim.size, refused, reported, harmless, different);
    assert_true(reported > 5 * (harmless + different));
    free_victim();
}

static const struct sample_options long_lists = {30, 150, 3, 2, 24, 0, false};
static const struct sample_options long_positions = {31, 1, 2, 0, 3000, 0, true};
static const struct sample_options long_titles = {33, 320, 2, 2, 1, 0, true};
static const struct sample_options many_terms = {32, 2, 300, 2, 150, 1, false};

static void test_bytes_of_long_lists(void **state)
{
    (void)state;
    damage_all(&long_lists, NULL, false);
}

static void test_bytes_of_long_positions(void **state)
{
    (void)state;
    damage_all(&long_positions, NULL, false);
}

static void test_bytes_of_long_titles(void **state)
{
    (void)state;
    damage_all(&long_titles, NULL, false);
}

/* Lists long enough to have their best articles beside them, and nearly nothing else. */
static const struct sample_options best_articles = {36, 1010, 1, 1, 2, 0, true};

static void test_bytes_of_best_articles(void **state)
{
    (void)state;
    make_victim(&best_articles, NULL);
    damage_chunk("postings");
    printf("%zu reported, %zu changed nothing, %zu another index\n", reported, harmless, different);
    assert_true(reported > 500 / BYTE_STEP && harmless == 0 && different == 0);
    free_victim();
}

static void test_bytes_of_many_terms(void **state)
{
    (void)state;
    damage_all(&many_terms, NULL, false);
}

static void test_bytes_of_an_order(void **state)
{
    static const struct sample_options options = {36, 60, 3, 2, 4, 0, true};
    (void)state;
    reordered = true;
    damage_all(&options, NULL, false);
    reordered = false;
}

static void test_numbers_of_long_lists(void **state)
{
    (void)state;
    damage_all(&long_lists, NULL, true);
}

static void test_numbers_of_long_positions(void **state)
{
    (void)state;
    damage_all(&long_positions, NULL, true);
}

static void test_numbers_of_many_terms(void **state)
{
    (void)state;
    damage_all(&many_terms, NULL, true);
}

/* Few words, so that there are lists of grams of many blocks, and few of another length. */
static const struct sample_options long_grams = {34, 300, 2, 4, 5, 0, true};
static const struct gram_rule long_gram_rule = {
    .words_most = 3, .least_df = 150, .ranked_words = 2};
static const struct sample_options many_grams = {35, 3, 40, 3, 60, 0, true};
static const struct gram_rule many_gram_rule = {
    .words_most = 8, .least_df = 2, .ranked_words = 8, .dense = 2};

static void test_bytes_of_grams(void **state)
{
    (void)state;
    damage_all(&long_grams, &long_gram_rule, false);
    damage_all(&many_grams, &many_gram_rule, false);
}

static void test_numbers_of_grams(void **state)
{
    (void)state;
    damage_all(&long_grams, &long_gram_rule, true);
    damage_all(&many_grams, &many_gram_rule, true);
}

/* As above, with classes in place of grams. */
static const struct sample_options long_classes = {36, 140, 3, 3, 4, 0, true};
static const struct sample_options many_classes = {37, 3, 40, 3, 60, 0, true};
static const struct gram_rule some_classes_listed = {.bound = 30};

static void test_bytes_of_classes(void **state)
{
    (void)state;
    damage_all(&long_classes, &some_classes_listed, false);
    damage_all(&many_classes, &some_classes_listed, false);
}

static void test_numbers_of_classes(void **state)
{
    (void)state;
    damage_all(&long_classes, &some_classes_listed, true);
    damage_all(&many_classes, &some_classes_listed, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes_of_long_lists),
        cmocka_unit_test(test_bytes_of_long_positions),
        cmocka_unit_test(test_bytes_of_long_titles),
        cmocka_unit_test(test_bytes_of_best_articles),
        cmocka_unit_test(test_bytes_of_many_terms),
        cmocka_unit_test(test_bytes_of_an_order),
        cmocka_unit_test(test_numbers_of_long_lists),
        cmocka_unit_test(test_numbers_of_long_positions),
        cmocka_unit_test(test_numbers_of_many_terms),
        cmocka_unit_test(test_bytes_of_grams),
        cmocka_unit_test(test_numbers_of_grams),
        cmocka_unit_test(test_bytes_of_classes),
        cmocka_unit_test(test_numbers_of_classes),
    };
    return cmocka_run_group_tests(tests, open_scratch, close_scratch);
}
