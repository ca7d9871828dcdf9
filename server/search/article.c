#include "match/leaf.h"
#include "query/query.h"
#include "search/bare_words.h"
#include "search/collect.h"
#include "search/fields_show.h"
#include "search/inside.h"
#include "search/marker.h"
#include "search/occurrences.h"
#include "search/refuse.h"
#include "search/spelling.h"

struct reading { /* of one stored article */
    const struct searcher *searcher;
    const struct question *question;
    struct stored_article *article;
    struct error *error;
    struct workspace *workspace;
    struct arena scratch;
    struct match_budget budget;
    const struct collection_file *file;
    size_t at; /* the file's place */
    uint32_t doc;
    struct bytes body, ranges;
    struct bare_words bare;
    struct plan plan;
    struct occurrences occurrences;
};

static enum status fail(struct reading *reading, enum status status, enum chunk_id chunk)
{
    match_budget_check(&reading->budget, status, chunk);
    return searcher_explain(reading->searcher, &reading->budget, reading->error);
}

/* The last file that has the id; it hides those before. */
static enum status find(struct reading *reading, struct slice id)
{
    const struct collection *collection = &reading->searcher->collection;
    for (reading->at = collection->file_count; reading->at-- > 0;) {
        reading->file = &collection->files[reading->at];
        match_budget_enter(&reading->budget, reading->at);
        enum status status =
            columns_find_id(&reading->file->columns, &reading->workspace->documents[reading->at],
                            id, &reading->doc);
        if (status != STATUS_NOT_FOUND)
            return status == STATUS_OK ? STATUS_OK : fail(reading, status, CHUNK_IDS);
    }
    return error_set(reading->error, STATUS_NOT_FOUND, "no article has the id '%.*s'",
                     (int)(id.size < 200 ? id.size : 200), id.data);
}

static enum status read_article(struct reading *reading)
{
    struct stored_article *article = reading->article;
    struct documents *documents = &reading->workspace->documents[reading->at];
    enum status status =
        fields_show_whole(documents, reading->doc, &article->arena, &article->fields);
    if (status != STATUS_OK)
        return fail(reading, status, CHUNK_FIELDS);
    article->has_text = reading->file->settings->has_text;
    if (!article->has_text)
        return STATUS_OK;
    status = documents_body(documents, reading->doc, &reading->body);
    if (status != STATUS_OK)
        return fail(reading, status, CHUNK_TEXT);
    article->body = arena_copy(&article->arena, bytes_slice(&reading->body));
    if (reading->body.status != STATUS_OK || !article->body.data)
        return fail(reading, STATUS_NO_MEMORY, CHUNK_TEXT);
    return STATUS_OK;
}

/* --- Marks -------------------------------------------------------------------------------------
 *
 * Of every word and phrase of the question that is not behind a NOT, whether or not the article
 * matches the whole of it. */

static enum status parse(struct reading *reading, struct query *query)
{
    const struct question *question = reading->question;
    struct query_options options = {
        .phrase = question->phrase, .strict = question->strict, .any = question->op == OP_OR};
    enum status status = query_parse(question->text, &options, reading->workspace->analyzer,
                                     &reading->scratch, query, reading->error);
    if (status != STATUS_OK)
        return error_set(reading->error, status, "the query cannot be read");
    return refuse(query->root, &reading->searcher->collection, reading->error);
}

static bool make_plan(struct reading *reading, struct query_node *root)
{
    const struct collection *collection = &reading->searcher->collection;
    bare_words_read(&reading->bare, reading->question, collection, root, &reading->scratch);
    enum status status = reading->scratch.status;
    if (status == STATUS_OK)
        status = spelling_plan(&reading->plan, collection, NULL, &reading->bare.root,
                               !reading->question->as_written, &reading->budget, &reading->scratch);
    reading->plan.workspace = reading->workspace;
    if (status == STATUS_OK &&
        !occurrences_init(&reading->occurrences, &reading->plan, &reading->scratch))
        status = STATUS_NO_MEMORY;
    return match_budget_check(&reading->budget, status, CHUNK_LEXICON);
}

