#include "base/spool.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/file_mapping.h"
#include "base/memory.h"
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

static void gives_back_what_was_appended(void **state)
{
    struct error error = {0};
    uint64_t random = 8;
    struct spool *spool = spool_open(scratch_path(&scratch, "news.vbt"), &error);
    (void)state;
    assert_non_null(spool);
    assert_int_equal(scratch_count(scratch.folder), 0);
    for (int round = 0; round < 3; round++) {
        uint64_t size = 0;
        for (int i = 0; i < 100; i++)
            size = append_some(spool, size, &random);
        assert_int_equal(spool_size(spool), size);
        assert_int_equal(spool_flush(spool, &error), STATUS_OK);
        for (int i = 0; i < 200; i++) {
            uint64_t offset = random_below(&random, size);
            expect_read(spool, offset,
                        random_below(&random, size - offset < 5000 ? size - offset : 5000));
        }
        uint8_t byte;
        assert_int_equal(spool_read(spool, size, &byte, 0), STATUS_OK);
        assert_int_equal(spool_read(spool, size, &byte, 1), STATUS_IO);
        assert_int_equal(spool_read(spool, UINT64_MAX, &byte, 1), STATUS_IO);
        assert_int_equal(spool_read(spool, 0, &byte, SIZE_MAX), STATUS_IO);
        spool_truncate(spool);
        assert_int_equal(spool_size(spool), 0);
        assert_int_equal(spool_read(spool, 0, &byte, 1), STATUS_IO);
    }
    spool_close(spool);
    spool_close(NULL);
}

static void appending_goes_on_after_a_flush(void **state)
{
    struct error error = {0};
    char data[6] = "";
    struct spool *spool = spool_open(scratch_path(&scratch, "news.vbt"), &error);
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
    assert_null(spool_open(scratch_path(&scratch, "none/news.vbt"), &error));
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
        assert_null(spool_open(scratch_path(&scratch, "news.vbt"), &error));
        assert_int_equal(error.status, STATUS_NO_MEMORY);
    }
    struct error error = {0};
    memory_fail_at(3, 0);
    struct spool *spool = spool_open(scratch_path(&scratch, "news.vbt"), &error);
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
    struct spool *spool = spool_open(scratch_path(&scratch, "news.vbt"), &error);
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

/* Two of them, one behind the other. */
static void is_mapped_where_space_was_reserved(void **state)
{
    (void)state;
    struct error error = {0};
    struct file_mapping map = {0};
    uint64_t random = 5, size = 0;
    struct spool *spools[2];
    size_t offsets[2], reserved = 0;
    for (size_t i = 0; i < 2; i++) {
        spools[i] = spool_open(scratch_path(&scratch, "news.vbt"), &error);
        assert_int_equal(spool_map(spools[i], NULL), STATUS_OK); /* nothing is to be mapped */
        while (spool_size(spools[i]) < 300000)
            size = append_some(spools[i], spool_size(spools[i]), &random);
        assert_true(size == spool_size(spools[i]));
        assert_int_equal(spool_map(spools[i], NULL), STATUS_IO); /* not flushed */
        assert_int_equal(spool_flush(spools[i], &error), STATUS_OK);
        offsets[i] = reserved;
        reserved += spool_map_bytes(spools[i]);
    }
    assert_int_equal(file_mapping_reserve(&map, reserved), STATUS_OK);
    for (size_t i = 0; i < 2; i++) {
        uint8_t *at = (uint8_t *)(uintptr_t)map.data + offsets[i];
        assert_int_equal(spool_map(spools[i], at), STATUS_OK);
    }
    for (size_t i = 0; i < 2; i++)
        for (uint64_t k = 0; k < spool_size(spools[i]); k++)
            assert_int_equal(map.data[offsets[i] + k], byte_at(k));
    file_mapping_close(&map);
    file_mapping_close(&map);
    spool_close(spools[0]);
    spool_close(spools[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_back_what_was_appended),
        cmocka_unit_test(appending_goes_on_after_a_flush),
        cmocka_unit_test(a_missing_folder_is_named),
        cmocka_unit_test(no_memory_is_said),
        cmocka_unit_test(a_full_disk_is_sticky),
        cmocka_unit_test(is_mapped_where_space_was_reserved),
    };
    scratch_open(&scratch);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_close(&scratch);
    return failed;
}
