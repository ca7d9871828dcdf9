/* Groups written and read, and what the check says of such as lie. */
#include "base/endian.h"
#include "store/groups_write.h"
#include "store/settings.h"
#include "unit/store/check_fixture.h"

enum { ARTICLES = 8, MOST = 16 };

static uint32_t numbers[3 * MOST];
static size_t number_count;
static uint64_t footer;

/* Two groups, of 1, 4 and 6, and of 2 and 5. */
static void set_good(void)
{
    static const uint32_t good[] = {
        1, 2, 4, 5, 6, 0, 3, 0, 3, 0, 1, 4, 6 | GROUPS_LAST, 2, 5 | GROUPS_LAST};
    memcpy(numbers, good, sizeof good);
    number_count = sizeof good / sizeof *good;
    footer = 5;
}

static void write_numbers(struct container_writer *container)
{
    struct error error = {0};
    uint8_t bytes[8];
    struct chunk_writer *chunk = container_chunk(container, CHUNK_GROUPS, &error);
    assert_non_null(chunk);
    for (size_t i = 0; i < number_count; i++) {
        store_le32(bytes, numbers[i]);
        chunk_append(chunk, bytes, 4);
    }
    store_le64(bytes, footer);
    chunk_append(chunk, bytes, 8);
}

static void make(void)
{
    const struct sample_options options = {
        .seed = 9, .articles = ARTICLES, .vocabulary = 20, .title_words = 3, .body_words = 20};
    sample_make(&sample, &options);
    sample.write_groups = write_numbers;
}

static void expect_of(size_t at, uint32_t number, const char *words)
{
    set_good();
    numbers[at] = number;
    make();
    expect(words);
}

static void test_check(void **state)
{
    (void)state;
    expect_of(0, 1, NULL);
    expect_of(1, 1, "does not ascend");
    expect_of(1, 3, "in a group that it does not tell");
    expect_of(4, ARTICLES, "in a group that it does not tell");
    expect_of(5, 3, "in a group that it does not tell");
    expect_of(5, 1, "in a group that it does not tell");
    expect_of(11, ARTICLES, "points out of it");
    expect_of(11, 0, "does not ascend");
    expect_of(11, 4 | GROUPS_LAST, "a group of one");
    expect_of(14, 5, "does not end");
    expect_of(13, 0, "does not tell");
    set_good();
    footer = 4;
    make();
    expect("its size");
    set_good();
    footer = UINT64_MAX / 12 + 1;
    make();
    expect("its size");
    set_good();
    number_count = 0;
    footer = 0;
    make();
    expect(NULL);
}

/* By plain arrays. */
static void check_read(const struct groups *groups, const uint32_t *first, const uint32_t *places)
{
    for (uint32_t doc = 0; doc < ARTICLES; doc++) {
        uint32_t begin, member, expected[ARTICLES], count = 0, mine = first[places[doc]];
        bool last = false;
        for (uint32_t place = 0; place < ARTICLES; place++)
            for (uint32_t other = 0; other < ARTICLES; other++)
                if (places[other] == place && first[place] == mine)
                    expected[count++] = other;
        enum status status = groups_find(groups, doc, &begin);
        assert_int_equal(status, count > 1 ? STATUS_OK : STATUS_NOT_FOUND);
        for (uint32_t i = 0; i < count && status == STATUS_OK; i++) {
            assert_false(last);
            assert_int_equal(groups_member(groups, begin + i, &member, &last), STATUS_OK);
            assert_int_equal(member, expected[i]);
        }
        assert_int_equal(last, count > 1);
    }
}

static uint32_t made_first[ARTICLES], made_places[ARTICLES];

static void write_made(struct container_writer *container)
{
    struct error error = {0};
    assert_int_equal(groups_write(container, made_first, made_places, ARTICLES, &error), STATUS_OK);
}

static void test_written(void **state)
{
    uint64_t seed = 5;
    (void)state;
    for (int round = 0; round < 30; round++) {
        struct error error = {0};
        struct groups groups;
        make();
        sample.write_groups = write_made;
        for (uint32_t i = 0; i < ARTICLES; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            uint32_t other = (uint32_t)(seed >> 33) % (i + 1);
            made_first[i] = made_first[other] == other ? other : i;
            made_places[i] = (i * 3 + (uint32_t)round) % ARTICLES;
        }
        sample_write(&sample, scratch_path(&scratch, "w.vbt"));
        sample_free(&sample);
        struct snapshot *snapshot = snapshot_open(scratch_path(&scratch, "w.vbt"), &error);
        assert_non_null(snapshot);
        assert_int_equal(groups_open(&groups, snapshot), STATUS_OK);
        check_read(&groups, made_first, made_places);
        snapshot_unref(snapshot);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_check),
                                       cmocka_unit_test(test_written)};
    return cmocka_run_group_tests(tests, open_scratch, close_scratch);
}
