#include "search/quote_show.h"

#include "match/budget.h"
#include "search/collection.h"
#include "search/fields_show.h"
#include "search/quotation.h"
#include "search/quote_answer.h"
#include "search/quote_chain.h"
#include "search/quote_differ.h"
#include "search/quote_find.h"
#include "search/quote_rank.h"
#include "search/quote_words.h"
#include "search/quote_written.h"
#include "search/workspace.h"
#include "store/settings.h"

struct view { /* of what was found, on its way into the answer */
    const struct quote_show_request *of;
    struct quote_answer *answer;
    const struct quote_found *found;
    const struct hit **fields; /* by rank; NULL: not read */
    struct quote_written written;
    struct quote_differ differ;
    struct bytes pieces; /* struct quote_piece */
};

/* After STATUS_DEADLINE what was shown so far is shown. */
static bool check(const struct view *view, enum status status, enum chunk_id chunk)
{
    struct match_budget *budget = view->of->budget;
    if (status != STATUS_OK && budget->status == STATUS_DEADLINE)
        budget->status = STATUS_OK;
    return match_budget_check(budget, status, chunk);
}

static bool is_broken(const struct view *view)
{
    enum status status = view->of->budget->status;
    return status != STATUS_OK && status != STATUS_DEADLINE;
}

static bool read_fields(struct view *view, uint32_t rank, struct hit *hit)
{
    const struct quote_found *found = &view->found[rank];
    match_budget_enter(view->of->budget, found->file);
    enum status status = fields_show(&view->of->workspace->documents[found->file], found->doc,
                                     &view->answer->arena, hit);
    hit->rank = rank + 1;
    hit->file = found->file;
    hit->article = found->doc;
    view->fields[rank] = hit;
    return check(view, status, CHUNK_FIELDS);
}

/* --- Places ------------------------------------------------------------------------------------*/

static bool title_words_of(const struct view *view, const struct quote_found *found,
                           uint32_t *words)
{
    const struct columns *columns = &view->of->collection->files[found->file].columns;
    return check(view, columns_title_words(columns, found->doc, words), CHUNK_TITLE_WORDS);
}

static struct quote_place place_of(uint32_t at, uint32_t title_words)
{
    bool in_title = at < title_words;
    uint32_t start = settings_body_start(title_words);
    return (struct quote_place){in_title, in_title ? at : at - start};
}

static struct range pasted_range(const struct quote_words *words, uint32_t start, uint32_t count)
{
    return (struct range){words->items[start].range.start,
                          words->items[start + count - 1].range.end};
}

/* --- The runs of an article --------------------------------------------------------------------*/

/* Links name matches in ascending order, so one step tells of each match in turn. */
static bool take_link(const struct quote_chainer *chainer, size_t *link, size_t match)
{
    const struct quote_link *links = bytes_items(&chainer->links);
    if (*link == chainer->links.size / sizeof *links || links[*link].match != match)
        return false;
    ++*link;
    return true;
}

static void put_piece(struct view *view, const struct quote_match *match, uint32_t title_words,
                      bool in_order)
{
    struct quote_piece piece = {.pasted = pasted_range(view->of->words, match->start, match->words),
                                .words = match->words,
                                .at = place_of(match->at, title_words),
                                .in_order = in_order};
    bytes_append(&view->pieces, &piece, sizeof piece);
}

/* The places of one run are neighbours: those of the passage are shown, else the first. */
static void put_run(struct view *view, const struct quote_match *matches, size_t from, size_t end,
                    uint32_t title_words, size_t *link)
{
    size_t before = *link;
    for (size_t i = from; i < end; i++)
        if (take_link(view->of->chainer, link, i))
            put_piece(view, &matches[i], title_words, true);
    if (*link == before)
        put_piece(view, &matches[from], title_words, false);
}

