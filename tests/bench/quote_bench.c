/* How long checking a quotation takes:
 *
 *     verbatim-quote-bench INDEX QUOTATIONS ROUNDS
 *
 * QUOTATIONS has one text a line: an id, a tab, and the text. Prints of each line its id, the best
 * microseconds of all rounds, how many runs and articles were found, and the first article's id.
 * One thread. Its time budget is none; a text that is answered in part ends the program. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "bench/lines.h"
#include "search/quote.h"

/* The least time of all rounds; 0 where a question fails. */
static uint64_t ask(const struct searcher *searcher, const struct quotation *quotation,
                    unsigned long rounds, struct quote_answer *answer, struct error *error)
{
    uint64_t best = UINT64_MAX;
    for (unsigned long i = 0; i < rounds; i++) {
        quote_answer_release(answer);
        if (searcher_quote(searcher, quotation, answer, error) != STATUS_OK)
            return 0;
        if (answer->took_us < best)
            best = answer->took_us;
    }
    return best ? best : 1;
}

static bool measure(void *context, const struct searcher *searcher, const char *id,
                    const char *text, struct error *error)
{
    const unsigned long *rounds = context;
    struct quotation quotation;
    struct quote_answer answer = {0};
    quotation_init(&quotation);
    quotation.budget_us = 0;
    quotation.text = slice_of_string(text);
    uint64_t best = ask(searcher, &quotation, *rounds, &answer, error);
    if (best && answer.partial.size)
        error_set(error, STATUS_LIMIT, "the answer to '%s' is not whole", id);
    struct slice first = answer.article_count ? answer.articles[0].fields.id : SLICE("");
    if (error->status == STATUS_OK)
        printf("%s\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%.*s\n", id, best, answer.run_total,
               answer.article_total, (int)first.size, first.data);
    quote_answer_release(&answer);
    return error->status == STATUS_OK;
}

int main(int count, char **arguments)
{
    log_set_program("verbatim-quote-bench");
    if (count != 4) {
        log_error("usage: verbatim-quote-bench INDEX QUOTATIONS ROUNDS");
        return 2;
    }
    unsigned long rounds = strtoul(arguments[3], NULL, 10);
    rounds = rounds ? rounds : 1;
    return bench_lines_run(&(struct bench_lines){arguments[1], arguments[2], measure, &rounds});
}
