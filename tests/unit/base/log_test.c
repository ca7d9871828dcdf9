#include "base/log.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include "scratch.h"
#include "unit/unit.h"

/* Runs what logs with standard error in a file, and returns what was written. */
static char *captured(void (*speak)(void))
{
    struct scratch scratch;
    scratch_open(&scratch);
    const char *path = scratch_path(&scratch, "stderr");
    int kept = dup(STDERR_FILENO), file = open(path, O_CREAT | O_WRONLY | O_APPEND, 0600);
    assert_true(kept >= 0 && file >= 0);
    dup2(file, STDERR_FILENO);
    speak();
    dup2(kept, STDERR_FILENO);
    close(file);
    close(kept);
    char *written = scratch_get(path, NULL);
    scratch_close(&scratch);
    return written;
}

static void expect(void (*speak)(void), const char *expected)
{
    char *written = captured(speak);
    assert_string_equal(written, expected);
    free(written);
}

static void say_plain_words(void)
{
    log_info("%s:%d: fine", "a.txt", 3);
    log_warning("two");
    log_error("three");
}

static void say_hostile_words(void)
{
    log_error("cannot read '%s'", "a\nb\033[2J\r\x7F"
                                  "é\xC2\x9B"
                                  "2J\xFF\xED\xA0\x80");
}

static void say_long_words(void)
{
    static char text[5000];
    memset(text, 'x', sizeof text - 1);
    log_error("%s", text);
}

static void say_progress(void)
{
    for (int i = 0; i < 1000; i++)
        log_progress("%d articles", i);
    log_progress_end();
    log_error("done");
}

static void writes_a_line_each(void **state)
{
    (void)state;
    expect(say_plain_words, "prog: a.txt:3: fine\nprog: two\nprog: three\n");
}

static void escapes_control_characters(void **state)
{
    (void)state;
    expect(say_hostile_words, "prog: cannot read 'a\\x0Ab\\x1B[2J\\x0D\\x7F"
                              "é\\xC2\\x9B"
                              "2J\\xFF\\xED\\xA0\\x80'\n");
}

static void cuts_what_is_too_long(void **state)
{
    (void)state;
    char *written = captured(say_long_words);
    size_t size = strlen(written);
    assert_true(size > 1000 && size < 3000);
    assert_int_equal(written[size - 1], '\n');
    free(written);
}

static void says_progress_seldom_where_there_is_no_terminal(void **state)
{
    (void)state;
    expect(say_progress, "prog: done\n");
}

static void quiet_leaves_errors_alone(void **state)
{
    (void)state;
    log_set_quiet(true);
    expect(say_plain_words, "prog: three\n");
    expect(say_progress, "prog: done\n");
    log_set_quiet(false);
}

static void *chatter(void *context)
{
    for (int i = 0; i < 200; i++)
        log_info("%s", (const char *)context);
    return NULL;
}

static void chatter_in_threads(void)
{
    static char words[2][300];
    pthread_t threads[2];
    for (int i = 0; i < 2; i++) {
        memset(words[i], 'a' + i, sizeof words[i] - 1);
        pthread_create(&threads[i], NULL, chatter, words[i]);
    }
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
}

static void lines_of_threads_do_not_mix(void **state)
{
    (void)state;
    char *written = captured(chatter_in_threads), *rest = written;
    size_t lines = 0;
    for (char *line; (line = strsep(&rest, "\n")) && *line; lines++) {
        assert_int_equal(strlen(line), 6 + 299);
        assert_int_equal(strspn(line + 6, (char[]){line[6], '\0'}), 299);
    }
    assert_int_equal(lines, 400);
    free(written);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_a_line_each),
        cmocka_unit_test(escapes_control_characters),
        cmocka_unit_test(cuts_what_is_too_long),
        cmocka_unit_test(says_progress_seldom_where_there_is_no_terminal),
        cmocka_unit_test(quiet_leaves_errors_alone),
        cmocka_unit_test(lines_of_threads_do_not_mix),
    };
    log_set_program("prog");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
