#include "base/cpu.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit/unit.h"

/* The level is chosen once a process, so each asks in a child. */
static enum cpu_level level_where(const char *asked)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        if (asked)
            setenv("VERBATIM_CPU", asked, 1);
        else
            unsetenv("VERBATIM_CPU");
        _exit((int)cpu_level());
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return (enum cpu_level)WEXITSTATUS(status);
}

static void the_environment_lowers_but_never_raises(void **state)
{
    enum cpu_level own = level_where(NULL);
    (void)state;
    assert_int_equal(level_where("scalar"), CPU_SCALAR);
    assert_int_equal(level_where("avx512"), own);
    assert_int_equal(level_where("nonsense"), own);
    if (own == CPU_AVX512)
        assert_int_equal(level_where("avx2"), CPU_AVX2);
    else
        assert_int_equal(level_where("avx2"), own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_environment_lowers_but_never_raises)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
