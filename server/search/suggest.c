#include "search/suggest.h"

#include "base/bytes.h"
#include "base/clock.h"
#include "query/query.h"
#include "search/inside.h"
#include "search/searcher.h"
#include "search/suggest_correct.h"
#include "search/suggest_found.h"
#include "search/suggest_near.h"
#include "search/suggest_text.h"
#include "search/vocabulary.h"
#include "text/utf8.h"

enum {
    TITLES_SHARE_NUMERATOR = 3, /* of the places, kept for titles */
    TITLES_SHARE_DENOMINATOR = 10,
    TRIED_WORDS = 12,          /* most frequent ones that are tried behind the words before */
    TRIED_BLOCKS = 160,        /* for trying one, of which positions of an article take one */
    COUNT_BLOCKS = 64,         /* for counting what the first corrected text finds, */
    COUNT_PHRASE_BLOCKS = 512, /* or where that is a phrase alone: most are positions, which are
                                  cheap */
    COUNT_BLOCKS_LEAST = 16,   /* and what the last does */
};

struct suggesting {
    const struct searcher *searcher;
    struct workspace *workspace;
    struct suggestions *out;
    struct error *error;
    struct match_budget budget;
    struct suggest_text text;
    struct slice *folded; /* of each completion: what is known is not offered again */
    size_t limit;
    uint64_t count_blocks; /* for the next corrected text */
};

static struct arena *scratch_of(const struct suggesting *suggesting)
{
    return &suggesting->workspace->scratch;
}

/* Exactly how many articles a text finds; false where the budget for it ends before. */
static bool count_articles(const struct searcher *searcher, struct slice text, bool phrase,
                           uint64_t blocks, uint64_t *articles)
{
    struct question question;
    struct answer answer = {0};
    struct error error = {0};
    question_init(&question);
    question.text = text;
    question.phrase = phrase;
    question.as_written = phrase;
    question.limit = question.snippets = 0;
    question.bare = true;
    question.budget_us = 0;
    question.budget_blocks = blocks;
    enum status status = searcher_ask(searcher, &question, &answer, &error);
    bool exact = status == STATUS_OK && answer.relation == TOTAL_EQ && !answer.any_words;
    *articles = exact ? answer.total : 0;
    answer_release(&answer);
    return exact;
}

/* --- Completions -------------------------------------------------------------------------------*/

/* The text with `shown` in place of its words from number `from` on. */
static struct slice complete(struct suggesting *suggesting, size_t from, struct slice shown)
{
    const struct suggest_text *text = &suggesting->text;
    struct bytes whole = {0};
    bytes_append_slice(&whole, text->front);
    size_t begun = text->front.size, start = from ? text->starts[from] : begun;
    bytes_append(&whole, suggesting->out->text.data + begun, start - begun);
    bytes_append_slice(&whole, shown);
    bytes_append_slice(&whole, text->closing);
    return arena_copy_bytes(&suggesting->out->arena, &whole);
}

/* The words before number `from`, and these. */
static struct slice fold_all(struct suggesting *suggesting, size_t from, struct slice folded)
{
    struct bytes whole = {0};
    for (size_t i = 0; i < from; i++) {
        bytes_append_slice(&whole, suggesting->text.words[i]);
        bytes_put_u8(&whole, ' ');
    }
    bytes_append_slice(&whole, folded);
    return arena_copy_bytes(scratch_of(suggesting), &whole);
}

/* In place of the words from number `from` on, unless the same words are offered already. */
static void offer(struct suggesting *suggesting, size_t from, const struct found *found)
{
    struct suggestions *out = suggesting->out;
    struct slice folded = fold_all(suggesting, from, found->text);
    for (size_t i = 0; i < out->completion_count; i++)
        if (slice_equal(suggesting->folded[i], folded))
            return;
    struct slice text = complete(suggesting, from, found->shown);
    size_t at = out->completion_count;
    if (text.size == 0 || folded.size == 0)
        return;
    out->completions[at] = (struct suggestion){text, found->kind, found->articles};
    suggesting->folded[at] = folded;
    out->completion_count++;
}

/* What completes all words, by articles. */
static void order(struct suggesting *suggesting)
{
    struct suggestion *all = suggesting->out->completions;
    for (size_t i = 1; i < suggesting->out->completion_count; i++)
        for (size_t j = i; j && all[j].articles > all[j - 1].articles; j--) {
            struct suggestion swap = all[j];
            struct slice folded = suggesting->folded[j];
            all[j] = all[j - 1], suggesting->folded[j] = suggesting->folded[j - 1];
            all[j - 1] = swap, suggesting->folded[j - 1] = folded;
        }
}

