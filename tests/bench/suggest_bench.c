/* How long it takes to suggest what a text may become:
 *
 *     verbatim-suggest-bench INDEX TEXTS
 *
 * TEXTS has one text a line: a kind, a tab, and the text as far as it is typed. Each is asked once,
 * in one thread, when the sums of the file have been compared, as a server does beside its work.
 * Prints of each line its kind, the microseconds, how many completions and how many
 * corrections there were, and the text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "search/searcher.h"
#include "search/suggest.h"

static int fail(const char *text)
{
    log_error("%s", text);
    return 1;
}

static double microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static bool measure(const struct searcher *searcher, char *line)
{
    struct suggestions suggestions;
    struct error error = {0};
    char *tab = strchr(line, '\t');
    if (!tab)
        return fail("a line without a tab") == 0;
    *tab = '\0';
    tab[1 + strcspn(tab + 1, "\n")] = '\0';
    double begun = microseconds();
    enum status status = searcher_suggest(searcher, slice_of_string(tab + 1),
                                          SUGGEST_LIMIT_DEFAULT, &suggestions, &error);
    double took = microseconds() - begun;
    if (status == STATUS_OK)
        printf("%s\t%.1f\t%zu\t%zu\t%s\n", line, took, suggestions.completion_count,
               suggestions.correction_count, tab + 1);
    else
        fail(error.text);
    suggestions_release(&suggestions);
    return status == STATUS_OK;
}

int main(int count, char **arguments)
{
    struct error error = {0};
    char *line = NULL;
    size_t capacity = 0;
    bool good = true;
    log_set_program("verbatim-suggest-bench");
    if (count != 3)
        return fail("usage: verbatim-suggest-bench INDEX TEXTS") + 1;
    const char *path = arguments[1];
    struct searcher *searcher = searcher_open("bench", &path, 1, &error);
    FILE *file = fopen(arguments[2], "r");
    if (!searcher || !file || searcher_verify(searcher, &error) != STATUS_OK)
        return fail(searcher && !file ? "cannot read the texts" : error.text);
    while (good && getline(&line, &capacity, file) > 0)
        good = measure(searcher, line);
    free(line);
    fclose(file);
    searcher_unref(searcher);
    return good ? 0 : 1;
}
