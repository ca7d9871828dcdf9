/* Ids whose hashes collide, by giving the writer hashes of our own. */
#include "unit/unit.h"

#include <stdlib.h>

#include "base/endian.h"
#include "base/error.h"
#include "corrupt/victim.h"
#include "store/check.h"
#include "store/columns_read.h"
#include "store/columns_write.h"
#include "store/documents_read.h"
#include "unit/store/crafted.h"

enum { ARTICLES = 300 };

static struct crafted crafted;

static int open_crafted(void **state)
{
    (void)state;
    crafted_init(&crafted, ARTICLES, 0, 0, 0);
    crafted_open(&crafted);
    return 0;
}

static int close_crafted(void **state)
{
    (void)state;
    crafted_release(&crafted);
    return 0;
}

static void find(const struct snapshot *snapshot, const char *id, enum status expected,
                 uint32_t expected_doc)
{
    struct columns columns;
    struct documents documents;
    uint32_t doc = UINT32_MAX;
    assert_int_equal(columns_open(&columns, snapshot), STATUS_OK);
    assert_int_equal(documents_open(&documents, snapshot), STATUS_OK);
    assert_int_equal(columns_find_id(&columns, &documents, slice_of_string(id), &doc), expected);
    if (expected == STATUS_OK)
        assert_int_equal(doc, expected_doc);
    documents_release(&documents);
}

static void test_find(void **state)
{
    (void)state;
    for (uint32_t doc = 0; doc < ARTICLES; doc++)
        find(crafted.snapshot, crafted.sample.articles[doc].id, STATUS_OK, doc);
    find(crafted.snapshot, "article/300", STATUS_NOT_FOUND, 0);
    find(crafted.snapshot, "", STATUS_NOT_FOUND, 0);
}

/* Every entry gets the hash of article 123's id: it is told from all the others by its stored id.
 */
static void test_collisions(void **state)
{
    (void)state;
    struct victim victim;
    struct error error = {0};
    uint64_t hash = id_hash(SLICE("article/123"));
    victim_open(&victim, snapshot_path(crafted.snapshot));
    const uint8_t *ids;
    assert_int_equal(snapshot_view(crafted.snapshot, CHUNK_IDS, 0, ARTICLES * 12, &ids), STATUS_OK);
    const uint8_t *settings;
    assert_int_equal(snapshot_view(crafted.snapshot, CHUNK_SETTINGS, 0, 64, &settings), STATUS_OK);
    size_t at = (size_t)(ids - settings) + 128;
    uint8_t *kept = malloc(ARTICLES * 12);
    memcpy(kept, victim.data + at, ARTICLES * 12);
    for (uint32_t doc = 0; doc < ARTICLES; doc++) {
        store_le64(victim.data + at + doc * 12, hash);
        store_le32(victim.data + at + doc * 12 + 8, doc);
    }
    victim_mend(&victim, at, ARTICLES * 12);
    struct snapshot *snapshot = snapshot_open(victim.path, &error);
    assert_non_null(snapshot);
    find(snapshot, "article/123", STATUS_OK, 123);
    find(snapshot, "article/122", STATUS_NOT_FOUND, 0); /* its hash is another now */
    snapshot_unref(snapshot);
    memcpy(victim.data + at, kept, ARTICLES * 12);
    victim_mend(&victim, at, ARTICLES * 12);
    victim_close(&victim);
    free(kept);
}

static void keep_report(void *context, enum chunk_id chunk, const char *what)
{
    snprintf(context, 200, "%s: %s", chunk_names[chunk], what);
}

static void test_twins(void **state)
{
    (void)state;
    struct crafted twins;
    char report[200] = "";
    crafted_init(&twins, 9, 0, 0, 0);
    strcpy(twins.sample.articles[4].id, twins.sample.articles[7].id);
    crafted_open(&twins);
    assert_int_equal(store_check(twins.snapshot, keep_report, report), STATUS_CORRUPT);
    assert_string_equal(report, "ids: articles 7 and 4 have the same id");
    crafted_release(&twins);
}

/* --- Widths of title words ---------------------------------------------------------------------*/

static void write_title_words(struct scratch *scratch, const uint32_t *counts, size_t count,
                              uint8_t width)
{
    struct error error = {0};
    const char *path = scratch_path(scratch, "columns.vbt");
    struct container_writer *container = container_writer_open(path, NULL, &error);
    struct column_writer *writer = column_writer_open(container, &error);
    struct chunk_writer *chunk = container_chunk(container, CHUNK_TITLE_WORDS, &error);
    for (size_t i = 0; i < count; i++)
        column_writer_article(writer, counts[i], counts[i], i);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(column_writer_title_words(writer)[i], counts[i]);
    assert_int_equal(column_writer_finish(writer), STATUS_OK);
    assert_int_equal(chunk_size(chunk), 1 + count * width);
    column_writer_close(writer);
    container_writer_close(container);
}

static void test_widths(void **state)
{
    (void)state;
    struct scratch scratch;
    scratch_open(&scratch);
    write_title_words(&scratch, (const uint32_t[]){0, 0}, 2, 0);
    write_title_words(&scratch, (const uint32_t[]){0, 255}, 2, 1);
    write_title_words(&scratch, (const uint32_t[]){256, 1}, 2, 2);
    write_title_words(&scratch, (const uint32_t[]){65535, 1}, 2, 2);
    write_title_words(&scratch, (const uint32_t[]){1, 65536, 3}, 3, 4);
    write_title_words(&scratch, NULL, 0, 0);
    scratch_close(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_collisions),
        cmocka_unit_test(test_twins),
        cmocka_unit_test(test_widths),
    };
    return cmocka_run_group_tests(tests, open_crafted, close_crafted);
}