static struct found_request request_of(struct suggesting *suggesting, size_t most)
{
    return (struct found_request){.searcher = suggesting->searcher,
                                  .workspace = suggesting->workspace,
                                  .arena = scratch_of(suggesting),
                                  .budget = &suggesting->budget,
                                  .most = most};
}

/* Words and phrases in place of the words from number `from` on, as far as there is room. */
static bool offer_words(struct suggesting *suggesting, size_t from, size_t room)
{
    struct found_request request = request_of(suggesting, room);
    struct found_list list = {0};
    struct slice prefix = suggest_text_prefix(&suggesting->text, from, scratch_of(suggesting));
    if (prefix.size == 0 || found_words(&request, prefix, &list) != STATUS_OK)
        return false;
    for (size_t i = 0; i < list.count && suggesting->out->completion_count < room; i++)
        offer(suggesting, from, &list.items[i]);
    return true;
}

/* The words before, and one of the most frequent that begin so: where they occur side by side. */
static bool try_words(struct suggesting *suggesting, size_t room)
{
    const struct suggest_text *text = &suggesting->text;
    struct found_request request = request_of(suggesting, TRIED_WORDS);
    struct found_list list = {0};
    if (found_words(&request, text->words[text->count - 1], &list) != STATUS_OK)
        return false;
    for (size_t i = 0; i < list.count && suggesting->out->completion_count < room; i++) {
        uint64_t articles;
        struct slice phrase = fold_all(suggesting, text->count - 1, list.items[i].text);
        if (!phrase.size)
            return false;
        if (!count_articles(suggesting->searcher, phrase, true, TRIED_BLOCKS, &articles) ||
            !articles)
            continue;
        list.items[i].kind = SUGGESTION_PHRASE;
        list.items[i].articles = articles;
        offer(suggesting, text->count - 1, &list.items[i]);
    }
    return true;
}

/* Behind the words and phrases: one of which a title may be, where it is no more than the words. */
static bool offer_titles(struct suggesting *suggesting, const struct found_list *titles)
{
    for (size_t i = 0; i < titles->count; i++) {
        if (suggesting->out->completion_count == suggesting->limit)
            break;
        struct found title = titles->items[i];
        if (!title.whole)
            title.text = title.shown;
        offer(suggesting, 0, &title);
    }
    return suggesting->out->arena.status == STATUS_OK;
}

static bool occurs(struct suggesting *suggesting, struct slice word)
{
    uint64_t articles;
    return vocabulary_articles(&suggesting->searcher->collection, word, &suggesting->budget,
                               &articles) &&
           articles;
}

/* Phrases of all words first, then of fewer of the last, down to the last word alone; in a
 * quotation all words have to stay together. */
static bool offer_all_words(struct suggesting *suggesting, size_t room)
{
    const struct suggest_text *text = &suggesting->text;
    if (!offer_words(suggesting, 0, room))
        return false;
    if (text->count > 1 && !text->whole && suggesting->out->completion_count < room &&
        !try_words(suggesting, room))
        return false;
    order(suggesting);
    for (size_t from = 1; from < text->count && !text->quoted; from++)
        if (!occurs(suggesting, text->words[from - 1]))
            break;
        else if (suggesting->out->completion_count < room && !offer_words(suggesting, from, room))
            return false;
    return suggesting->budget.status == STATUS_OK;
}

static bool complete_text(struct suggesting *suggesting)
{
    struct found_list titles = {0};
    struct suggestions *out = suggesting->out;
    size_t kept = suggesting->limit * TITLES_SHARE_NUMERATOR / TITLES_SHARE_DENOMINATOR;
    struct found_request request = request_of(suggesting, suggesting->limit);
    out->completions = arena_allocate(&out->arena, suggesting->limit + 1, sizeof *out->completions);
    suggesting->folded =
        arena_allocate(scratch_of(suggesting), suggesting->limit + 1, sizeof *suggesting->folded);
    if (!out->completions || !suggesting->folded)
        return false;
    if (suggesting->text.count == 0 || suggesting->limit == 0)
        return true;
    struct slice prefix = suggest_text_prefix(&suggesting->text, 0, scratch_of(suggesting));
    if (prefix.size == 0 || found_titles(&request, prefix, &titles) != STATUS_OK)
        return false;
    size_t places = titles.count < kept ? titles.count : kept;
    return offer_all_words(suggesting, suggesting->limit - places) &&
           offer_titles(suggesting, &titles);
}

