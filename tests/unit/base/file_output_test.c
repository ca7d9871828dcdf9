#include "base/file_output.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/memory.h"
#include "base/spool.h"
#include "random.h"
#include "refuse.h"
#include "scratch_fixture.h"
#include "unit/unit.h"

/* __O_TMPFILE without the O_DIRECTORY that O_TMPFILE has in it. */
enum { TMPFILE_BIT = O_TMPFILE & ~O_DIRECTORY };

static const char *target(void)
{
    return scratch_path(&scratch, "news.vbt");
}

static struct file_output *open_output(void)
{
    struct error error = {0};
    struct file_output *out = file_output_open(target(), &error);
    assert_string_equal(error.text, "");
    assert_non_null(out);
    return out;
}

static void put_output(const char *text)
{
    struct error error = {0};
    struct file_output *out = open_output();
    assert_int_equal(file_output_write(out, text, strlen(text)), STATUS_OK);
    assert_int_equal(file_output_commit(out, &error), STATUS_OK);
}

/* Runs part in a child; returns what waitpid says of it. */
static int in_child(int (*part)(void))
{
    int status = 0;
    pid_t child = fork();
    if (child == 0)
        _exit(part());
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void replaces_in_one_step(void **state)
{
    struct error error = {0};
    (void)state;
    put_output("old");
    assert_true(scratch_holds(target(), "old"));
    struct file_output *out = open_output();
    file_output_write(out, "new", 3);
    assert_true(scratch_holds(target(), "old"));
    assert_int_equal(file_output_commit(out, &error), STATUS_OK);
    assert_true(scratch_holds(target(), "new"));
    assert_int_equal(scratch_count(scratch.folder), 1);
}

static void abandoning_leaves_the_old(void **state)
{
    (void)state;
    file_output_abandon(open_output());
    assert_int_equal(scratch_count(scratch.folder), 0);
    put_output("old");
    struct file_output *out = open_output();
    file_output_write(out, "new", 3);
    file_output_abandon(out);
    file_output_abandon(NULL);
    assert_true(scratch_holds(target(), "old"));
    assert_int_equal(scratch_count(scratch.folder), 1);
}

/* Random appends, and writes over what was appended, in the file and in the buffer and across
 * both. */
static void writes_anywhere_as_in_an_array(void **state)
{
    enum { SIZE = 1500000 };
    uint8_t *model = calloc(1, SIZE), *piece = malloc(SIZE);
    struct file_output *out = open_output();
    struct error error = {0};
    size_t size = 0;
    uint64_t random = 9;
    (void)state;
    for (size_t i = 0; i < SIZE; i++)
        piece[i] = (uint8_t)random_next(&random);
    while (size < SIZE) {
        size_t n = random_below(&random, random_below(&random, 20) ? 1000 : 400000);
        size_t from = random_below(&random, SIZE / 2);
        n = n < SIZE - size ? n : SIZE - size;
        memcpy(model + size, piece + from, n);
        assert_int_equal(file_output_write(out, piece + from, n), STATUS_OK);
        size += n;
        assert_int_equal(file_output_size(out), size);
        size_t at = random_below(&random, size + 1), over = random_below(&random, size - at + 1);
        over = over < SIZE / 2 ? over : random_below(&random, 10);
        memcpy(model + at, piece + from / 2, over);
        assert_int_equal(file_output_write_at(out, at, piece + from / 2, over), STATUS_OK);
    }
    assert_int_equal(file_output_commit(out, &error), STATUS_OK);
    size_t written = 0;
    char *data = scratch_get(target(), &written);
    assert_int_equal(written, SIZE);
    assert_memory_equal(data, model, SIZE);
    free(data);
    free(model);
    free(piece);
}

static void what_was_written_can_be_read_and_begun_anew(void **state)
{
    struct error error = {0};
    char path[FILE_OUTPUT_READ_PATH];
    struct file_output *out = open_output();
    (void)state;
    file_output_write(out, "first", 5);
    assert_int_equal(file_output_read_path(out, path, &error), STATUS_OK);
    assert_true(scratch_holds(path, "first"));
    file_output_write(out, " and more", 9);
    assert_int_equal(file_output_truncate(out), STATUS_OK);
    assert_int_equal(file_output_size(out), 0);
    file_output_write(out, "second", 6);
    assert_int_equal(file_output_commit(out, &error), STATUS_OK);
    assert_true(scratch_holds(target(), "second"));
}

static void a_second_writer_is_refused(void **state)
{
    struct error error = {0};
    struct file_output *out = open_output();
    (void)state;
    assert_null(file_output_open(target(), &error));
    assert_int_equal(error.status, STATUS_BUSY);
    assert_non_null(strstr(error.text, "news.vbt': another process is writing it"));
    /* A neighbour is not held up. */
    error = (struct error){0};
    file_output_abandon(file_output_open(scratch_path(&scratch, "other.vbt"), &error));
    assert_int_equal(error.status, STATUS_OK);
    file_output_abandon(out);
    put_output("free again");
    assert_int_equal(scratch_count(scratch.folder), 1);
}

/* A file of its own tells whether somebody else has the target at the same time. */
static int try_once(bool commit)
{
    struct error error = {0};
    struct file_output *out = file_output_open(target(), &error);
    if (!out)
        return error.status == STATUS_BUSY ? 0 : 1;
    int marker = open(scratch_path(&scratch, "marker"), O_CREAT | O_EXCL, 0600);
    if (marker < 0)
        return 2;
    file_output_write(out, "x", 1);
    unlink(scratch_path(&scratch, "marker"));
    close(marker);
    if (commit)
        return file_output_commit(out, &error) == STATUS_OK ? 0 : 3;
    file_output_abandon(out);
    return 0;
}

static int try_often(void)
{
    int failed = 0;
    for (int i = 0; i < 4000 && !failed; i++)
        failed = try_once(i % 50 == 0);
    return failed;
}

static void many_writers_never_meet(void **state)
{
    pid_t children[4];
    (void)state;
    for (int i = 0; i < 4; i++)
        if ((children[i] = fork()) == 0)
            _exit(try_often());
    for (int i = 0; i < 4; i++) {
        int status = 0;
        waitpid(children[i], &status, 0);
        assert_int_equal(status, 0);
    }
    assert_int_equal(scratch_count(scratch.folder), 1);
}

static int die_while_writing(void)
{
    struct error error = {0};
    struct file_output *out = file_output_open(target(), &error);
    struct spool *spool = spool_open(target(), NULL, &error);
    static char data[500000];
    if (!out || !spool)
        return 1;
    file_output_write(out, data, sizeof data);
    spool_append(spool, data, sizeof data);
    raise(SIGKILL);
    return 2;
}

static int die_without_tmpfile(void)
{
    if (refuse_call(SYS_openat, 2, TMPFILE_BIT, TMPFILE_BIT, EOPNOTSUPP))
        return 77;
    return die_while_writing();
}

static void expect_cleared_after(int (*death)(void), size_t left)
{
    put_output("old");
    int status = in_child(death);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
        skip();
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    assert_true(scratch_holds(target(), "old"));
    assert_int_equal(scratch_count(scratch.folder), 1 + left);
    put_output("new");
    assert_true(scratch_holds(target(), "new"));
    assert_int_equal(scratch_count(scratch.folder), 1);
}

static void the_next_run_clears_what_a_killed_one_left(void **state)
{
    (void)state;
    expect_cleared_after(die_while_writing, 1); /* its lock */
}

static void the_same_with_a_named_temporary_file(void **state)
{
    (void)state;
    expect_cleared_after(die_without_tmpfile, 2); /* its lock and its file */
}

static void other_files_are_not_taken_for_leftovers(void **state)
{
    static const char *const names[] = {
        ".other.vbt.12.tmp", ".news.vbt.12.tmp.bak", "news.vbt.12.tmp",
        ".news.vbt.x.tmp",   ".news.vbt2.12.tmp",
    };
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        scratch_put(scratch_path(&scratch, names[i]), "x", 1);
    scratch_put(scratch_path(&scratch, ".news.vbt.4194305.tmp"), "x", 1);
    scratch_put(scratch_path(&scratch, ".news.vbt.1.7.tmp"), "x", 1);
    put_output("new");
    assert_int_equal(scratch_count(scratch.folder), 1 + sizeof names / sizeof *names);
}

static int write_named(void)
{
    struct error error = {0};
    if (refuse_call(SYS_openat, 2, TMPFILE_BIT, TMPFILE_BIT, EOPNOTSUPP))
        return 77;
    struct file_output *out = file_output_open(target(), &error);
    if (!out || scratch_count(scratch.folder) != 2)
        return 1;
    file_output_write(out, "named", 5);
    return file_output_commit(out, &error) == STATUS_OK ? 0 : 2;
}

static int abandon_named(void)
{
    struct error error = {0};
    if (refuse_call(SYS_openat, 2, TMPFILE_BIT, TMPFILE_BIT, EOPNOTSUPP))
        return 77;
    file_output_abandon(file_output_open(target(), &error));
    return error.status == STATUS_OK ? 0 : 1;
}

static void works_where_there_are_no_unnamed_files(void **state)
{
    (void)state;
    int status = in_child(write_named);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
        skip();
    assert_int_equal(status, 0);
    assert_true(scratch_holds(target(), "named"));
    assert_int_equal(in_child(abandon_named), 0);
    assert_true(scratch_holds(target(), "named"));
    assert_int_equal(scratch_count(scratch.folder), 1);
}

/* The cases of a system call that fails: which, and what must be said. */
static const struct refusal {
    long number;
    unsigned argument;
    uint32_t mask, value;
    int cause;
    bool at_open;
    const char *words;
    const char *stands; /* what the target holds afterwards */
} refusals[] = {
    {SYS_openat, 2, TMPFILE_BIT, TMPFILE_BIT, EROFS, true, "Read-only file system", "old"},
    {SYS_openat, 2, TMPFILE_BIT, TMPFILE_BIT, ENOSPC, true, "No space left", "old"},
    {SYS_flock, 0, 0, 0, ENOLCK, true, "cannot lock it: No locks", "old"},
    {SYS_fchmod, 0, 0, 0, EPERM, true, "cannot keep its mode", "old"},
    {SYS_pwrite64, 0, 0, 0, ENOSPC, false, "No space left", "old"},
    {SYS_pwrite64, 0, 0, 0, EDQUOT, false, "Disk quota exceeded", "old"},
    {SYS_pwrite64, 0, 0, 0, 0, false, "Input/output error", "old"}, /* says it wrote nothing */
    {SYS_fsync, 0, 0, 0, EIO, false, "Input/output error", "old"},
    {SYS_linkat, 0, 0, 0, EIO, false, "Input/output error", "old"},
    {SYS_renameat, 0, 0, 0, EIO, false, "cannot rename the new file: Input/output error", "old"},
};
static const struct refusal *refusal;

static int write_refused(void)
{
    static char data[600000];
    struct error error = {0};
    bool set = refusal->at_open && refuse_call(refusal->number, refusal->argument, refusal->mask,
                                               refusal->value, refusal->cause);
    if (set)
        return 77;
    struct file_output *out = file_output_open(target(), &error);
    if (refusal->at_open)
        return out || !strstr(error.text, refusal->words) || !strstr(error.text, "news.vbt'");
    if (!out)
        return 2;
    if (refuse_call(refusal->number, refusal->argument, refusal->mask, refusal->value,
                    refusal->cause))
        return 77;
    enum status written = file_output_write(out, data, sizeof data);
    if ((written == STATUS_OK) == (refusal->number == SYS_pwrite64) ||
        file_output_write(out, data, 1) != written ||
        file_output_write_at(out, 0, data, 1) != written)
        return 3;
    if (file_output_commit(out, &error) != STATUS_IO)
        return 4;
    return strstr(error.text, refusal->words) && strstr(error.text, "news.vbt'") ? 0 : 5;
}

static void every_refusal_leaves_the_old(void **state)
{
    (void)state;
    put_output("old");
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        refusal = &refusals[i];
        int status = in_child(write_refused);
        if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
            skip();
        if (status)
            print_message("refusal %zu (%s)\n", i, refusal->words);
        assert_int_equal(status, 0);
        assert_true(scratch_holds(target(), refusal->stands));
        assert_int_equal(scratch_count(scratch.folder), 1);
    }
}

