/* Every byte changed and every truncation of an index: refused, by name and place, and never
 * answered from. */
#include "unit/unit.h"

#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "corrupt/read_all.h"
#include "corrupt/victim.h"
#include "random.h"
#include "scratch.h"
#include "store/check.h"
#include "store/container.h"
#include "store/snapshot.h"
#include "unit/store/sample.h"
#include "unit/store/sample_classes.h"

static struct scratch scratch;
static struct victim victim;

static int make_victim(void **state)
{
    (void)state;
    struct sample sample;
    scratch_open(&scratch);
    const char *path = scratch_path(&scratch, "victim.vbt");
    sample_make(&sample, &(struct sample_options){20, 700, 300, 5, 60, 100, false});
    sample_add_grams(&sample,
                     &(struct gram_rule){.words_most = 3, .least_df = 100, .ranked_words = 2});
    sample_add_classes(&sample, &(struct class_rule){600, 12}, 40, 50);
    sample.has_titles = true;
    sample_write(&sample, path);
    sample_free(&sample);
    victim_open(&victim, path);
    assert_in_range(victim.size, 66000, 256 * 1024); /* more than a page */
    return 0;
}

static int drop_victim(void **state)
{
    (void)state;
    victim_close(&victim);
    scratch_close(&scratch);
    return 0;
}

static void check_refusal(const struct error *error)
{
    assert_true(error->status == STATUS_CORRUPT || error->status == STATUS_INVALID ||
                error->status == STATUS_UNSUPPORTED);
    assert_non_null(strstr(error->text, "victim.vbt'"));
}

/* Whether all chunks can be looked at, page by page. */
static bool all_views_good(const struct snapshot *snapshot)
{
    const uint8_t *data;
    for (int id = 0; id < CHUNK_COUNT; id++) {
        uint64_t bytes = snapshot_chunk_bytes(snapshot, (enum chunk_id)id);
        for (uint64_t offset = 0; offset < bytes; offset += 512) {
            uint64_t part = bytes - offset < 512 ? bytes - offset : 512;
            if (snapshot_view(snapshot, (enum chunk_id)id, offset, part, &data) != STATUS_OK)
                return false;
        }
    }
    return true;
}

/* The page is named, and no view of it is given. */
static void check_damage(size_t at, bool look)
{
    struct error error = {0};
    char place[64];
    struct snapshot *snapshot = snapshot_open(victim.path, &error);
    if (!snapshot) {
        check_refusal(&error);
        return;
    }
    assert_in_range(at, CONTAINER_HEADER_BYTES,
                    victim.body_end - 1); /* all else is checked at open */
    if (look)
        assert_false(all_views_good(snapshot));
    assert_int_equal(snapshot_verify(snapshot, &error), STATUS_CORRUPT);
    check_refusal(&error);
    snprintf(place, sizeof place, "page %zu at byte %zu ", at / CONTAINER_PAGE_BYTES,
             at / CONTAINER_PAGE_BYTES * CONTAINER_PAGE_BYTES);
    assert_non_null(strstr(error.text, place));
    assert_non_null(strstr(error.text, "chunk '"));
    snapshot_unref(snapshot);
}

static void test_every_byte(void **state)
{
    (void)state;
    uint64_t random = 21;
    for (size_t at = 0; at < victim.size; at++) {
        uint8_t whole = victim.data[at];
        victim.data[at] = (uint8_t)~whole;
        check_damage(at, at % 64 == 0);
        victim.data[at] = whole ^ (uint8_t)(1 << random_below(&random, 8));
        check_damage(at, false);
        victim.data[at] = whole;
    }
}

static void test_every_truncation(void **state)
{
    (void)state;
    char path[4096];
    struct error error = {0};
    snprintf(path, sizeof path, "%s/cut victim.vbt", scratch.folder);
    scratch_put(path, victim.data, victim.size);
    for (size_t size = victim.size; size-- > 0;) {
        error = (struct error){0};
        assert_int_equal(truncate(path, (off_t)size), 0);
        assert_null(snapshot_open(path, &error));
        check_refusal(&error);
    }
}

static void test_more_bytes(void **state)
{
    (void)state;
    struct error error = {0};
    char *longer = calloc(victim.size + 1, 1);
    const char *path = scratch_path(&scratch, "long victim.vbt");
    memcpy(longer, victim.data, victim.size);
    scratch_put(path, longer, victim.size + 1);
    assert_null(snapshot_open(path, &error));
    check_refusal(&error);
    free(longer);
}

static void test_whole(void **state)
{
    (void)state;
    struct error error = {0};
    struct snapshot *snapshot = snapshot_open(victim.path, &error);
    assert_non_null(snapshot);
    assert_true(all_views_good(snapshot));
    assert_int_equal(snapshot_verify(snapshot, &error), STATUS_OK);
    snapshot_unref(snapshot);
}

/* --- Reading on over pages ---------------------------------------------------------------------*/

static void count_report(void *context, enum chunk_id chunk, const char *what)
{
    assert_true(chunk < CHUNK_COUNT && what[0]);
    ++*(unsigned *)context;
}

/* Reads and checks all there is; what is read. */
static uint64_t read_large(const struct victim *large, bool *whole, unsigned *reports)
{
    struct error error = {0};
    struct snapshot *snapshot = snapshot_open(large->path, &error);
    uint64_t hash = 0;
    *whole = false;
    *reports = 1;
    if (!snapshot)
        return 0;
    *reports = 0;
    hash = read_all(snapshot, whole);
    enum status status = store_check(snapshot, count_report, reports);
    assert_true((status == STATUS_OK) == (*reports == 0));
    snapshot_unref(snapshot);
    return hash;
}

static void damage_pages(bool with_classes)
{
    struct sample sample;
    struct victim large;
    bool whole;
    unsigned reports;
    size_t noticed = 0, pages;
    const char *path = scratch_path(&scratch, "large.vbt");
    sample_make(&sample, &(struct sample_options){22, 300, 700, 12, 150, 60, false});
    if (with_classes)
        sample_add_classes(&sample, &(struct class_rule){600, 12}, 200, 300);
    else
        sample_add_grams(&sample, &(struct gram_rule){.words_most = 3, .least_df = 5});
    sample.has_titles = with_classes;
    sample_write(&sample, path);
    sample_free(&sample);
    victim_open(&large, path);
    uint64_t hash = read_large(&large, &whole, &reports);
    assert_true(whole && reports == 0);
    pages = (large.body_end + CONTAINER_PAGE_BYTES - 1) / CONTAINER_PAGE_BYTES;
    assert_in_range(pages, 4, 40);
    for (size_t page = 0; page < pages; page++) {
        uint8_t *byte = &large.data[page * CONTAINER_PAGE_BYTES + 100];
        *byte ^= 1;
        uint64_t read = read_large(&large, &whole, &reports);
        assert_true(!whole || read == hash); /* else it has looked at no such page */
        noticed += !whole && reports > 0;
        *byte ^= 1;
    }
    assert_true(noticed + 2 >= pages);
    victim_close(&large);
}

/* A page that fails its sum is met at any place of a list, a block or a table: whoever reads there
 * says so, and no wrong thing is read. */
static void test_every_page(void **state)
{
    (void)state;
    damage_pages(false);
    damage_pages(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_byte), cmocka_unit_test(test_every_truncation),
        cmocka_unit_test(test_more_bytes), cmocka_unit_test(test_whole),
        cmocka_unit_test(test_every_page),
    };
    return cmocka_run_group_tests(tests, make_victim, drop_victim);
}
