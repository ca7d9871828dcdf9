#include "search/quote.h"

#include "base/clock.h"
#include "search/inside.h"
#include "search/quote_chain.h"
#include "search/quote_find.h"
#include "search/quote_rank.h"
#include "search/quote_show.h"
#include "search/quote_words.h"

struct quoting { /* one pasted text, on its way to its answer */
    const struct searcher *searcher;
    const struct quotation *quotation;
    struct quote_answer *answer;
    struct error *error;
    struct workspace *workspace;
    uint64_t start_us; /* by clock_microseconds */
    struct match_budget budget, page_budget;
    struct quote_words words;
    struct bytes matches; /* struct quote_match */
    struct quote_chainer chainer;
    struct quote_ranked ranked;
};

static enum status check_limits(const struct quotation *quotation, struct error *error)
{
    if (quotation->min < QUOTE_MIN_LEAST || quotation->min > QUOTE_MIN_MOST)
        return error_set(error, STATUS_LIMIT, "min: a run has %d to %d words at least",
                         QUOTE_MIN_LEAST, QUOTE_MIN_MOST);
    if (quotation->articles > QUOTE_ARTICLES_MOST)
        return error_set(error, STATUS_LIMIT, "limit: at most %d articles are shown",
                         QUOTE_ARTICLES_MOST);
    if (quotation->runs > QUOTE_RUNS_MOST)
        return error_set(error, STATUS_LIMIT, "runs: at most %d runs are shown", QUOTE_RUNS_MOST);
    if (quotation->budget_us > QUESTION_BUDGET_MOST_US)
        return error_set(error, STATUS_LIMIT, "the time budget is at most %d milliseconds",
                         QUESTION_BUDGET_MOST_US / 1000);
    return STATUS_OK;
}

/* STATUS_OK also where the budget ended: what was found until then stands. */
static enum status budget_status(struct quoting *quoting, const struct match_budget *budget)
{
    if (budget->status == STATUS_OK || budget->status == STATUS_DEADLINE)
        return STATUS_OK;
    return searcher_explain(quoting->searcher, budget, quoting->error);
}

static enum status find(struct quoting *quoting)
{
    const struct quotation *quotation = quoting->quotation;
    const struct collection *collection = &quoting->searcher->collection;
    struct workspace *workspace = quoting->workspace;
    match_budget_init(&quoting->budget, quotation->budget_us, quotation->budget_blocks);
    workspace_watch(workspace, &quoting->budget);
    quote_words_join(&quoting->words, collection, &quoting->budget, &quoting->answer->arena,
                     &workspace->matchers);
    quote_find_matches(collection, &quoting->words, quotation->min, &quoting->budget,
                       &workspace->scratch, &workspace->matchers, &quoting->matches);
    return budget_status(quoting, &quoting->budget);
}

static enum status show(struct quoting *quoting)
{
    const struct quotation *quotation = quoting->quotation;
    const struct collection *collection = &quoting->searcher->collection;
    struct match_budget *budget = &quoting->page_budget;
    match_budget_init(budget, 0, quotation->budget_blocks);
    if (quotation->budget_us) /* an eighth more, whatever the search has left: something is shown */
        budget->deadline_us = quoting->start_us + quotation->budget_us + quotation->budget_us / 8;
    workspace_watch(quoting->workspace, budget);
    quote_rank(collection, &quoting->matches, &quoting->chainer, budget, &quoting->ranked);
    struct quote_show_request request = {.collection = collection,
                                         .quotation = quotation,
                                         .words = &quoting->words,
                                         .matches = bytes_items(&quoting->matches),
                                         .ranked = &quoting->ranked,
                                         .chainer = &quoting->chainer,
                                         .workspace = quoting->workspace,
                                         .budget = budget};
    if (budget->status == STATUS_OK || budget->status == STATUS_DEADLINE)
        quote_show(&request, quoting->answer);
    return budget_status(quoting, budget);
}

/* The budget that ended, as a person reads it. */
static void name_budget(const struct quoting *quoting, const struct match_budget *budget,
                        struct bytes *text)
{
    const struct quotation *quotation = quoting->quotation;
    if (budget->status != STATUS_DEADLINE)
        bytes_format(text, "more than %d places hold words of this text", QUOTE_MATCHES_MOST);
    else if (budget->by_time)
        bytes_format(text, "the time budget of %llu ms ended",
                     (unsigned long long)quotation->budget_us / 1000);
    else
        bytes_format(text, "the budget of %llu blocks ended",
                     (unsigned long long)quotation->budget_blocks);
}

static enum status tell_partial(struct quoting *quoting)
{
    struct quote_answer *answer = quoting->answer;
    struct bytes text = {0};
    if (quoting->budget.status == STATUS_DEADLINE || quoting->budget.cut) {
        name_budget(quoting, &quoting->budget, &text);
        bytes_append_string(&text, " before every run was found");
    } else if (quoting->page_budget.status == STATUS_DEADLINE) {
        name_budget(quoting, &quoting->page_budget, &text);
        bytes_append_string(&text, " before every article was shown in full");
    }
    if (text.size)
        answer->partial = arena_copy(&answer->arena, bytes_slice(&text));
    bool good = text.status == STATUS_OK && answer->arena.status == STATUS_OK;
    bytes_release(&text);
    return good ? STATUS_OK
                : error_set(quoting->error, STATUS_NO_MEMORY, "out of memory for the quotation");
}

static enum status answer_quotation(struct quoting *quoting)
{
    struct quote_answer *answer = quoting->answer;
    enum status status = quote_words_read(quoting->quotation, quoting->workspace->analyzer,
                                          &answer->arena, &quoting->words, quoting->error);
    if (status == STATUS_OK)
        status = find(quoting);
    if (status == STATUS_OK)
        status = show(quoting);
    answer->words = (uint32_t)quoting->words.count;
    answer->joined = quoting->words.joined;
    answer->min = quoting->quotation->min;
    return status == STATUS_OK ? tell_partial(quoting) : status;
}

enum status searcher_quote(const struct searcher *searcher, const struct quotation *quotation,
                           struct quote_answer *answer, struct error *error)
{
    struct quoting quoting = {.searcher = searcher,
                              .quotation = quotation,
                              .answer = answer,
                              .error = error,
                              .start_us = clock_microseconds()};
    *answer = (struct quote_answer){0};
    arena_init(&answer->arena, SEARCH_ARENA_BYTES);
    enum status status = check_limits(quotation, error);
    if (status != STATUS_OK)
        return status;
    quoting.workspace = workspace_take(searcher_shelf(searcher), &searcher->collection, error);
    if (!quoting.workspace)
        return error->status;
    status = answer_quotation(&quoting);
    workspace_give(searcher_shelf(searcher), quoting.workspace);
    quote_chainer_release(&quoting.chainer);
    quote_ranked_release(&quoting.ranked);
    bytes_release(&quoting.matches);
    answer->took_us = clock_microseconds() - quoting.start_us;
    return status;
}
