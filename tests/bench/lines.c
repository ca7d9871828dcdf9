#include "bench/lines.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

static bool measure_line(const struct bench_lines *bench, const struct searcher *searcher,
                         char *line, struct error *error)
{
    char *text = strchr(line, '\t');
    if (!text) {
        error_set(error, STATUS_INVALID, "a line of '%s' has no tab", bench->lines_path);
        return false;
    }
    *text++ = '\0';
    text[strcspn(text, "\n")] = '\0';
    return bench->measure(bench->context, searcher, line, text, error);
}

int bench_lines_run(const struct bench_lines *bench)
{
    struct error error = {0};
    char *line = NULL;
    size_t capacity = 0;
    struct searcher *searcher = searcher_open("bench", &bench->index_path, 1, &error);
    FILE *file = searcher ? fopen(bench->lines_path, "r") : NULL;
    if (searcher && !file)
        error_set_errno(&error, errno, "cannot open '%s'", bench->lines_path);
    bool good = file && searcher_verify(searcher, &error) == STATUS_OK;
    while (good && getline(&line, &capacity, file) > 0)
        good = measure_line(bench, searcher, line, &error);
    if (!good)
        log_error("%s", error.text);
    free(line);
    if (file)
        fclose(file);
    searcher_unref(searcher);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
