/* How long checking a quotation takes:
 *
 *     verbatim-quote-bench INDEX QUOTATIONS ROUNDS
 *
 * QUOTATIONS has one text a line: an id, a tab, and the text. Prints of each line its id, the best
 * microseconds of all rounds, how many runs and articles were found, and the first article's id.
 * One thread. Its time budget is none; a text that is answered in part ends the program. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "search/quote.h"

static int fail(const char *text)
{
    log_error("%s", text);
    return 1;
}

/* The least time of all rounds; 0 where a question fails. */
static uint64_t ask(const struct searcher *searcher, const struct quotation *quotation,
                    unsigned long rounds, struct quote_answer *answer, struct error *error)
{
    uint64_t best = 0;
    for (unsigned long i = 0; i < rounds; i++) {
        quote_answer_release(answer);
        if (searcher_quote(searcher, quotation, answer, error) != STATUS_OK)
            return 0;
        if (i == 0 || answer->took_us < best)
            best = answer->took_us;
    }
    return best ? best : 1;
}

static bool measure(const struct searcher *searcher, char *line, unsigned long rounds)
{
    struct quotation quotation;
    struct quote_answer answer = {0};
    struct error error = {0};
    char *tab = strchr(line, '\t');
    if (!tab)
        return false;
    *tab = '\0';
    quotation_init(&quotation);
    quotation.budget_us = 0;
    quotation.text = slice_of_string(tab + 1);
    uint64_t best = ask(searcher, &quotation, rounds, &answer, &error);
    bool good = best && answer.partial.size == 0;
    struct slice id = answer.article_count ? answer.articles[0].fields.id : SLICE("");
    if (good)
        printf("%s\t%llu\t%llu\t%llu\t%.*s\n", line, (unsigned long long)best,
               (unsigned long long)answer.run_total, (unsigned long long)answer.article_total,
               (int)id.size, id.data);
    else
        fail(best ? "an answer is not whole" : error.text);
    quote_answer_release(&answer);
    return good;
}

int main(int count, char **arguments)
{
    struct error error = {0};
    char *line = NULL;
    size_t capacity = 0;
    bool good = true;
    log_set_program("verbatim-quote-bench");
    if (count != 4)
        return fail("usage: verbatim-quote-bench INDEX QUOTATIONS ROUNDS") + 1;
    const char *path = arguments[1];
    struct searcher *searcher = searcher_open("bench", &path, 1, &error);
    FILE *file = fopen(arguments[2], "r");
    if (!searcher || !file)
        return fail(searcher ? "cannot read the quotations" : error.text);
    unsigned long rounds = strtoul(arguments[3], NULL, 10);
    while (good && getline(&line, &capacity, file) > 0)
        good = measure(searcher, line, rounds ? rounds : 1);
    free(line);
    fclose(file);
    searcher_unref(searcher);
    return good ? 0 : 1;
}