/* The descriptor whose link in /proc is the folder, or is a file in it without a name; -1 for
 * none. */
static int find_descriptor(bool unnamed)
{
    for (int fd = 3; fd < 100; fd++) {
        char at[64], names[PATH_MAX] = "";
        snprintf(at, sizeof at, "/proc/self/fd/%d", fd);
        if (readlink(at, names, sizeof names - 1) < 0)
            continue;
        bool inside = strncmp(names, scratch.folder, strlen(scratch.folder)) == 0;
        if (inside && unnamed && strstr(names, "(deleted)"))
            return fd;
        if (!unnamed && strcmp(names, scratch.folder) == 0)
            return fd;
    }
    return -1;
}

static int commit_refusing(long number, bool unnamed, const char *words)
{
    struct error error = {0};
    struct file_output *out = file_output_open(target(), &error);
    int fd = find_descriptor(unnamed);
    if (!out || fd < 0)
        return 1;
    file_output_write(out, "new", 3);
    if (refuse_call(number, 0, ~0u, (uint32_t)fd, EIO))
        return 77;
    return file_output_commit(out, &error) == STATUS_IO && strstr(error.text, words) ? 0 : 2;
}

static int fail_folder_fsync(void)
{
    return commit_refusing(SYS_fsync, false, "durability unknown");
}

