/* What is read by pages is what was appended, wherever it begins and ends, and nothing is read that
 * is not there. */
#include "build/copy_pages.h"

#include "base/memory.h"
#include "base/spool.h"
#include "random.h"
#include "scratch_fixture.h"
#include "unit/unit.h"

/* Three times what the pages hold, and not whole pages: each slot is needed by several. */
enum { PAGE = 4096, HELD = 2 << 20, ALL = 3 * HELD + 1234, PIECE = 1000 };

static uint8_t byte_at(uint64_t offset)
{
    return (uint8_t)((offset * 0x9E3779B97F4A7C15u) >> 56);
}

static struct spool *make_spool(uint64_t all)
{
    struct error error = {0};
    uint8_t piece[PIECE];
    struct spool *spool = spool_open(scratch_path(&scratch, "spool"), NULL, &error);
    assert_non_null(spool);
    for (uint64_t at = 0; at < all; at += PIECE) {
        size_t size = all - at < PIECE ? (size_t)(all - at) : PIECE;
        for (size_t i = 0; i < size; i++)
            piece[i] = byte_at(at + i);
        assert_int_equal(spool_append(spool, piece, size), STATUS_OK);
    }
    assert_int_equal(spool_flush(spool, &error), STATUS_OK);
    assert_int_equal(spool_held_size(spool), 0);
    return spool;
}

static void expect(struct copy_pages *pages, uint64_t offset, size_t size)
{
    static uint8_t data[8 * PAGE + 1];
    assert_in_range(size, 0, sizeof data - 1);
    data[size] = 0x5A;
    assert_int_equal(copy_pages_read(pages, offset, data, size), STATUS_OK);
    for (size_t i = 0; i < size; i++)
        if (data[i] != byte_at(offset + i))
            fail_msg("%zu bytes from %llu: byte %zu", size, (unsigned long long)offset, i);
    assert_int_equal(data[size], 0x5A);
}

static void test_anywhere(void **state)
{
    struct spool *spool = make_spool(ALL);
    struct copy_pages *pages = copy_pages_open(spool);
    uint64_t random = 5;
    (void)state;
    for (int i = 0; i < 20000; i++) {
        size_t size = random_below(&random, random_below(&random, 9) ? 300 : 8 * PAGE);
        expect(pages, random_below(&random, ALL - size + 1), size);
    }
    copy_pages_close(pages);
    spool_close(spool);
}

/* One byte less, none, one more: at borders of pages, of what is read past them, and at the end. */
static void test_at_borders(void **state)
{
    static const uint64_t borders[] = {PAGE, HELD, HELD + PAGE, 2 * HELD, ALL / PAGE * PAGE};
    struct spool *spool = make_spool(ALL);
    struct copy_pages *pages = copy_pages_open(spool);
    (void)state;
    for (size_t i = 0; i < sizeof borders / sizeof *borders; i++)
        for (uint64_t from = borders[i] - 1; from <= borders[i] + 1; from++)
            for (size_t size = 0; size < 3; size++)
                expect(pages, from, size);
    for (size_t size = 4 * PAGE - 1; size <= 4 * PAGE + 1; size++)
        for (uint64_t from = PAGE - 1; from <= PAGE + 1; from++)
            expect(pages, from, size);
    for (size_t size = 0; size < 3 * PAGE; size += 7)
        expect(pages, ALL - size, size);
    copy_pages_close(pages);
    spool_close(spool);
}

static void test_beyond_the_end(void **state)
{
    struct spool *spool = make_spool(ALL);
    struct copy_pages *pages = copy_pages_open(spool);
    uint8_t byte[2];
    (void)state;
    assert_int_equal(copy_pages_read(pages, ALL, byte, 1), STATUS_IO);
    assert_int_equal(copy_pages_read(pages, ALL - 1, byte, 2), STATUS_IO);
    assert_int_equal(copy_pages_read(pages, UINT64_MAX, byte, 1), STATUS_IO);
    assert_int_equal(copy_pages_read(pages, UINT64_MAX - 1, byte, 2), STATUS_IO);
    assert_int_equal(copy_pages_read(pages, 1, byte, SIZE_MAX), STATUS_IO);
    expect(pages, ALL - 1, 1);
    expect(pages, ALL, 0);
    copy_pages_close(pages);
    spool_close(spool);
}

static void test_of_less_than_a_page(void **state)
{
    struct spool *spool = make_spool(10);
    struct copy_pages *pages = copy_pages_open(spool);
    uint8_t bytes[20];
    (void)state;
    expect(pages, 0, 10);
    assert_int_equal(copy_pages_read(pages, 0, bytes, 11), STATUS_IO);
    assert_int_equal(copy_pages_read(pages, 5, bytes, 20), STATUS_IO);
    copy_pages_close(pages);
    spool_close(spool);
}

static void test_no_memory(void **state)
{
    struct spool *spool = make_spool(ALL);
    (void)state;
    memory_fail_at(1, 0);
    assert_null(copy_pages_open(spool));
    memory_fail_at(0, 0);
    copy_pages_close(NULL);
    spool_close(spool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_anywhere),       cmocka_unit_test(test_at_borders),
        cmocka_unit_test(test_beyond_the_end), cmocka_unit_test(test_of_less_than_a_page),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, open_scratch, close_scratch);
}