static bool find_leaf(struct reading *reading, const struct match_source *source, size_t number)
{
    bool absent, good = true;
    struct match_leaf *leaf =
        plan_leaf_matcher(&reading->plan, number, reading->at, source, &absent);
    if (!leaf)
        return absent;
    if (matcher_test(&leaf->matcher, reading->doc))
        good = occurrences_add(&reading->occurrences, &reading->plan, leaf, &reading->budget);
    matcher_release(&leaf->matcher);
    return good && reading->budget.status == STATUS_OK;
}

static bool find_leaves(struct reading *reading)
{
    struct match_source source = {.snapshot = reading->file->snapshot,
                                  .columns = &reading->file->columns,
                                  .budget = &reading->budget,
                                  .arena = &reading->scratch,
                                  .only = &reading->doc,
                                  .only_count = 1};
    occurrences_clear(&reading->occurrences);
    for (size_t i = 0; i < reading->plan.leaf_count; i++)
        if (reading->plan.leaves[i].term == i && !find_leaf(reading, &source, i))
            return false;
    return occurrences_sort(&reading->occurrences, &reading->budget);
}

static bool mark(struct reading *reading, struct slice text, uint32_t position, size_t first,
                 size_t count, struct range **ranges, size_t *range_count)
{
    if (count == 0)
        return true;
    enum status status = marker_text(
        text, position, occurrences_items(&reading->occurrences) + first, count, OCCURRENCES_MOST,
        reading->workspace->analyzer, &reading->budget, &reading->ranges);
    size_t made = reading->ranges.size / sizeof(struct range);
    if (status == STATUS_OK && made) {
        *ranges = arena_regrow(&reading->article->arena, reading->ranges.data, made, made,
                               sizeof(struct range));
        *range_count = *ranges ? made : 0;
        status = *ranges ? STATUS_OK : STATUS_NO_MEMORY;
    }
    return match_budget_check(&reading->budget, status, CHUNK_TEXT);
}

static bool mark_all(struct reading *reading)
{
    struct stored_article *article = reading->article;
    struct hit *fields = &article->fields;
    uint32_t title_words;
    enum status status = columns_title_words(&reading->file->columns, reading->doc, &title_words);
    if (!match_budget_check(&reading->budget, status, CHUNK_TITLE_WORDS) || !find_leaves(reading))
        return false;
    size_t title_count = occurrences_before(&reading->occurrences, title_words);
    size_t body_count = occurrences_count(&reading->occurrences) - title_count;
    if (!fields->title_derived && !mark(reading, fields->title, 0, 0, title_count,
                                        &fields->title_highlights, &fields->title_highlight_count))
        return false;
    return !article->has_text ||
           mark(reading, article->body, settings_body_start(title_words), title_count, body_count,
                &article->highlights, &article->highlight_count);
}

/* An article whose marks the budget does not reach is given without some of them. */
static enum status read_marked(struct reading *reading)
{
    struct query query;
    enum status status = read_article(reading);
    if (status == STATUS_OK && reading->question)
        status = parse(reading, &query);
    if (status != STATUS_OK || !reading->question)
        return status;
    workspace_watch(reading->workspace, &reading->budget);
    if (make_plan(reading, query.root)) {
        match_budget_enter(&reading->budget, reading->at);
        mark_all(reading);
    }
    reading->article->partial = reading->budget.status == STATUS_DEADLINE;
    if (reading->budget.status == STATUS_OK || reading->article->partial)
        return STATUS_OK;
    return searcher_explain(reading->searcher, &reading->budget, reading->error);
}

enum status searcher_article(const struct searcher *searcher, struct slice id,
                             const struct question *question, struct stored_article *article,
                             struct error *error)
{
    struct reading reading = {
        .searcher = searcher, .question = question, .article = article, .error = error};
    *article = (struct stored_article){0};
    reading.workspace = workspace_take(searcher_shelf(searcher), &searcher->collection, error);
    if (!reading.workspace)
        return error->status;
    arena_init(&reading.scratch, SEARCH_ARENA_BYTES);
    if (question) /* the time that a large body takes to read is the question's */
        match_budget_init(&reading.budget, question->budget_us, question->budget_blocks);
    enum status status = find(&reading, id);
    if (status == STATUS_OK)
        status = read_marked(&reading);
    occurrences_release(&reading.occurrences);
    bytes_release(&reading.body);
    bytes_release(&reading.ranges);
    arena_release(&reading.scratch);
    workspace_give(searcher_shelf(searcher), reading.workspace);
    return status;
}