static int fail_close(void)
{
    return commit_refusing(SYS_close, true, "news.vbt': Input/output error");
}

static void a_failed_fsync_of_the_folder_is_told_apart(void **state)
{
    (void)state;
    put_output("old");
    int status = in_child(fail_folder_fsync);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
        skip();
    assert_int_equal(status, 0);
    assert_true(scratch_holds(target(), "new"));
    assert_int_equal(scratch_count(scratch.folder), 1);
}

static void a_failed_close_leaves_the_old(void **state)
{
    (void)state;
    put_output("old");
    int status = in_child(fail_close);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
        skip();
    assert_int_equal(status, 0);
    assert_true(scratch_holds(target(), "old"));
    assert_int_equal(scratch_count(scratch.folder), 1);
}

static int overfill(const char *path, size_t size, const char *words)
{
    static char data[4096];
    struct error error = {0};
    struct file_output *out = file_output_open(path, &error);
    if (!out)
        return 1;
    for (size_t written = 0; written < size; written += sizeof data)
        file_output_write(out, data, sizeof data);
    if (file_output_write(out, data, 1) != STATUS_IO)
        return 2;
    return file_output_commit(out, &error) == STATUS_IO && strstr(error.text, words) ? 0 : 3;
}

static int overfill_limit(void)
{
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){1 << 20, 1 << 20});
    return overfill(target(), 2 << 20, "File too large");
}

