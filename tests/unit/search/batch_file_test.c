/* A batch's output and what is kept beside it: what is gone on with, and what never is. */
#include "unit/unit.h"

#include "base/bytes.h"
#include "base/memory.h"
#include "scratch_fixture.h"
#include "search/batch_file.h"

static const struct batch_identity identity = {"1.0", "news", "0123456789abcdef", SLICE("limit=3")};

static void out_path(char path[PATH_MAX])
{
    snprintf(path, PATH_MAX, "%s/out", scratch.folder);
}

static struct bytes read_whole(const char *ending)
{
    char path[PATH_MAX];
    struct bytes bytes = {0};
    snprintf(path, sizeof path, "%s/out%s", scratch.folder, ending);
    FILE *file = fopen(path, "rb");
    for (int c; file && (c = getc(file)) != EOF;)
        bytes_put_u8(&bytes, (uint8_t)c);
    if (file)
        fclose(file);
    return bytes;
}

static void write_whole(const char *ending, const void *data, size_t size)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/out%s", scratch.folder, ending);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static struct batch_line line_of(uint64_t number)
{
    return (struct batch_line){SLICE("line"), false, number};
}

/* Opens, passes what was answered, answers up to a line and closes. */
static enum status work(const struct batch_identity *as, bool resume, uint64_t last,
                        struct batch_point *from, struct error *error)
{
    char path[PATH_MAX];
    out_path(path);
    struct batch_file *file = batch_file_open(path, as, resume, from, error);
    if (!file)
        return error->status;
    for (uint64_t i = 1; i <= from->line; i++) {
        const struct batch_line line = line_of(i);
        batch_file_pass(file, &line);
    }
    enum status status = from->line ? batch_file_passed(file, error) : STATUS_OK;
    for (uint64_t i = from->line + 1; i <= last && status == STATUS_OK; i++) {
        char answer[16];
        const struct batch_line line = line_of(i);
        int n = snprintf(answer, sizeof answer, "%llu\n", (unsigned long long)i);
        status = batch_file_write(file, slice_of(answer, (size_t)n));
        if (status == STATUS_OK)
            status = batch_file_answered(file, &line, i % 5 == 0);
    }
    enum status closed = batch_file_close(file, error);
    return status == STATUS_OK ? closed : status;
}

static void begin_anew(uint64_t last)
{
    char path[PATH_MAX + 8];
    struct batch_point from;
    struct error error = {0};
    out_path(path);
    remove(path);
    strcat(path, ".state");
    remove(path);
    assert_int_equal(work(&identity, false, last, &from, &error), STATUS_OK);
    assert_int_equal(from.line, 0);
}

static void goes_on(void **state)
{
    struct batch_point from;
    struct error error = {0};
    (void)state;
    begin_anew(12);
    struct bytes first = read_whole("");
    assert_int_equal(work(&identity, true, 30, &from, &error), STATUS_OK);
    assert_int_equal(from.line, 12);
    assert_int_equal(from.answered, 12);
    assert_int_equal(from.failed, 2);
    struct bytes whole = read_whole("");
    begin_anew(30);
    struct bytes once = read_whole("");
    assert_true(slice_equal(bytes_slice(&whole), bytes_slice(&once)));
    assert_true(slice_starts_with(bytes_slice(&whole), bytes_slice(&first)));
    bytes_release(&first);
    bytes_release(&whole);
    bytes_release(&once);
}

static void with_nothing_else(void **state)
{
    static const struct {
        struct batch_identity identity;
        const char *cause;
    } others[] = {
        {{"1.1", "news", "0123456789abcdef", SLICE("limit=3")},
         "by another version of this program '1.0'"},
        {{"1.0", "olds", "0123456789abcdef", SLICE("limit=3")}, "with an index by another name"},
        {{"1.0", "news", "0123456789abcdee", SLICE("limit=3")},
         "with another index, of checksum '0123456789abcdef'"},
        {{"1.0", "news", "0123456789abcdef", SLICE("limit=4")}, "with other parameters"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct batch_point from;
        struct error error = {0};
        begin_anew(5);
        struct bytes before = read_whole(".state");
        assert_int_equal(work(&others[i].identity, true, 9, &from, &error), STATUS_INVALID);
        assert_non_null(strstr(error.text, others[i].cause));
        struct bytes after = read_whole(".state");
        assert_true(slice_equal(bytes_slice(&before), bytes_slice(&after)));
        bytes_release(&before);
        bytes_release(&after);
    }
}

/* A state that is torn or damaged anywhere says nothing, or something true. */
static void check_damaged(struct slice out, const void *state, size_t size)
{
    struct batch_point from;
    struct error error = {0};
    write_whole("", out.data, out.size);
    write_whole(".state", state, size);
    if (work(&identity, true, 12, &from, &error) != STATUS_OK) {
        assert_int_equal(error.text[0], size ? 'c' : '\'');
        return;
    }
    assert_true(from.line == 7 || from.line == 12);
    struct bytes now = read_whole("");
    assert_true(slice_equal(bytes_slice(&now), out));
    bytes_release(&now);
}

static void is_true_or_refused(void **state)
{
    struct batch_point from;
    struct error error = {0};
    (void)state;
    begin_anew(7);
    assert_int_equal(work(&identity, true, 12, &from, &error), STATUS_OK);
    struct bytes out = read_whole(""), good = read_whole(".state");
    for (size_t size = 0; size <= good.size; size += 13)
        check_damaged(bytes_slice(&out), good.data, size);
    for (size_t i = 0; i < good.size; i += 7) {
        good.data[i] ^= 0x15;
        check_damaged(bytes_slice(&out), good.data, good.size);
        good.data[i] ^= 0x15;
    }
    bytes_release(&out);
    bytes_release(&good);
}

static void memory_that_ends(void **state)
{
    (void)state;
    for (size_t n = 1; n < 40; n++) {
        struct batch_point from;
        struct error error = {0};
        begin_anew(3);
        memory_fail_at(n, n % 2);
        enum status status = work(&identity, true, 6, &from, &error);
        memory_fail_at(0, 0);
        assert_true(status == STATUS_OK || error.status != STATUS_OK);
        error = (struct error){0};
        assert_int_equal(work(&identity, true, 6, &from, &error), STATUS_OK);
        struct bytes now = read_whole("");
        assert_true(slice_equal(bytes_slice(&now), SLICE("1\n2\n3\n4\n5\n6\n")));
        bytes_release(&now);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goes_on),
        cmocka_unit_test(with_nothing_else),
        cmocka_unit_test(is_true_or_refused),
        cmocka_unit_test(memory_that_ends),
    };
    return cmocka_run_group_tests(tests, open_scratch, close_scratch);
}
