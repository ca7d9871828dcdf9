#include "search/quote_rank.h"

#include <stdlib.h>

#include "match/budget.h"
#include "search/collection.h"
#include "search/quote_chain.h"
#include "search/quote_find.h"

enum { ARTICLES_OF_BLOCK = 128 };

void quote_ranked_release(struct quote_ranked *ranked)
{
    bytes_release(&ranked->found);
    bytes_release(&ranked->under);
}

static int order(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* --- The runs of each article ------------------------------------------------------------------*/

/* Where a match stands among those of its article: longer runs first, then earlier places. */
static uint64_t place_key(const struct quote_match *match)
{
    return (uint64_t)match->start << 48 | (uint64_t)(UINT16_MAX - match->words) << 32 | match->at;
}

static int by_article(const void *a, const void *b)
{
    const struct quote_match *left = a, *right = b;
    uint64_t left_article = (uint64_t)left->file << 32 | left->doc;
    uint64_t right_article = (uint64_t)right->file << 32 | right->doc;
    return left_article != right_article ? order(left_article, right_article)
                                         : order(place_key(left), place_key(right));
}

static bool is_same_run(const struct quote_match *a, const struct quote_match *b)
{
    return a->start == b->start && a->words == b->words;
}

/* One article's matches, sorted, without those within others; how many are left. A match lies in
 * one before it if it ends no later, since that one begins no later. */
static size_t keep_runs(const struct quote_match *matches, size_t count, struct quote_match *to)
{
    size_t kept = 0;
    uint32_t reach = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t end = (uint32_t)matches[i].start + matches[i].words;
        if (end <= reach && !is_same_run(&to[kept - 1], &matches[i]))
            continue;
        to[kept++] = matches[i];
        reach = end;
    }
    return kept;
}

static size_t article_end(const struct quote_match *matches, size_t from, size_t count)
{
    size_t end = from + 1;
    while (end < count && matches[end].file == matches[from].file &&
           matches[end].doc == matches[from].doc)
        end++;
    return end;
}

/* --- Articles ----------------------------------------------------------------------------------*/

static void measure(const struct collection *collection, const struct quote_match *matches,
                    struct quote_chainer *chainer, struct match_budget *budget,
                    struct quote_found *found)
{
    const struct quote_match *own = matches + found->first;
    for (size_t i = 0; i < found->count; i++)
        found->longest = own[i].words > found->longest ? own[i].words : found->longest;
    enum status status =
        columns_place(&collection->files[found->file].columns, found->doc, &found->place);
    if (!quote_chain(chainer, own, found->count, budget, false, &found->covered))
        status = STATUS_NO_MEMORY;
    match_budget_check(budget, status, CHUNK_ORDER);
}

static void find_articles(const struct collection *collection, struct bytes *matches,
                          struct quote_chainer *chainer, struct match_budget *budget,
                          struct bytes *out)
{
    struct quote_match *items = bytes_items(matches);
    size_t count = matches->size / sizeof *items, kept = 0;
    for (size_t from = 0, end, number = 0; from < count; from = end, number++) {
        end = article_end(items, from, count);
        struct quote_found found = {
            .file = items[from].file, .doc = items[from].doc, .first = (uint32_t)kept};
        found.count = (uint32_t)keep_runs(items + from, end - from, items + kept);
        kept += found.count;
        if (number % ARTICLES_OF_BLOCK == 0)
            match_budget_spend(budget, 1);
        match_budget_enter(budget, found.file);
        measure(collection, items, chainer, budget, &found);
        bytes_append(out, &found, sizeof found);
    }
    matches->size = kept * sizeof *items;
    match_budget_check(budget, out->status, CHUNK_POSITIONS);
}

static int by_rank(const void *a, const void *b)
{
    const struct quote_found *left = a, *right = b;
    if (left->covered != right->covered)
        return order(right->covered, left->covered);
    if (left->longest != right->longest)
        return order(right->longest, left->longest);
    if (left->file != right->file)
        return order(left->file, right->file);
    return order(left->place, right->place);
}

/* --- Runs --------------------------------------------------------------------------------------*/

static int by_run(const void *a, const void *b)
{
    const struct quote_under *left = a, *right = b;
    if (left->words != right->words)
        return order(right->words, left->words);
    if (left->start != right->start)
        return order(left->start, right->start);
    return order(left->rank, right->rank);
}

static void put_under(const struct quote_match *matches, const struct quote_found *found,
                      uint32_t rank, struct bytes *out)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct quote_match *match = &matches[found->first + i];
        if (i > 0 && is_same_run(match - 1, match))
            continue;
        struct quote_under under = {match->start, match->words, rank, match->at};
        bytes_append(out, &under, sizeof under);
    }
}

void quote_rank(const struct collection *collection, struct bytes *matches,
                struct quote_chainer *chainer, struct match_budget *budget,
                struct quote_ranked *ranked)
{
    size_t count = matches->size / sizeof(struct quote_match);
    bytes_clear(&ranked->found);
    bytes_clear(&ranked->under);
    if (count == 0)
        return;
    qsort(matches->data, count, sizeof(struct quote_match), by_article);
    find_articles(collection, matches, chainer, budget, &ranked->found);
    const struct quote_match *items = bytes_items(matches);
    struct quote_found *found = bytes_items(&ranked->found);
    size_t articles = ranked->found.size / sizeof *found;
    if (articles == 0)
        return;
    qsort(found, articles, sizeof *found, by_rank);
    for (size_t i = 0; i < articles; i++)
        put_under(items, &found[i], (uint32_t)i, &ranked->under);
    if (ranked->under.size)
        qsort(ranked->under.data, ranked->under.size / sizeof(struct quote_under),
              sizeof(struct quote_under), by_run);
    match_budget_check(budget, ranked->under.status, CHUNK_POSITIONS);
}
