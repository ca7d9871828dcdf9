#include "base/spool.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/memory.h"
#include "base/spool_memory.h"
#include "random.h"
#include "scratch.h"
#include "unit/unit.h"

static struct scratch scratch;

static uint8_t byte_at(uint64_t offset)
{
    return (uint8_t)((offset * 0x9E3779B97F4A7C15u) >> 56);
}

static uint64_t append_some(struct spool *spool, uint64_t from, uint64_t *random)
{
    static uint8_t piece[150000];
    size_t size = random_below(random, random_below(random, 10) ? 900 : sizeof piece);
    for (size_t i = 0; i < size; i++)
        piece[i] = byte_at(from + i);
    assert_int_equal(spool_append(spool, piece, size), STATUS_OK);
    return from + size;
}

static void expect_read(const struct spool *spool, uint64_t offset, size_t size)
{
    uint8_t *data = malloc(size + 1);
    assert_int_equal(spool_read(spool, offset, data, size), STATUS_OK);
    for (size_t i = 0; i < size; i++)
        assert_int_equal(data[i], byte_at(offset + i));
    free(data);
}

static void expect_reads(const struct spool *spool, uint64_t size, uint64_t *random)
{
    for (int i = 0; i < 200; i++) {
        uint64_t offset = random_below(random, size);
        size_t n = random_below(random, size - offset < 5000 ? size - offset : 5000);
        const uint8_t *held = spool_held(spool, offset, n);
        expect_read(spool, offset, n);
        for (size_t k = 0; held && k < n; k++)
            assert_int_equal(held[k], byte_at(offset + k));
    }
    uint8_t byte;
    assert_int_equal(spool_read(spool, size, &byte, 0), STATUS_OK);
    assert_int_equal(spool_read(spool, size, &byte, 1), STATUS_IO);
    assert_int_equal(spool_read(spool, UINT64_MAX, &byte, 1), STATUS_IO);
    assert_int_equal(spool_read(spool, 0, &byte, SIZE_MAX), STATUS_IO);
    assert_null(spool_held(spool, size, 1));
    assert_null(spool_held(spool, UINT64_MAX, 1));
    assert_null(spool_held(spool, 0, SIZE_MAX));
}

static void expect_mapped(struct spool *spool, uint64_t size)
{
    const uint8_t *data;
    assert_int_equal(spool_map(spool, &data), STATUS_OK);
    for (uint64_t k = 0; k < size; k++)
        assert_int_equal(data[k], byte_at(k));
    spool_forget(spool);
    for (uint64_t k = 0; k < size; k += 1000)
        assert_int_equal(data[k], byte_at(k));
}

/* Of all in a file, some of it, and nothing; with what is appended behind a mapping. */
static void gives_back_what_was_appended(void **state)
{
    static const size_t lent[] = {0, 1, 64 << 10, 200000, 300 << 10, 64 << 20};
    struct error error = {0};
    uint64_t random = 8;
    (void)state;
    for (size_t i = 0; i < sizeof lent / sizeof *lent; i++) {
        struct spool_memory memory = {.most = lent[i], .spool_most = lent[i]};
        struct spool *spool =
            spool_open(scratch_path(&scratch, "news.vbt"), i ? &memory : NULL, &error);
        assert_non_null(spool);
        assert_int_equal(scratch_count(scratch.folder), 0);
        for (int round = 0; round < 3; round++) {
            uint64_t size = 0;
            for (int half = 0; half < 2; half++) {
                for (int k = 0; k < 30; k++)
                    size = append_some(spool, size, &random);
                assert_int_equal(spool_size(spool), size);
                assert_int_equal(spool_flush(spool, &error), STATUS_OK);
                expect_mapped(spool, size);
                expect_reads(spool, size, &random);
            }
            assert_int_equal(spool_held(spool, 0, size) != NULL, size <= lent[i] / 2);
            assert_true(memory.used <= lent[i]);
            spool_truncate(spool);
            assert_int_equal(spool_size(spool), 0);
            uint8_t byte;
            assert_int_equal(spool_read(spool, 0, &byte, 1), STATUS_IO);
        }
        spool_close(spool);
        assert_int_equal(memory.used, 0);
    }
    spool_close(NULL);
}

static void what_is_given_back_can_be_lent_again(void **state)
{
    static const uint8_t data[64 << 10];
    struct error error = {0};
    struct spool_memory memory = {.most = 128 << 10, .spool_most = 1 << 20};
    struct spool *spools[3];
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        spools[i] = spool_open(scratch_path(&scratch, "news.vbt"), &memory, &error);
        assert_int_equal(spool_append(spools[i], data, sizeof data), STATUS_OK);
        assert_int_equal(spool_held(spools[i], 0, sizeof data) != NULL, i < 2);
    }
    memory.most = 0; /* what is held stays */
    assert_int_equal(spool_append(spools[0], data, sizeof data), STATUS_OK);
    assert_non_null(spool_held(spools[0], 0, sizeof data));
    assert_null(spool_held(spools[0], sizeof data, 1));
    spool_close(spools[1]);
    memory.most = 128 << 10;
    spools[1] = spool_open(scratch_path(&scratch, "news.vbt"), &memory, &error);
    assert_int_equal(spool_append(spools[1], data, sizeof data), STATUS_OK);
    assert_non_null(spool_held(spools[1], 0, sizeof data));
    for (size_t i = 0; i < 3; i++)
        spool_close(spools[i]);
    assert_int_equal(memory.used, 0);
}

