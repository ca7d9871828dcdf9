#include "base/clock.h"
#include "query/query.h"
#include "search/bare_words.h"
#include "search/collect.h"
#include "search/count_matches.h"
#include "search/echo.h"
#include "search/every.h"
#include "search/filters.h"
#include "search/found_docs.h"
#include "search/group.h"
#include "search/hits.h"
#include "search/inside.h"
#include "search/kwic.h"
#include "search/mixing.h"
#include "search/plan.h"
#include "search/refuse.h"
#include "search/spelling.h"
#include "search/spelling_tell.h"
#include "search/suggest_correct.h"
#include "search/why_find.h"

struct asking { /* one question, on its way to its answer */
    const struct searcher *searcher;
    const struct question *question;
    struct answer *answer;
    struct error *error;
    struct workspace *workspace;
    struct arena *scratch; /* the workspace's */
    struct match_budget budget, page_budget, count_budget, why_budget;
    struct query query;
    struct bare_words bare;
    struct plan plan;
    const struct vocabulary *known; /* of the question that this one is a part of; NULL: none */
    struct query_node *spelled;     /* what the plan is of */
    bool respelled;                 /* that is not what was asked alone, but other spellings too */
    bool any;                       /* one article is enough: there is some, or none */
    struct why_scope scope;         /* of a question that only counts */
    struct collected collected;
};

/* --- The question ------------------------------------------------------------------------------*/

static enum status check_limits(const struct question *question, struct error *error)
{
    if (question->limit > QUESTION_LIMIT_MOST)
        return error_set(error, STATUS_LIMIT, "limit: at most %d hits are given at once",
                         QUESTION_LIMIT_MOST);
    uint64_t window = question->kwic ? LINE_OFFSET_MOST : QUESTION_WINDOW_MOST;
    if ((uint64_t)question->offset + question->limit > window)
        return error_set(error, STATUS_LIMIT,
                         question->kwic ? "offset: only the first %llu lines are shown"
                                        : "offset: only the first %llu hits are ranked",
                         (unsigned long long)window);
    if (question->snippets > QUESTION_SNIPPETS_MOST)
        return error_set(error, STATUS_LIMIT, "snippets: at most %d a hit", QUESTION_SNIPPETS_MOST);
    if (question->budget_us > QUESTION_BUDGET_MOST_US)
        return error_set(error, STATUS_LIMIT, "the time budget is at most %d milliseconds",
                         QUESTION_BUDGET_MOST_US / 1000);
    return STATUS_OK;
}

static enum status no_memory(struct asking *asking)
{
    return error_set(asking->error, STATUS_NO_MEMORY,
                     "the question needs more memory than there is for it");
}

static enum status parse(struct asking *asking)
{
    const struct question *question = asking->question;
    struct answer *answer = asking->answer;
    struct query_options options = {
        .phrase = question->phrase, .strict = question->strict, .any = question->op == OP_OR};
    enum status status = query_parse(question->text, &options, asking->workspace->analyzer,
                                     &answer->arena, &asking->query, asking->error);
    answer->text = asking->query.text;
    answer->strict_at = asking->query.error_at;
    if (status != STATUS_OK)
        return error_set(asking->error, status, "the query cannot be read");
    answer->parsed = query_write(&asking->query, &answer->arena);
    answer->repairs = asking->query.repairs;
    answer->repair_count = asking->query.repair_count;
    bare_words_read(&asking->bare, question, &asking->searcher->collection, asking->query.root,
                    asking->scratch);
    bool good = answer->arena.status == STATUS_OK && asking->scratch->status == STATUS_OK;
    return good ? STATUS_OK : no_memory(asking);
}

/* --- The search --------------------------------------------------------------------------------*/

/* STATUS_OK also where the budget ended: what was found until then stands. */
static enum status budget_status(struct asking *asking, const struct match_budget *budget)
{
    if (budget->status == STATUS_OK || budget->status == STATUS_DEADLINE)
        return STATUS_OK;
    return searcher_explain(asking->searcher, budget, asking->error);
}

static bool take_one(void *context, struct matcher *root, uint32_t doc)
{
    (void)root, (void)doc;
    *(uint64_t *)context = 1;
    return false;
}