static bool put_runs(struct view *view, const struct quote_found *found, uint32_t title_words,
                     struct quote_article *article)
{
    const struct quote_match *matches = view->of->matches + found->first;
    size_t link = 0;
    bytes_clear(&view->pieces);
    for (size_t from = 0, end; from < found->count; from = end) {
        for (end = from + 1; end < found->count && matches[end].start == matches[from].start;)
            end++;
        put_run(view, matches, from, end, title_words, &link);
    }
    size_t count = view->pieces.size / sizeof(struct quote_piece);
    article->runs = arena_regrow(&view->answer->arena, view->pieces.data, count, count,
                                 sizeof(struct quote_piece));
    article->run_count = article->runs ? count : 0;
    return article->runs || check(view, STATUS_NO_MEMORY, CHUNK_POSITIONS);
}

/* --- What was written --------------------------------------------------------------------------*/

static bool put_offsets(struct view *view, struct quote_article *article)
{
    for (size_t i = 0; i < article->run_count; i++) {
        struct quote_piece *piece = &article->runs[i];
        struct slice text;
        piece->has_written = written_stretch(
            piece->at.in_title ? &view->written.title : &view->written.body, piece->at.word,
            (uint64_t)piece->at.word + piece->words, &text, &piece->written);
        if (!piece->has_written)
            return check(view, STATUS_CORRUPT, CHUNK_TEXT);
    }
    return true;
}

static bool put_differences(struct view *view, struct quote_article *article)
{
    const struct quote_chainer *chainer = view->of->chainer;
    struct quote_differ *differ = &view->differ;
    enum status status = quote_differ_find(differ, bytes_items(&chainer->links),
                                           chainer->links.size / sizeof(struct quote_link));
    if (status != STATUS_OK)
        return check(view, status, CHUNK_TEXT);
    size_t count = differ->items.size / sizeof(struct quote_difference);
    article->more_differences = differ->more;
    if (count == 0)
        return true;
    article->differences = arena_regrow(&view->answer->arena, differ->items.data, count, count,
                                        sizeof(struct quote_difference));
    article->difference_count = article->differences ? count : 0;
    return article->differences || check(view, STATUS_NO_MEMORY, CHUNK_TEXT);
}

static uint32_t last_position(const struct quote_match *matches, size_t count)
{
    uint32_t last = 0;
    for (size_t i = 0; i < count; i++)
        if (matches[i].at + matches[i].words > last)
            last = matches[i].at + matches[i].words;
    return last;
}

static bool put_written(struct view *view, const struct quote_found *found, uint32_t title_words,
                        struct quote_article *article)
{
    struct documents *documents = &view->of->workspace->documents[found->file];
    struct slice title;
    uint32_t last = last_position(view->of->matches + found->first, found->count);
    if (!view->of->collection->files[found->file].settings->has_text)
        return true;
    enum status status = fields_title(documents, found->doc, &view->answer->arena, &title);
    if (status == STATUS_OK)
        status =
            quote_written_read(&view->written, documents, found->doc, title_words, title, last);
    if (status == STATUS_DEADLINE)
        return false;
    if (status == STATUS_NOT_FOUND) /* it says that it stores text */
        status = STATUS_CORRUPT;
    return check(view, status, CHUNK_TEXT) && put_offsets(view, article) &&
           put_differences(view, article);
}

/* --- Articles ----------------------------------------------------------------------------------*/

static bool put_article(struct view *view, uint32_t rank, struct quote_article *article)
{
    const struct quote_found *found = &view->found[rank];
    const struct quote_show_request *of = view->of;
    uint32_t title_words;
    article->covered = found->covered;
    if (!read_fields(view, rank, &article->fields) || !title_words_of(view, found, &title_words))
        return false;
    bool good = of->budget->status == STATUS_OK;
    if (!quote_chain(of->chainer, of->matches + found->first, found->count, of->budget, true,
                     &article->covered))
        return check(view, STATUS_NO_MEMORY, CHUNK_POSITIONS);
    if (!put_runs(view, found, title_words, article))
        return false;
    if (good && of->budget->status == STATUS_OK)
        put_written(view, found, title_words, article);
    return !is_broken(view);
}

