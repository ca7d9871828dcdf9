/* Chunks in and out: their places, their sums, what is refused at open and what at first touch. */
#include "base/bytes.h"
#include "unit/unit.h"

#include <pthread.h>

#include "base/endian.h"
#include "base/error.h"
#include "base/hash.h"
#include "corrupt/victim.h"
#include "random.h"
#include "scratch_fixture.h"
#include "store/container.h"
#include "store/container_write.h"
#include "store/settings.h"
#include "store/snapshot.h"

static uint8_t byte_of(int id, uint64_t at)
{
    return (uint8_t)(at * 31 + (uint64_t)id * 7 + (at >> 9));
}

static void fill(struct chunk_writer *chunk, int id, uint64_t bytes)
{
    uint8_t part[1000];
    for (uint64_t at = 0; at < bytes;) {
        size_t n = bytes - at < 617 ? (size_t)(bytes - at) : 617;
        for (size_t i = 0; i < n; i++)
            part[i] = byte_of(id, at + i);
        chunk_append(chunk, part, n);
        at += n;
    }
    assert_int_equal(chunk_size(chunk), bytes);
    assert_int_equal(chunk_status(chunk), STATUS_OK);
}

static uint64_t bytes_of(int id)
{
    /* Three articles, as far as anything is looked at. */
    static const uint64_t sizes[] = {0, 70000, 131072, 65, 3, 65536, 24, 36, 200000};
    return sizes[id % 9];
}

/* Chunks in any order of beginning, as threads would; the text is left out. */
static const char *write_file(const char *name)
{
    struct error error = {0};
    struct bytes settings = {0};
    const char *path = scratch_path(&scratch, name);
    struct container_writer *container = container_writer_open(path, NULL, &error);
    struct file_output *out = file_output_open(path, &error);
    for (int id = CHUNK_FIELDS; id > CHUNK_SETTINGS; id--)
        fill(container_chunk(container, (enum chunk_id)id, &error), id, bytes_of(id));
    settings_write(
        &(struct settings){.article_count = 3, .title_weight_thousandths = 1000, .lang = "en"},
        &settings);
    chunk_append(container_chunk(container, CHUNK_SETTINGS, &error), settings.data, settings.size);
    assert_int_equal(container_finish(container, out, &error), STATUS_OK);
    assert_int_equal(file_output_commit(out, &error), STATUS_OK);
    container_writer_close(container);
    bytes_release(&settings);
    return path;
}

static struct snapshot *must_open(const char *path)
{
    struct error error = {0};
    struct snapshot *snapshot = snapshot_open(path, &error);
    if (!snapshot)
        fail_msg("%s", error.text);
    return snapshot;
}

static void test_round_trip(void **state)
{
    (void)state;
    struct error error = {0};
    const uint8_t *data;
    struct snapshot *snapshot = must_open(write_file("whole.vbt"));
    for (int id = CHUNK_LEXICON; id < CHUNK_COUNT; id++) {
        uint64_t bytes = id <= CHUNK_FIELDS ? bytes_of(id) : 0;
        assert_int_equal(snapshot_has(snapshot, (enum chunk_id)id), id <= CHUNK_FIELDS);
        assert_int_equal(snapshot_chunk_bytes(snapshot, (enum chunk_id)id), bytes);
        if (id > CHUNK_FIELDS)
            continue;
        assert_int_equal(snapshot_view(snapshot, (enum chunk_id)id, 0, bytes, &data), STATUS_OK);
        assert_int_equal((uintptr_t)data % 64, 0);
        for (uint64_t at = 0; at < bytes; at++)
            assert_int_equal(data[at], byte_of(id, at));
    }
    assert_int_equal(snapshot_verify(snapshot, &error), STATUS_OK);
    assert_true(snapshot_is_padded(snapshot));
    snapshot_unref(snapshot);
}