/* The best `most` articles and how many there are, or whether there is any. */
static void run_plan(struct asking *asking, size_t most)
{
    const struct question *question = asking->question;
    if (asking->any)
        every_match(
            &asking->plan, asking->workspace, &asking->budget,
            &(struct every_visitor){.context = &asking->collected.total, .article = take_one});
    else if (asking->scope.within && !asking->respelled)
        asking->collected.total =
            found_docs_count(asking->scope.within, &asking->plan, asking->workspace,
                             &asking->budget, asking->scope.found);
    else
        collect(&asking->plan,
                &(struct collect_options){question->sort, most, question->uncounted,
                                          asking->scope.found},
                asking->workspace, &asking->budget, asking->scratch, &asking->collected);
}

static enum status search(struct asking *asking, struct query_node *root)
{
    const struct question *question = asking->question;
    bool ranked = question->limit && !question->kwic; /* lines are ranked by themselves */
    size_t most = ranked ? (size_t)question->offset + question->limit : 0;
    enum status status =
        filters_add(question, asking->workspace->analyzer, asking->scratch, &root, asking->error);
    if (status == STATUS_OK)
        status = refuse(root, &asking->searcher->collection, asking->error);
    const struct query_node *asked = root;
    if (status == STATUS_OK)
        status = spelling_plan(&asking->plan, &asking->searcher->collection, asking->known, &root,
                               !question->as_written, &asking->budget, asking->scratch);
    asking->spelled = root;
    asking->respelled = root != asked;
    asking->plan.workspace = asking->workspace;
    if (status == STATUS_OK) {
        asking->plan.mixing =
            mixing_new(question, &asking->plan, asking->query.root, asking->scratch);
        status = asking->scratch->status;
    }
    if (status == STATUS_NO_MEMORY)
        return no_memory(asking);
    if (status == STATUS_INVALID)
        return status;
    if (status == STATUS_OK)
        run_plan(asking, most);
    return budget_status(asking, &asking->budget);
}

/* Where no article has all words, any of them. */
static enum status search_any(struct asking *asking)
{
    bool whole = asking->budget.status == STATUS_OK && !asking->budget.cut;
    if (asking->question->op != OP_AUTO || asking->collected.total || !whole)
        return STATUS_OK;
    struct query_node *any = filters_any_words(asking->bare.root, asking->scratch);
    if (asking->scratch->status != STATUS_OK)
        return no_memory(asking);
    enum status status = any ? search(asking, any) : STATUS_OK;
    asking->answer->any_words = any && asking->collected.total > 0;
    return status;
}

static void collapse(struct asking *asking)
{
    const struct question *question = asking->question;
    size_t most = (size_t)question->offset + question->limit;
    if (question->collapse && asking->collected.top.count > 1)
        group_collapse(&asking->plan, &(struct collect_options){question->sort, most, true, NULL},
                       asking->workspace, &asking->budget, asking->scratch, &asking->collected);
}

/* --- The answer --------------------------------------------------------------------------------*/

/* How many articles and words the patterns stand for, which a search for the best need not know. */
static void count_patterns(struct asking *asking)
{
    const struct vocabulary *vocabulary = &asking->plan.written;
    for (size_t i = 0; i < vocabulary->count && !asking->question->bare; i++)
        if (vocabulary->words[i].unions &&
            !vocabulary_count(&vocabulary->words[i], asking->plan.collection, &asking->budget))
            return;
}

static enum status tell_words(struct asking *asking)
{
    enum { BLOCKS_MOST = 1 << 14 };
    struct match_budget budget;
    struct echo_request request = {&asking->plan, &asking->bare, asking->question->bare, &budget,
                                   asking->scratch};
    match_budget_init(&budget, 0, BLOCKS_MOST);
    count_patterns(asking);
    enum status status = echo_words(&request, asking->answer);
    if (status == STATUS_OK && budget_status(asking, &asking->budget) != STATUS_OK)
        return asking->error->status;
    return status == STATUS_NO_MEMORY ? no_memory(asking) : budget_status(asking, &budget);
}

/* Half as much again for a part of the answer, whatever the search has left. */
static void begin_part(const struct asking *asking, struct match_budget *budget)
{
    match_budget_init(budget, 0, asking->question->budget_blocks);
    if (asking->question->budget_us)
        budget->deadline_us = asking->budget.deadline_us + asking->question->budget_us / 2;
}