/* Without address space it is a file as ever. */
static void does_without_memory(void **state)
{
    struct error error = {0};
    struct spool_memory memory = {.most = 1 << 20, .spool_most = 1 << 20};
    struct spool *spool = spool_open(scratch_path(&scratch, "news.vbt"), &memory, &error);
    char data[4] = "";
    (void)state;
    memory_fail_at(1, 0);
    assert_int_equal(spool_append(spool, "abc", 3), STATUS_OK);
    memory_fail_at(0, 0);
    assert_null(spool_held(spool, 0, 3));
    assert_int_equal(spool_flush(spool, &error), STATUS_OK);
    assert_int_equal(spool_read(spool, 0, data, 3), STATUS_OK);
    assert_string_equal(data, "abc");
    spool_close(spool);
}

static void appending_goes_on_after_a_flush(void **state)
{
    struct error error = {0};
    char data[6] = "";
    struct spool *spool = spool_open(scratch_path(&scratch, "news.vbt"), NULL, &error);
    (void)state;
    spool_append(spool, "abc", 3);
    assert_int_equal(spool_flush(spool, &error), STATUS_OK);
    spool_append(spool, "de", 2);
    assert_int_equal(spool_flush(spool, &error), STATUS_OK);
    assert_int_equal(spool_read(spool, 0, data, 5), STATUS_OK);
    assert_string_equal(data, "abcde");
    spool_close(spool);
}

static void a_missing_folder_is_named(void **state)
{
    struct error error = {0};
    (void)state;
    assert_null(spool_open(scratch_path(&scratch, "none/news.vbt"), NULL, &error));
    assert_int_equal(error.status, STATUS_IO);
    assert_non_null(strstr(error.text, "none/news.vbt'"));
    assert_non_null(strstr(error.text, "No such file"));
}

static void no_memory_is_said(void **state)
{
    (void)state;
    for (size_t n = 1; n <= 2; n++) {
        struct error error = {0};
        memory_fail_at(n, 0);
        assert_null(spool_open(scratch_path(&scratch, "news.vbt"), NULL, &error));
        assert_int_equal(error.status, STATUS_NO_MEMORY);
    }
    struct error error = {0};
    memory_fail_at(3, 0);
    struct spool *spool = spool_open(scratch_path(&scratch, "news.vbt"), NULL, &error);
    assert_int_equal(spool_append(spool, "x", 1), STATUS_NO_MEMORY);
    memory_fail_at(0, 0);
    assert_int_equal(spool_append(spool, "x", 1), STATUS_NO_MEMORY);
    assert_int_equal(spool_flush(spool, &error), STATUS_NO_MEMORY);
    spool_close(spool);
}

/* The exit status of a child whose files may not grow over 200,000 bytes. */
static int fill_in_child(void)
{
    static uint8_t data[150000];
    struct error error = {0};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){200000, 200000});
    struct spool *spool = spool_open(scratch_path(&scratch, "news.vbt"), NULL, &error);
    if (!spool || spool_append(spool, data, sizeof data) != STATUS_OK)
        return 1;
    if (spool_append(spool, data, sizeof data) != STATUS_IO ||
        spool_append(spool, data, 1) != STATUS_IO)
        return 2;
    if (spool_flush(spool, &error) != STATUS_IO || !strstr(error.text, "File too large"))
        return 3;
    if (spool_read(spool, 0, data, 1) != STATUS_IO)
        return 4;
    spool_close(spool);
    return 0;
}

static void a_full_disk_is_sticky(void **state)
{
    int status = 0;
    (void)state;
    pid_t child = fork();
    if (child == 0)
        _exit(fill_in_child());
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void only_what_was_flushed_is_mapped(void **state)
{
    struct error error = {0};
    const uint8_t *data;
    struct spool *spool = spool_open(scratch_path(&scratch, "news.vbt"), NULL, &error);
    (void)state;
    assert_int_equal(spool_map(spool, &data), STATUS_OK); /* nothing is to be mapped */
    spool_append(spool, "abc", 3);
    assert_int_equal(spool_map(spool, &data), STATUS_IO);
    assert_null(data);
    spool_close(spool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_back_what_was_appended),
        cmocka_unit_test(appending_goes_on_after_a_flush),
        cmocka_unit_test(a_missing_folder_is_named),
        cmocka_unit_test(no_memory_is_said),
        cmocka_unit_test(a_full_disk_is_sticky),
        cmocka_unit_test(only_what_was_flushed_is_mapped),
        cmocka_unit_test(what_is_given_back_can_be_lent_again),
        cmocka_unit_test(does_without_memory),
    };
    scratch_open(&scratch);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_close(&scratch);
    return failed;
}
