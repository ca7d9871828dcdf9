/* How long it takes to suggest what a text may become:
 *
 *     verbatim-suggest-bench INDEX TEXTS
 *
 * TEXTS has one text a line: a kind, a tab, and the text as far as it is typed. Each is asked once,
 * in one thread, when the checksums of the file have been compared. Prints of each line its kind,
 * the microseconds, how many completions and how many corrections there were, and the text. */
#include <stdio.h>
#include <time.h>

#include "base/log.h"
#include "bench/lines.h"
#include "search/suggest.h"

static double microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static bool measure(void *context, const struct searcher *searcher, const char *kind,
                    const char *text, struct error *error)
{
    struct suggestions suggestions;
    (void)context;
    double begun = microseconds();
    enum status status = searcher_suggest(searcher, slice_of_string(text), SUGGEST_LIMIT_DEFAULT,
                                          &suggestions, error);
    double took = microseconds() - begun;
    if (status == STATUS_OK)
        printf("%s\t%.1f\t%zu\t%zu\t%s\n", kind, took, suggestions.completion_count,
               suggestions.correction_count, text);
    suggestions_release(&suggestions);
    return status == STATUS_OK;
}

int main(int count, char **arguments)
{
    log_set_program("verbatim-suggest-bench");
    if (count != 3) {
        log_error("usage: verbatim-suggest-bench INDEX TEXTS");
        return 2;
    }
    return bench_lines_run(&(struct bench_lines){arguments[1], arguments[2], measure, NULL});
}