static enum status fill_hits(struct asking *asking)
{
    const struct question *question = asking->question;
    const struct top *top = &asking->collected.top;
    size_t first = question->offset < top->count ? question->offset : top->count;
    size_t count = top->count - first < question->limit ? top->count - first : question->limit;
    struct hits_request request = {&asking->plan,        question,
                                   asking->workspace,    &asking->page_budget,
                                   top->entries + first, count};
    begin_part(asking, &asking->page_budget);
    workspace_watch(asking->workspace, &asking->page_budget);
    if (count == 0)
        return STATUS_OK;
    enum status status = hits_fill(&request, asking->answer);
    if (status == STATUS_OK && question->collapse && !question->bare)
        status = group_tell(&request, asking->answer);
    if (asking->page_budget.status == STATUS_DEADLINE && !question->bare)
        hits_leave_out(asking->answer);
    if (status == STATUS_OK)
        return STATUS_OK;
    return searcher_explain(asking->searcher, &asking->page_budget, asking->error);
}

static bool lacks_text(const struct asking *asking)
{
    const struct collection *collection = &asking->searcher->collection;
    for (size_t i = 0; i < collection->file_count; i++)
        if (!collection->files[i].settings->has_text)
            return true;
    return false;
}

static enum status fill_lines(struct asking *asking)
{
    const struct question *question = asking->question;
    struct kwic_request request = {.plan = &asking->plan,
                                   .question = question,
                                   .options = {.sort = question->sort},
                                   .workspace = asking->workspace,
                                   .budget = &asking->page_budget};
    if (lacks_text(asking))
        return error_set(asking->error, STATUS_INVALID, "kwic: the index stores no text");
    asking->answer->has_lines = true;
    begin_part(asking, &asking->page_budget);
    workspace_watch(asking->workspace, &asking->page_budget);
    if (asking->collected.total == 0 || kwic_fill(&request, asking->answer) == STATUS_OK)
        return STATUS_OK;
    return searcher_explain(asking->searcher, &asking->page_budget, asking->error);
}

/* By facets and dates. */
static enum status count_more(struct asking *asking)
{
    struct count_request request = {&asking->plan, asking->question, asking->searcher->columns,
                                    asking->workspace, &asking->count_budget};
    if (!count_is_wanted(asking->question))
        return STATUS_OK;
    begin_part(asking, &asking->count_budget);
    workspace_watch(asking->workspace, &asking->count_budget);
    enum status status = count_matches(&request, asking->answer, asking->error);
    if (status == STATUS_OK || status == STATUS_LIMIT)
        return status;
    return searcher_explain(asking->searcher, &asking->count_budget, asking->error);
}

/* The budget that ended, as a person reads it. */
static void name_budget(const struct asking *asking, const struct match_budget *budget,
                        struct bytes *text)
{
    const struct question *question = asking->question;
    if (budget->by_time)
        bytes_format(text, "the time budget of %llu ms ended",
                     (unsigned long long)question->budget_us / 1000);
    else
        bytes_format(text, "the budget of %llu blocks ended",
                     (unsigned long long)question->budget_blocks);
}

static enum status tell_partial(struct asking *asking)
{
    struct answer *answer = asking->answer;
    struct bytes text = {0};
    if (asking->budget.status == STATUS_DEADLINE || asking->budget.cut) {
        answer->relation = TOTAL_GTE;
        name_budget(asking, &asking->budget, &text);
    } else if (asking->page_budget.status == STATUS_DEADLINE) {
        name_budget(asking, &asking->page_budget, &text);
        bytes_append_string(&text, asking->question->kwic
                                       ? " before every line was counted and shown"
                                       : " before every hit was shown in full");
    } else if (asking->count_budget.status == STATUS_DEADLINE) {
        name_budget(asking, &asking->count_budget, &text);
        bytes_append_string(&text, " before every article was counted by facet and date");
    }
    if (text.size)
        answer->partial = arena_copy(&answer->arena, bytes_slice(&text));
    bool good = text.status == STATUS_OK && answer->arena.status == STATUS_OK;
    bytes_release(&text);
    return good ? STATUS_OK : no_memory(asking);
}

/* --- Why nothing matches -----------------------------------------------------------------------*/

static void leave_out(struct question *question, unsigned without)
{
    struct slice *const values[] = {&question->from, &question->to, &question->source,
                                    &question->lang, &question->group};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (without >> i & 1)
            *values[i] = (struct slice){0};
}

/* The rest of a question's budget, and no more than `blocks` of it. */
static void rest_of(const struct match_budget *budget, uint64_t blocks, struct match_budget *rest)
{
    match_budget_init(rest, 0, blocks ? blocks : 1);
    if (budget->blocks_most && budget->blocks_most - budget->blocks < blocks)
        rest->blocks_most = budget->blocks_most - budget->blocks + 1;
    rest->deadline_us = rest->early_us = budget->deadline_us;
}

