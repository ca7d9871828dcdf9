/* How long the hot loops take, each alone, by the vector instructions that this processor has:
 *
 *     verbatim-micro-bench [PART]      prints nanoseconds a number, article, word …; only of those
 *                                      loops whose name holds PART
 *
 * Each level runs in a process of its own, with VERBATIM_CPU set. The best of many rounds. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/cpu.h"
#include "bench/micro/loop.h"

enum { ROUNDS = 60, MOST_LOOPS = 40, LEVELS = 4 };

static const char *const level_names[LEVELS] = {"scalar", "avx2", "avx512", "neon"};
static const struct loop *loops[MOST_LOOPS];
static size_t loop_count;

static void gather(const struct loop *list, const char *part)
{
    for (; list->name && loop_count < MOST_LOOPS; list++)
        if (!part || strstr(list->name, part))
            loops[loop_count++] = list;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double nanoseconds(const struct loop *loop)
{
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        double start = seconds();
        uint64_t count = loop->run();
        double took = (seconds() - start) / (double)count;
        best = took < best ? took : best;
    }
    return best * 1e9;
}

/* In a child, which no other level has touched. */
static void measure_all(enum cpu_level level, int out)
{
    double found[MOST_LOOPS] = {0};
    setenv("VERBATIM_CPU", level_names[level], 1);
    if (level == cpu_level()) {
        codec_prepare();
        list_prepare();
        text_prepare();
        for (size_t i = 0; i < loop_count; i++)
            found[i] = nanoseconds(loops[i]);
        list_release();
    }
    _exit(write(out, found, sizeof found) == sizeof found ? 0 : 1);
}

static bool measure(enum cpu_level level, double *found)
{
    int ends[2], status = 1;
    if (pipe(ends) != 0)
        return false;
    pid_t child = fork();
    if (child == 0)
        measure_all(level, ends[1]);
    close(ends[1]);
    ssize_t size = read(ends[0], found, MOST_LOOPS * sizeof *found);
    close(ends[0]);
    return child > 0 && waitpid(child, &status, 0) == child && status == 0 &&
           size == MOST_LOOPS * (ssize_t)sizeof *found;
}

int main(int argc, char **argv)
{
    const char *part = argc > 1 ? argv[1] : NULL;
    double found[LEVELS][MOST_LOOPS];
    gather(codec_loops, part);
    gather(list_loops, part);
    gather(text_loops, part);
    for (int level = 0; level < LEVELS; level++) {
        if (!measure((enum cpu_level)level, found[level])) {
            fprintf(stderr, "verbatim-micro-bench: cannot measure %s\n", level_names[level]);
            return 1;
        }
    }
    printf("%-34s%-10s", "nanoseconds", "a");
    for (int level = 0; level < LEVELS; level++)
        printf("%9s", found[level][0] > 0 ? level_names[level] : "");
    printf("\n");
    for (size_t i = 0; i < loop_count; i++) {
        printf("%-34s%-10s", loops[i]->name, loops[i]->unit);
        for (int level = 0; level < LEVELS; level++)
            if (found[level][i] > 0)
                printf("%9.3f", found[level][i]);
        printf("\n");
    }
    return 0;
}