static void test_same_bytes(void **state)
{
    (void)state;
    size_t size, other_size;
    char *data = scratch_get(write_file("one.vbt"), &size);
    char *other = scratch_get(write_file("two.vbt"), &other_size);
    assert_int_equal(size, other_size);
    assert_memory_equal(data, other, size);
    free(data);
    free(other);
}

static void test_views_have_bounds(void **state)
{
    (void)state;
    struct snapshot *snapshot = must_open(write_file("bounds.vbt"));
    const uint8_t *data;
    enum chunk_id id = CHUNK_LEXICON;
    assert_int_equal(bytes_of(id), 70000);
    assert_int_equal(snapshot_view(snapshot, id, 69999, 1, &data), STATUS_OK);
    assert_int_equal(*data, byte_of(id, 69999));
    assert_int_equal(snapshot_view(snapshot, id, 70000, 0, &data), STATUS_OK);
    assert_int_equal(snapshot_view(snapshot, id, 70000, 1, &data), STATUS_CORRUPT);
    assert_int_equal(snapshot_view(snapshot, id, 70001, 0, &data), STATUS_CORRUPT);
    assert_int_equal(snapshot_view(snapshot, id, 1, UINT64_MAX, &data), STATUS_CORRUPT);
    assert_int_equal(snapshot_view(snapshot, id, UINT64_MAX, 1, &data), STATUS_CORRUPT);
    assert_int_equal(snapshot_view(snapshot, CHUNK_TEXT, 0, 0, &data), STATUS_CORRUPT);
    snapshot_unref(snapshot);
}

/* One byte of one page: that page alone is refused, by its name, and the others are still given. */
static void test_first_touch(void **state)
{
    (void)state;
    struct victim victim;
    struct error error = {0};
    const uint8_t *data;
    victim_open(&victim, write_file("touch.vbt"));
    struct snapshot *snapshot = must_open(victim.path);
    uint64_t bytes = snapshot_chunk_bytes(snapshot, CHUNK_FIELDS);
    assert_int_equal(snapshot_view(snapshot, CHUNK_FIELDS, bytes - 1, 1, &data), STATUS_OK);
    victim.data[victim.body_end - 70] ^= 1; /* looked at already: not looked at again */
    assert_int_equal(snapshot_view(snapshot, CHUNK_FIELDS, bytes - 1, 1, &data), STATUS_OK);
    snapshot_unref(snapshot);

    snapshot = must_open(victim.path);
    assert_int_equal(snapshot_view(snapshot, CHUNK_LEXICON, 0, 100, &data), STATUS_OK);
    assert_int_equal(snapshot_view(snapshot, CHUNK_FIELDS, bytes - 1, 1, &data), STATUS_CORRUPT);
    assert_int_equal(snapshot_view(snapshot, CHUNK_FIELDS, bytes - 1, 1, &data), STATUS_CORRUPT);
    assert_int_equal(snapshot_view(snapshot, CHUNK_FIELDS, 0, 1, &data), STATUS_OK);
    snapshot_explain(snapshot, STATUS_CORRUPT, CHUNK_FIELDS, &error);
    uint64_t page = (victim.body_end - 70) / 65536;
    char expected[4300];
    snprintf(expected, sizeof expected,
             "'%s' is damaged: chunk 'fields', page %llu at byte %llu fails its checksum",
             victim.path, (unsigned long long)page, (unsigned long long)page * 65536);
    assert_string_equal(error.text, expected);
    snapshot_unref(snapshot);
    victim_close(&victim);
}

static void test_explanations(void **state)
{
    (void)state;
    struct error error = {0};
    struct snapshot *snapshot = must_open(write_file("x.vbt"));
    snapshot_explain(snapshot, STATUS_CORRUPT, CHUNK_LEXICON, &error);
    assert_int_equal(error.status, STATUS_CORRUPT);
    assert_non_null(strstr(error.text, "x.vbt' is damaged: chunk 'lexicon' contradicts itself"));
    error = (struct error){0};
    snapshot_explain(snapshot, STATUS_NO_MEMORY, CHUNK_LEXICON, &error);
    assert_int_equal(error.status, STATUS_NO_MEMORY);
    snapshot_unref(snapshot);
}