/* What another question finds, or whether it finds any: of so many blocks of the budget that
 * what asks for it shares. */
static bool count_question(struct asking *outer, struct question question, bool any,
                           uint64_t blocks, const struct why_scope *scope, struct why_count *count)
{
    struct answer answer = {0};
    struct arena scratch = {0};
    struct error error = {0};
    struct asking asking = {.searcher = outer->searcher,
                            .question = &question,
                            .answer = &answer,
                            .error = &error,
                            .workspace = outer->workspace,
                            .scratch = &scratch,
                            .known = &outer->plan.vocabulary,
                            .any = any,
                            .scope = *scope};
    uint64_t left = outer->why_budget.blocks_most - outer->why_budget.blocks;
    question.strict = question.explain = question.uncounted = false;
    question.limit = question.offset = 0;
    arena_init(&answer.arena, SEARCH_ARENA_BYTES);
    arena_init(&scratch, SEARCH_ARENA_BYTES);
    rest_of(&outer->why_budget, blocks < left ? blocks : left, &asking.budget);
    struct match_budget *watched = workspace_watch(outer->workspace, &asking.budget);
    enum status status = parse(&asking);
    if (status == STATUS_OK)
        status = search(&asking, asking.bare.root);
    workspace_watch(outer->workspace, watched);
    bool exact = status == STATUS_OK && asking.budget.status == STATUS_OK && !asking.budget.cut &&
                 !asking.collected.pruned;
    count->total = asking.collected.total;
    count->parsed = arena_copy(outer->scratch, answer.parsed);
    count->mended = answer.repair_count > 0;
    count->dear = !exact && blocks < left && !asking.budget.by_time &&
                  (asking.budget.status == STATUS_DEADLINE ||
                   (asking.budget.status == STATUS_OK && asking.budget.cut));
    match_budget_spend(&outer->why_budget, asking.budget.blocks);
    if (asking.budget.status == STATUS_CORRUPT) { /* else it is only not counted */
        match_budget_enter(&outer->why_budget, asking.budget.file);
        match_budget_check(&outer->why_budget, STATUS_CORRUPT, asking.budget.chunk);
    }
    arena_release(&scratch);
    arena_release(&answer.arena);
    return exact && outer->why_budget.status == STATUS_OK;
}

/* An offer is a query, whatever the question's mode. */
static struct question offered(const struct asking *outer, struct slice query, unsigned without)
{
    struct question question = *outer->question;
    leave_out(&question, without);
    question.text = query;
    question.phrase = false;
    return question;
}

static bool count_instead(void *context, struct slice query, unsigned without,
                          const struct why_scope *scope, struct why_count *count)
{
    return count_question(context, offered(context, query, without), false, WHY_OFFER_BLOCKS, scope,
                          count);
}

static bool find_instead(void *context, struct slice query, unsigned without,
                         struct why_count *count)
{
    return count_question(context, offered(context, query, without), true, WHY_BLOCKS_MOST,
                          &(struct why_scope){0}, count);
}

/* --- Spellings ---------------------------------------------------------------------------------*/

static enum status tell_spellings(struct asking *asking)
{
    struct answer *answer = asking->answer;
    struct match_budget budget;
    struct also_request request = {
        &asking->searcher->collection, asking->workspace, asking->query.root,
        &asking->plan.vocabulary,      &budget,           asking->scratch};
    if (!asking->question->as_written)
        spelling_tell(asking->spelled, answer);
    if (answer->arena.status != STATUS_OK)
        return no_memory(asking);
    if (!asking->question->also_written || asking->budget.status != STATUS_OK)
        return STATUS_OK;
    rest_of(&asking->budget, ALSO_WRITTEN_BLOCKS, &budget);
    enum status status = also_written_tell(&request, answer);
    return status == STATUS_NO_MEMORY ? no_memory(asking) : budget_status(asking, &budget);
}