static void a_limit_on_the_size_of_files_leaves_the_old(void **state)
{
    (void)state;
    put_output("old");
    assert_int_equal(in_child(overfill_limit), 0);
    assert_true(scratch_holds(target(), "old"));
    assert_int_equal(scratch_count(scratch.folder), 1);
}

static int overfill_disk(void)
{
    if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", scratch.folder, "tmpfs", 0, "size=1m") != 0)
        return 77;
    scratch_put(target(), "old", 3);
    int failed = overfill(target(), 2 << 20, "No space left on device");
    if (failed)
        return failed;
    return scratch_holds(target(), "old") && scratch_count(scratch.folder) == 1 ? 0 : 4;
}

static void a_full_disk_leaves_the_old(void **state)
{
    (void)state;
    int status = in_child(overfill_disk);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77) {
        print_message("a full disk needs root to mount a small one\n");
        skip();
    }
    assert_int_equal(status, 0);
}

static mode_t mode_of(const char *path)
{
    struct stat file;
    assert_int_equal(stat(path, &file), 0);
    return file.st_mode & 0777;
}

static void modes_are_as_users_expect(void **state)
{
    (void)state;
    mode_t kept = umask(027);
    put_output("new");
    assert_int_equal(mode_of(target()), 0640);
    chmod(target(), 0604);
    put_output("newer");
    umask(kept);
    assert_int_equal(mode_of(target()), 0604);
}

static void a_symbolic_link_stays(void **state)
{
    char link[PATH_MAX] = "";
    (void)state;
    mkdir(scratch_path(&scratch, "a"), 0700);
    mkdir(scratch_path(&scratch, "b"), 0700);
    assert_int_equal(symlink("a/link", target()), 0);
    assert_int_equal(symlink("../b/real", scratch_path(&scratch, "a/link")), 0);
    put_output("first");
    assert_true(scratch_holds(scratch_path(&scratch, "b/real"), "first"));
    put_output("second");
    assert_true(scratch_holds(scratch_path(&scratch, "b/real"), "second"));
    assert_int_equal(readlink(target(), link, sizeof link - 1), 6);
    assert_string_equal(link, "a/link");
    assert_int_equal(scratch_count(scratch.folder), 3);
    assert_int_equal(scratch_count(scratch_path(&scratch, "b")), 1);
}

static void expect_refused(const char *name, enum status status, const char *words)
{
    struct error error = {0};
    assert_null(file_output_open(name, &error));
    assert_int_equal(error.status, status);
    if (!strstr(error.text, words))
        fail_msg("'%s' without '%s'", error.text, words);
}