static void expect_refusal(const char *path, enum status status, const char *words)
{
    struct error error = {0};
    assert_null(snapshot_open(path, &error));
    assert_int_equal(error.status, status);
    if (!strstr(error.text, words))
        fail_msg("'%s' does not say '%s'", error.text, words);
}

static void test_other_files(void **state)
{
    (void)state;
    const char *path = scratch_path(&scratch, "other");
    expect_refusal(path, STATUS_IO, "other'");
    scratch_put(path, "", 0);
    expect_refusal(path, STATUS_INVALID, "not an index");
    scratch_put(path, "VERBATIN and more than eight bytes", 34);
    expect_refusal(path, STATUS_INVALID, "not an index");
    scratch_put(path, "VERBATIM", 8);
    expect_refusal(path, STATUS_CORRUPT, "header");
    expect_refusal(scratch.folder, STATUS_INVALID, "regular");
}

/* A change under sums that fit it. */
static void refused_with(size_t at, uint64_t value, size_t size, enum status status,
                         const char *words)
{
    struct victim victim;
    victim_open(&victim, write_file("changed.vbt"));
    uint8_t bytes[8];
    store_le64(bytes, value);
    memcpy(victim.data + at, bytes, size);
    victim_mend(&victim, at, size);
    expect_refusal(victim.path, status, words);
    victim_close(&victim);
}

static void test_versions_and_features(void **state)
{
    (void)state;
    refused_with(HEADER_VERSION, 1, 4, STATUS_UNSUPPORTED, "format version 1 is not known");
    refused_with(HEADER_VERSION, 3, 4, STATUS_UNSUPPORTED, "format version 3");
    refused_with(HEADER_VERSION, 0, 4, STATUS_UNSUPPORTED, "format version 0");
    refused_with(HEADER_REQUIRED, 1, 8, STATUS_CORRUPT, "table");
    refused_with(HEADER_REQUIRED, 4, 8, STATUS_UNSUPPORTED, "feature 2");
    refused_with(HEADER_REQUIRED, 1ull << 63, 8, STATUS_UNSUPPORTED, "feature 63");
    refused_with(HEADER_PAGE_LOG2, 12, 4, STATUS_CORRUPT, "header");
    refused_with(HEADER_ZEROS, 1, 1, STATUS_CORRUPT, "header");
    refused_with(HEADER_CHUNK_COUNT + 4, 1, 1, STATUS_CORRUPT, "header");
}

static void test_optional_features_are_ignored(void **state)
{
    (void)state;
    struct victim victim;
    victim_open(&victim, write_file("optional.vbt"));
    memset(victim.data + HEADER_OPTIONAL, 0xFF, 8);
    victim_mend(&victim, HEADER_OPTIONAL, 8);
    snapshot_unref(must_open(victim.path));
    victim_close(&victim);
}

static void test_table(void **state)
{
    (void)state;
    struct victim victim;
    victim_open(&victim, write_file("table.vbt"));
    size_t table = (size_t)load_le64(victim.data + HEADER_TABLE);
    victim_close(&victim);
    refused_with(table, 'x', 1, STATUS_UNSUPPORTED, "chunk 'xettings'");
    refused_with(table + 15, 'x', 1, STATUS_UNSUPPORTED, "chunk 'settings'");
    refused_with(table + 16, 192, 8, STATUS_CORRUPT, "table");
    refused_with(table + 24, UINT64_MAX, 8, STATUS_CORRUPT, "table");
    refused_with(table + 24, 65, 8, STATUS_CORRUPT, "");
    refused_with(table + 32 + 16, UINT64_MAX - 63, 8, STATUS_CORRUPT, "table");
    refused_with(HEADER_CHUNK_COUNT, 8, 4, STATUS_CORRUPT, "header");
    refused_with(HEADER_TABLE, table + 32, 8, STATUS_CORRUPT, "header");
    refused_with(HEADER_PAGE_COUNT, UINT64_MAX / 8, 8, STATUS_CORRUPT, "header");
}