static enum status tell_why(struct asking *asking)
{
    struct answer *answer = asking->answer;
    if (!asking->question->why || answer->total || answer->relation != TOTAL_EQ ||
        asking->budget.status != STATUS_OK || asking->budget.cut)
        return STATUS_OK;
    struct why_request request = {.question = asking->question,
                                  .query = &asking->query,
                                  .collection = &asking->searcher->collection,
                                  .budget = &asking->why_budget,
                                  .scratch = asking->scratch,
                                  .counter = {asking, count_instead, find_instead}};
    answer->why = arena_allocate(&answer->arena, 1, sizeof *answer->why);
    if (!answer->why)
        return no_memory(asking);
    rest_of(&asking->budget, WHY_BLOCKS_MOST, &asking->why_budget);
    why_find(&request, &answer->arena, answer->why);
    if (answer->arena.status != STATUS_OK || asking->scratch->status != STATUS_OK)
        return no_memory(asking);
    return budget_status(asking, &asking->why_budget);
}

/* --- Corrections -------------------------------------------------------------------------------*/

static bool count_corrected(void *context, struct slice query, uint64_t *articles)
{
    struct asking *outer = context;
    struct why_count count = {0};
    struct question question = *outer->question; /* in its mode: only words change */
    question.text = query;
    bool exact =
        count_question(outer, question, false, WHY_OFFER_BLOCKS, &(struct why_scope){0}, &count);
    *articles = count.total;
    return exact;
}

static enum status tell_corrections(struct asking *asking)
{
    struct answer *answer = asking->answer;
    struct match_budget budget;
    struct correct_request request = {.searcher = asking->searcher,
                                      .query = &asking->query,
                                      .budget = &budget,
                                      .scratch = asking->scratch,
                                      .count = count_corrected,
                                      .context = asking,
                                      .skip_from = SIZE_MAX};
    bool none = answer->any_words || (answer->total == 0 && answer->relation == TOTAL_EQ);
    if (!asking->question->corrections || !none || asking->budget.status != STATUS_OK ||
        asking->budget.cut)
        return STATUS_OK;
    rest_of(&asking->budget, CORRECT_BLOCKS, &budget);
    rest_of(&asking->budget, WHY_BLOCKS_MOST, &asking->why_budget);
    if (!correct_query(&request, &answer->arena, &answer->corrections, &answer->correction_count) &&
        (answer->arena.status != STATUS_OK || asking->scratch->status != STATUS_OK))
        return no_memory(asking);
    enum status status = budget_status(asking, &budget);
    return status == STATUS_OK ? budget_status(asking, &asking->why_budget) : status;
}

static enum status answer_question(struct asking *asking)
{
    enum status status = parse(asking);
    if (status == STATUS_OK)
        status = search(asking, asking->bare.root);
    if (status == STATUS_OK)
        status = search_any(asking);
    if (status == STATUS_OK) {
        collapse(asking);
        status = budget_status(asking, &asking->budget);
    }
    if (status == STATUS_OK)
        status = tell_words(asking);
    if (status != STATUS_OK)
        return status;
    mixing_tell(asking->question, &asking->plan, asking->answer);
    asking->answer->total = asking->collected.total;
    asking->answer->relation = asking->collected.pruned ? TOTAL_GTE : TOTAL_EQ;
    status = asking->question->kwic ? fill_lines(asking) : fill_hits(asking);
    if (status == STATUS_OK)
        status = count_more(asking);
    if (status == STATUS_OK)
        status = tell_spellings(asking);
    if (status == STATUS_OK)
        status = tell_why(asking);
    if (status == STATUS_OK)
        status = tell_corrections(asking);
    return status == STATUS_OK ? tell_partial(asking) : status;
}

enum status searcher_ask(const struct searcher *searcher, const struct question *question,
                         struct answer *answer, struct error *error)
{
    uint64_t begun = clock_microseconds();
    struct asking asking = {
        .searcher = searcher, .question = question, .answer = answer, .error = error};
    *answer = (struct answer){0};
    arena_init(&answer->arena, SEARCH_ARENA_BYTES);
    if (check_limits(question, error) != STATUS_OK)
        return error->status;
    asking.workspace = workspace_take(searcher_shelf(searcher), &searcher->collection, error);
    if (!asking.workspace)
        return error->status;
    asking.scratch = &asking.workspace->scratch;
    match_budget_init(&asking.budget, 0, question->budget_blocks);
    if (question->budget_us) {
        asking.budget.deadline_us = begun + question->budget_us;
        asking.budget.early_us = begun + question->budget_us / 4 * 3;
    }
    workspace_watch(asking.workspace, &asking.budget);
    enum status status = answer_question(&asking);
    workspace_give(searcher_shelf(searcher), asking.workspace);
    answer->took_us = clock_microseconds() - begun;
    return status;
}