static bool put_articles(struct view *view, size_t total)
{
    struct quote_answer *answer = view->answer;
    uint32_t most = view->of->quotation->articles;
    size_t count = total < most ? total : most;
    answer->article_total = total;
    view->fields =
        arena_allocate(&view->of->workspace->page, total + 1, sizeof(const struct hit *));
    answer->articles = arena_allocate(&answer->arena, count + 1, sizeof *answer->articles);
    if (!view->fields || !answer->articles)
        return check(view, STATUS_NO_MEMORY, CHUNK_FIELDS);
    for (; answer->article_count < count; answer->article_count++)
        if (!put_article(view, (uint32_t)answer->article_count,
                         &answer->articles[answer->article_count]))
            return false;
    return true;
}

/* --- Runs --------------------------------------------------------------------------------------*/

static bool put_holder(struct view *view, const struct quote_under *under, struct quote_run *run)
{
    struct quote_holder *holder = &run->articles[run->article_count];
    uint32_t title_words;
    if (!view->fields[under->rank]) {
        struct hit *hit = arena_allocate(&view->answer->arena, 1, sizeof *hit);
        if (!hit)
            return check(view, STATUS_NO_MEMORY, CHUNK_FIELDS);
        if (!match_budget_spend(view->of->budget, 1) || !read_fields(view, under->rank, hit))
            return false;
    }
    if (!title_words_of(view, &view->found[under->rank], &title_words))
        return false;
    holder->fields = view->fields[under->rank];
    holder->at = place_of(under->at, title_words);
    run->article_count++;
    return true;
}

static bool put_under_run(struct view *view, const struct quote_under *under, size_t count)
{
    const struct quote_words *words = view->of->words;
    struct quote_answer *answer = view->answer;
    struct quote_run *run = &answer->runs[answer->run_count++];
    const struct quote_word *first = &words->items[under->start], *last = first + under->words - 1;
    size_t shown = count < QUOTE_HOLDERS_MOST ? count : QUOTE_HOLDERS_MOST;
    *run = (struct quote_run){
        .pasted = pasted_range(words, under->start, under->words),
        .words = under->words,
        .text = slice_of(words->text.data + first->start, last->end - first->start),
        .total = count};
    run->articles = arena_allocate(&answer->arena, shown, sizeof *run->articles);
    if (!run->articles)
        return check(view, STATUS_NO_MEMORY, CHUNK_FIELDS);
    for (size_t i = 0; i < shown && view->of->budget->status == STATUS_OK; i++)
        put_holder(view, &under[i], run);
    return !is_broken(view);
}

static void put_all_runs(struct view *view)
{
    const struct quote_ranked *ranked = view->of->ranked;
    const struct quote_under *under = bytes_items(&ranked->under);
    size_t count = ranked->under.size / sizeof *under;
    uint32_t most = view->of->quotation->runs;
    struct quote_answer *answer = view->answer;
    answer->runs = arena_allocate(&answer->arena, most + 1, sizeof *answer->runs);
    bool good = answer->runs || check(view, STATUS_NO_MEMORY, CHUNK_FIELDS);
    for (size_t from = 0, end; from < count && good; from = end) {
        for (end = from + 1; end < count && under[end].start == under[from].start &&
                             under[end].words == under[from].words;)
            end++;
        if (answer->run_total++ < most)
            good = put_under_run(view, under + from, end - from);
    }
}

void quote_show(const struct quote_show_request *request, struct quote_answer *answer)
{
    size_t total = request->ranked->found.size / sizeof(struct quote_found);
    struct view view = {
        .of = request, .answer = answer, .found = bytes_items(&request->ranked->found)};
    view.written.analyzer = request->workspace->analyzer;
    view.written.budget = request->budget;
    view.differ.pasted = request->words;
    view.differ.written = &view.written;
    view.differ.arena = &answer->arena;
    if (total && put_articles(&view, total))
        put_all_runs(&view);
    quote_written_release(&view.written);
    quote_differ_release(&view.differ);
    bytes_release(&view.pieces);
}