static void paths_that_name_no_file_are_refused(void **state)
{
    static char long_name[400], long_path[5000];
    (void)state;
    mkdir(scratch_path(&scratch, "folder"), 0700);
    mkfifo(scratch_path(&scratch, "pipe"), 0600);
    assert_int_equal(symlink("loop", scratch_path(&scratch, "loop")), 0);
    scratch_put(scratch_path(&scratch, "file"), "x", 1);
    memset(long_name, 'n', sizeof long_name - 1);
    memset(long_path, 'p', sizeof long_path - 1);
    expect_refused("", STATUS_INVALID, "names a folder");
    expect_refused(scratch_path(&scratch, "folder/"), STATUS_INVALID, "names a folder");
    expect_refused(scratch_path(&scratch, "folder/.."), STATUS_INVALID, "names a folder");
    expect_refused(scratch_path(&scratch, "folder"), STATUS_INVALID, "not a regular file");
    expect_refused(scratch_path(&scratch, "pipe"), STATUS_INVALID, "not a regular file");
    expect_refused(scratch_path(&scratch, "none/x"), STATUS_IO, "No such file");
    expect_refused(scratch_path(&scratch, "file/x"), STATUS_IO, "Not a directory");
    expect_refused(scratch_path(&scratch, "loop"), STATUS_IO, "symbolic links");
    expect_refused(scratch_path(&scratch, long_name), STATUS_IO, "too long");
    expect_refused(long_path, STATUS_IO, "too long");
    assert_int_equal(scratch_count(scratch.folder), 4);
}

static void the_longest_names_work_and_do_not_share_a_lock(void **state)
{
    char name[256];
    struct error error = {0};
    struct file_output *outputs[2];
    (void)state;
    memset(name, 'n', 255);
    name[255] = '\0';
    for (int i = 0; i < 2; i++) {
        name[254] = (char)('a' + i);
        outputs[i] = file_output_open(scratch_path(&scratch, name), &error);
        assert_non_null(outputs[i]);
    }
    for (int i = 0; i < 2; i++)
        assert_int_equal(file_output_commit(outputs[i], &error), STATUS_OK);
    assert_int_equal(scratch_count(scratch.folder), 2);
}

static void a_path_without_a_slash_is_here(void **state)
{
    struct error error = {0};
    char before[PATH_MAX];
    (void)state;
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(scratch.folder), 0);
    struct file_output *out = file_output_open("news.vbt", &error);
    assert_non_null(out);
    file_output_write(out, "here", 4);
    /* The folder is held, so moving on changes nothing. */
    assert_int_equal(chdir(before), 0);
    assert_int_equal(file_output_commit(out, &error), STATUS_OK);
    assert_true(scratch_holds(target(), "here"));
}

static void no_memory_is_said(void **state)
{
    (void)state;
    for (size_t n = 1; n <= 2; n++) {
        struct error error = {0};
        memory_fail_at(n, 0);
        assert_null(file_output_open(target(), &error));
        assert_int_equal(error.status, STATUS_NO_MEMORY);
    }
    memory_fail_at(0, 0);
    assert_int_equal(scratch_count(scratch.folder), 0);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, open_scratch, close_scratch)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(replaces_in_one_step),
        IN_FOLDER(abandoning_leaves_the_old),
        IN_FOLDER(writes_anywhere_as_in_an_array),
        IN_FOLDER(what_was_written_can_be_read_and_begun_anew),
        IN_FOLDER(a_second_writer_is_refused),
        IN_FOLDER(many_writers_never_meet),
        IN_FOLDER(the_next_run_clears_what_a_killed_one_left),
        IN_FOLDER(the_same_with_a_named_temporary_file),
        IN_FOLDER(other_files_are_not_taken_for_leftovers),
        IN_FOLDER(works_where_there_are_no_unnamed_files),
        IN_FOLDER(every_refusal_leaves_the_old),
        IN_FOLDER(a_failed_fsync_of_the_folder_is_told_apart),
        IN_FOLDER(a_failed_close_leaves_the_old),
        IN_FOLDER(a_limit_on_the_size_of_files_leaves_the_old),
        IN_FOLDER(a_full_disk_leaves_the_old),
        IN_FOLDER(modes_are_as_users_expect),
        IN_FOLDER(a_symbolic_link_stays),
        IN_FOLDER(paths_that_name_no_file_are_refused),
        IN_FOLDER(the_longest_names_work_and_do_not_share_a_lock),
        IN_FOLDER(a_path_without_a_slash_is_here),
        IN_FOLDER(no_memory_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