/* --- Corrections -------------------------------------------------------------------------------*/

/* Each may cost half as much as the one before: together no more than twice the first. */
static bool count_corrected(void *context, struct slice query, uint64_t *articles)
{
    struct suggesting *suggesting = context;
    uint64_t blocks = suggesting->count_blocks;
    if (blocks > COUNT_BLOCKS_LEAST)
        suggesting->count_blocks = blocks / 2;
    return count_articles(suggesting->searcher, query, false, blocks, articles);
}

/* The word that is being typed is no wrong one as long as any word begins so. */
static bool correct_text(struct suggesting *suggesting)
{
    const struct suggest_text *text = &suggesting->text;
    struct suggestions *out = suggesting->out;
    struct query_options options = {0};
    struct query query;
    struct error error = {0};
    enum status status = query_parse(out->text, &options, suggesting->workspace->analyzer,
                                     scratch_of(suggesting), &query, &error);
    if (status != STATUS_OK)
        return status != STATUS_NO_MEMORY;
    bool phrase = query.root->kind == QUERY_PHRASE && query.root->word_count > 1;
    suggesting->count_blocks = phrase ? COUNT_PHRASE_BLOCKS : COUNT_BLOCKS;
    struct correct_request request = {.searcher = suggesting->searcher,
                                      .query = &query,
                                      .budget = &suggesting->budget,
                                      .scratch = scratch_of(suggesting),
                                      .count = count_corrected,
                                      .context = suggesting,
                                      .skip_from = SIZE_MAX,
                                      .quick = true};
    if (text->count && !text->whole && out->completion_count)
        request.skip_from = text->starts[text->count - 1];
    return correct_query(&request, &out->arena, &out->corrections, &out->correction_count);
}

/* --- All ---------------------------------------------------------------------------------------*/

static enum status suggest(struct suggesting *suggesting)
{
    suggest_text_read(&suggesting->text, suggesting->out->text, suggesting->workspace->analyzer,
                      scratch_of(suggesting));
    if (complete_text(suggesting) && correct_text(suggesting))
        return STATUS_OK;
    if (suggesting->budget.status != STATUS_OK && suggesting->budget.status != STATUS_DEADLINE)
        return searcher_explain(suggesting->searcher, &suggesting->budget, suggesting->error);
    if (suggesting->budget.status == STATUS_DEADLINE)
        return STATUS_OK;
    return error_set(suggesting->error, STATUS_NO_MEMORY,
                     "the suggestions need more memory than there is for them");
}

enum status searcher_suggest(const struct searcher *searcher, struct slice text, size_t limit,
                             struct suggestions *suggestions, struct error *error)
{
    uint64_t begun = clock_microseconds();
    struct suggesting suggesting = {
        .searcher = searcher, .out = suggestions, .error = error, .limit = limit};
    *suggestions = (struct suggestions){0};
    arena_init(&suggestions->arena, SEARCH_ARENA_BYTES);
    if (limit > SUGGEST_LIMIT_MOST)
        return error_set(error, STATUS_LIMIT, "limit: at most %d suggestions are given",
                         SUGGEST_LIMIT_MOST);
    suggestions->text = utf8_valid_copy(text, &suggestions->arena);
    if (suggestions->arena.status != STATUS_OK || (text.size && !suggestions->text.data))
        return error_set(error, STATUS_NO_MEMORY, "out of memory for suggestions");
    enum status status = STATUS_OK;
    if (text.size && text.size <= SUGGEST_TEXT_MOST) {
        suggesting.workspace =
            workspace_take(searcher_shelf(searcher), &searcher->collection, error);
        if (!suggesting.workspace)
            return error->status;
        match_budget_init(&suggesting.budget, 0, CORRECT_BLOCKS);
        status = suggest(&suggesting);
        workspace_give(searcher_shelf(searcher), suggesting.workspace);
    }
    suggestions->took_us = clock_microseconds() - begun;
    return status;
}

void suggestions_release(struct suggestions *suggestions)
{
    arena_release(&suggestions->arena);
    *suggestions = (struct suggestions){0};
}