/* A file that claims more articles than it has numbers of. */
static void test_number_of_articles(void **state)
{
    (void)state;
    refused_with(CONTAINER_HEADER_BYTES, 4, 4, STATUS_CORRUPT,
                 "chunk 'norms' is not of 4 articles");
    refused_with(CONTAINER_HEADER_BYTES, 0x7FFFFFFF, 4, STATUS_CORRUPT, "chunk 'norms' is not of");
}

static void test_missing_chunk(void **state)
{
    (void)state;
    struct error error = {0};
    const char *path = scratch_path(&scratch, "missing.vbt");
    struct container_writer *container = container_writer_open(path, NULL, &error);
    struct file_output *out = file_output_open(path, &error);
    fill(container_chunk(container, CHUNK_LEXICON, &error), CHUNK_LEXICON, 10);
    assert_int_equal(container_finish(container, out, &error), STATUS_OK);
    assert_int_equal(file_output_commit(out, &error), STATUS_OK);
    container_writer_close(container);
    expect_refusal(path, STATUS_CORRUPT, "chunk 'settings' is missing");
}

static void test_replaced(void **state)
{
    (void)state;
    struct snapshot *snapshot = must_open(write_file("again.vbt"));
    assert_false(snapshot_replaced(snapshot));
    write_file("again.vbt");
    assert_true(snapshot_replaced(snapshot));
    const uint8_t *data;
    assert_int_equal(snapshot_view(snapshot, CHUNK_LEXICON, 0, 70000, &data), STATUS_OK);
    assert_non_null(strstr(snapshot_path(snapshot), "again.vbt"));
    snapshot_unref(snapshot);
}

/* --- Threads -----------------------------------------------------------------------------------*/

static void *view_at_random(void *context)
{
    struct snapshot *snapshot = snapshot_ref(context);
    uint64_t random = (uint64_t)(uintptr_t)&random;
    const uint8_t *data;
    struct error error = {0};
    for (int i = 0; i < 2000; i++) {
        enum chunk_id id = (enum chunk_id)(1 + random_below(&random, CHUNK_FIELDS));
        uint64_t offset = random_below(&random, snapshot_chunk_bytes(snapshot, id) + 1);
        uint64_t bytes = random_below(&random, snapshot_chunk_bytes(snapshot, id) - offset + 1);
        if (snapshot_view(snapshot, id, offset, bytes, &data) != STATUS_OK)
            return context;
        if (bytes && (data[0] != byte_of((int)id, offset) ||
                      data[bytes - 1] != byte_of((int)id, offset + bytes - 1)))
            return context;
    }
    if (snapshot_verify(snapshot, &error) != STATUS_OK)
        return context;
    snapshot_unref(snapshot);
    return NULL;
}

static void test_threads(void **state)
{
    (void)state;
    pthread_t threads[8];
    struct snapshot *snapshot = must_open(write_file("threads.vbt"));
    for (int i = 0; i < 8; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, view_at_random, snapshot), 0);
    snapshot_unref(snapshot_ref(snapshot));
    for (int i = 0; i < 8; i++) {
        void *failed;
        pthread_join(threads[i], &failed);
        assert_null(failed);
    }
    snapshot_unref(snapshot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_views_have_bounds),
        cmocka_unit_test(test_first_touch),
        cmocka_unit_test(test_explanations),
        cmocka_unit_test(test_other_files),
        cmocka_unit_test(test_versions_and_features),
        cmocka_unit_test(test_optional_features_are_ignored),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_number_of_articles),
        cmocka_unit_test(test_missing_chunk),
        cmocka_unit_test(test_replaced),
        cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, open_scratch, close_scratch);
}
