#include "rank/mixed_block.h"

#include <string.h>

#include "match/cursor.h"
#include "match/source.h"
#include "rank/candidates.h"
#include "rank/mixed_list.h"
#include "store/columns_read.h"
#include "store/postings_share.h"

_Static_assert((int)MIXED_BLOCK == (int)POSTINGS_BLOCK, "the leader's blocks fit");

/* From the count on there are none, nor were there any behind the old one. Eight at a time, for
 * vectors. */
static void end(struct mixed_block *block, uint32_t count)
{
    uint32_t *docs = block->docs, i = count, old = block->count;
    block->count = count;
    for (; i % 8; i++)
        docs[i] = POSTINGS_NO_DOC;
    for (; i < old; i += 8)
        for (uint32_t j = 0; j < 8; j++)
            docs[i + j] = POSTINGS_NO_DOC;
}

struct mixed_block *mixed_block_new(const struct ranking *ranking, const struct mixture *mixture,
                                    size_t lists)
{
    struct arena *arena = ranking->source->arena;
    struct mixed_block *block = arena_take(arena, sizeof *block);
    struct mixed_counts *counts = arena_take(arena, lists * MIXED_BLOCK * sizeof *counts);
    enum status status = block && counts ? STATUS_OK : STATUS_NO_MEMORY;
    if (!match_budget_check(ranking->budget, status, CHUNK_POSTINGS))
        return NULL;
    block->ranking = ranking;
    block->mixture = mixture;
    block->counts = counts;
    block->count = MIXED_BLOCK;
    end(block, 0);
    return block;
}

bool mixed_block_title(const struct mixed_block *block, const struct mixed_list *list, uint32_t doc,
                       uint32_t title_tf, uint64_t *part)
{
    const struct ranking *ranking = block->ranking;
    uint32_t words;
    *part = 0;
    if (title_tf == 0 || list->title_most == 0)
        return true;
    enum status status = columns_title_words(ranking->source->columns, doc, &words);
    if (!match_budget_check(ranking->budget, status, CHUNK_TITLE_WORDS))
        return false;
    *part = mixture_title_part(block->mixture, list->leaf->number, title_tf, words);
    return true;
}

/* --- Places ------------------------------------------------------------------------------------*/

static void move_place(struct mixed_block *block, uint32_t from, uint32_t to)
{
    block->docs[to] = block->docs[from];
    block->slots[to] = block->slots[from];
    block->bounds[to] = block->bounds[from];
}

/* What stands in titles is looked at behind the others. */
static bool add_titles(struct mixed_block *block, const struct mixed_list *list, size_t at)
{
    for (uint32_t i = 0; i < block->count; i++) {
        const struct mixed_counts *counts = mixed_block_counts(block, at, i);
        uint64_t title;
        if (counts->tf == 0 || counts->title_tf == 0 || block->bounds[i] == HOPELESS)
            continue;
        if (!mixed_block_title(block, list, block->docs[i], counts->title_tf, &title))
            return false;
        block->bounds[i] += title;
    }
    return true;
}

/* Where the list has not all articles, or some are hopeless. */
static void add_bounds_of_some(struct mixed_block *block, const struct mixed_counts *counts,
                               double idf)
{
    const struct impact_model *model = block->ranking->model;
    for (uint32_t i = 0; i < block->count; i++) {
        uint8_t slot = block->slots[i];
        const struct mixed_counts *own = &counts[slot];
        if (own->tf == 0 || block->bounds[i] == HOPELESS)
            continue;
        double impact = impact_of(model, own->tf, own->title_tf, block->norms[slot]);
        block->bounds[i] += (uint64_t)(int64_t)(idf * impact * BM25_POINT + 0.5) + MIXED_SLACK;
    }
}

bool mixed_block_add_bounds(struct mixed_block *block, const struct mixed_list *list, size_t at,
                            bool whole)
{
    const struct impact_model *model = block->ranking->model;
    const struct mixed_counts *counts = &block->counts[at * MIXED_BLOCK];
    const double point = list->bound_idf * BM25_POINT;
    if (!whole)
        add_bounds_of_some(block, counts, list->bound_idf);
    for (uint32_t i = 0; whole && i < block->count; i++) {
        uint8_t slot = block->slots[i];
        double impact =
            impact_of(model, counts[slot].tf, counts[slot].title_tf, block->norms[slot]);
        block->bounds[i] += (uint64_t)(int64_t)(point * impact + 0.5) + MIXED_SLACK;
    }
    return list->title_most == 0 || add_titles(block, list, at);
}

/* Those that are not kept are hopeless. */
static void mark_less(struct mixed_block *block, uint64_t need)
{
    for (uint32_t i = 0; i < block->count; i++)
        block->bounds[i] = block->bounds[i] < need ? HOPELESS : block->bounds[i];
}

/* Without a branch that nobody could foresee. */
void mixed_block_keep(struct mixed_block *block, uint64_t need, bool all)
{
    uint32_t kept = 0, count = block->count;
    if (all) {
        mark_less(block, need);
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint64_t bound = block->bounds[i];
        move_place(block, i, kept);
        kept += (bound >= need) & (bound != HOPELESS);
    }
    end(block, kept);
}

static void keep_found(struct mixed_block *block, size_t at)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < block->count; i++)
        if (mixed_block_counts(block, at, i)->tf)
            move_place(block, i, count++);
    end(block, count);
}

/* --- Looking up --------------------------------------------------------------------------------*/

static bool read_found(struct mixed_block *block, struct mixed_list *list, size_t at,
                       const struct postings_shared *found, uint32_t *kept)
{
    if (found->count && !match_cursor_read_tfs(list->all))
        return false;
    for (uint32_t i = 0; i < found->count; i++) {
        uint32_t place = found->places[0][i], title_tf = 0;
        if (list->titles && block->bounds[place] != HOPELESS &&
            !match_cursor_tf_of(list->titles, block->docs[place], &title_tf))
            return false;
        *mixed_block_counts(block, at, place) =
            (struct mixed_counts){list->postings->tfs[found->places[1][i]], title_tf};
        if (kept)
            move_place(block, place, (*kept)++);
    }
    return true;
}

/* All blocks of the list that may hold one are on their way from memory before the first is
 * entered. *kept, unless NULL, counts those found, which come to be the block's first places. */
static bool look_up_all(struct mixed_block *block, struct mixed_list *list, size_t at,
                        uint32_t *kept)
{
    const struct postings *postings = list->postings;
    uint32_t blocks[MIXED_BLOCK], count = 0;
    uint8_t firsts[MIXED_BLOCK];
    struct postings_shared found;
    for (uint32_t place = 0, number = postings->block; place < block->count; number++) {
        number = postings_find_block(postings, number, block->docs[place]);
        if (number == postings->block_count)
            break;
        postings_fetch_block(postings, number);
        firsts[count] = (uint8_t)place;
        blocks[count++] = number;
        place = postings_find_doc(block->docs, postings_block_last(postings, number) + 1);
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct postings_docs few = {block->docs, firsts[i], block->count};
        if (!match_cursor_enter_block(list->all, blocks[i]))
            return false;
        postings_share_docs(few, postings, &found);
        if (!read_found(block, list, at, &found, kept))
            return false;
    }
    return true;
}

/* The first of the rest from its place on that is not before the article. */
static uint32_t seek_rest(struct mixed_list *list, uint32_t doc)
{
    const struct class_rest *rest = &list->rest;
    uint32_t low = list->rest_at, step = 1;
    if (low >= rest->count || rest->docs[low] >= doc)
        return low;
    while (low + step < rest->count && rest->docs[low + step] < doc) {
        low += step;
        step *= 2;
    }
    uint32_t high = low + step < rest->count ? low + step : rest->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (rest->docs[middle] < doc)
            low = middle + 1;
        else
            high = middle;
    }
    return list->rest_at = low;
}

static bool rest_has(struct mixed_list *list, uint32_t doc)
{
    uint32_t found = seek_rest(list, doc);
    return found < list->rest.count && list->rest.docs[found] == doc;
}

static void add_rest(struct mixed_block *block, const struct mixed_list *list, size_t at,
                     uint32_t place, uint32_t found)
{
    struct mixed_counts *counts = mixed_block_counts(block, at, place);
    counts->tf += list->rest.tfs[found];
    counts->title_tf += list->rest.title_tfs ? list->rest.title_tfs[found] : 0;
}

static void clear(struct mixed_block *block, size_t at)
{
    memset(&block->counts[at * MIXED_BLOCK], 0, MIXED_BLOCK * sizeof *block->counts);
}

static bool keep_shared(struct mixed_block *block, struct mixed_list *list, size_t at)
{
    uint32_t kept = 0;
    if (!look_up_all(block, list, at, &kept))
        return false;
    end(block, kept);
    return true;
}

bool mixed_block_look_up(struct mixed_block *block, struct mixed_list *list, size_t at,
                         bool required)
{
    if (required && list->all && list->rest.count == 0)
        return keep_shared(block, list, at);
    clear(block, at);
    if (list->all && !look_up_all(block, list, at, NULL))
        return false;
    for (uint32_t i = 0; i < block->count && list->rest_at < list->rest.count; i++)
        if (rest_has(list, block->docs[i]))
            add_rest(block, list, at, i, list->rest_at);
    if (required)
        keep_found(block, at);
    return true;
}

/* --- Leading -----------------------------------------------------------------------------------*/

static bool read_norms(struct mixed_block *block)
{
    const uint8_t *norms = block->ranking->norms;
    for (uint32_t i = 0; norms && i < block->count; i++)
        block->norms[i] = norms[block->docs[i]];
    for (uint32_t i = 0; !norms && i < block->count; i++)
        if (!ranking_find_norm(block->ranking, block->docs[i], &block->norms[i]))
            return false;
    return true;
}

/* The articles of the block that have it in their titles. */
static bool read_titles(struct mixed_list *list, struct mixed_counts *counts)
{
    const struct postings *postings = list->postings;
    uint32_t last = postings->docs[postings->count - 1];
    uint32_t doc = match_cursor_seek(list->titles, postings->docs[0]);
    for (; doc <= last; doc = match_cursor_next(list->titles)) {
        uint32_t at = postings_find_in_block(postings, doc), tf;
        if (!match_cursor_tf(list->titles, &tf))
            return false;
        if (postings->docs[at] == doc)
            counts[at].title_tf = tf;
    }
    return list->titles->budget->status == STATUS_OK;
}

/* The least share that an article's weight must have of itself and its saturation. It has not
 * enough where both parts by the class's impact have not, nor where TERM by it and the greatest
 * FORM have not. */
static double find_share(const struct mixed_list *list, uint64_t need, uint64_t form)
{
    const double margin = MIXED_SLACK + 0.5, almost = 1 - 1e-9;
    double both = ((double)need - margin) / (list->bound_idf * BM25_POINT);
    double term = ((double)need - margin - (double)form) / (list->idf * BM25_POINT);
    return (both > term ? both : term) * almost;
}

/* Those whose weight w has this share, as w / (w + s) ≥ t (rank/leader.c): w (1 − t) ≥ s t. All
 * have a share of 0 or less. Where it is in the title an article has more than its weight. */
static inline uint32_t find_hopeful(struct mixed_block *block, const struct mixed_list *list,
                                    size_t at, double share, bool titles)
{
    const double *saturation = block->ranking->model->saturation;
    const struct mixed_counts *counts = &block->counts[at * MIXED_BLOCK];
    const uint32_t *tfs = list->postings->tfs;
    const double most = 1 - share;
    uint32_t count = 0;
    for (uint32_t i = 0, articles = block->count; i < articles; i++) {
        bool hopes = (int32_t)tfs[i] * most >= saturation[block->norms[i]] * share;
        block->slots[count] = (uint8_t)i;
        count += titles ? hopes || counts[i].title_tf : hopes;
    }
    return count;
}

static void keep_hopeful(struct mixed_block *block, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        block->docs[i] = block->docs[block->slots[i]];
        block->bounds[i] = 0;
    }
    end(block, count);
}

static void mark_hopeless(struct mixed_block *block, uint32_t hopeful)
{
    for (uint32_t i = 0; i < block->count; i++)
        block->bounds[i] = HOPELESS;
    for (uint32_t i = 0; i < hopeful; i++)
        block->bounds[block->slots[i]] = 0;
    for (uint32_t i = 0; i < block->count; i++)
        block->slots[i] = (uint8_t)i;
}

static void leave_rest_out(struct mixed_block *block, struct mixed_list *list)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < block->count; i++) {
        if (list->rest_at < list->rest.count && rest_has(list, block->docs[i]))
            continue;
        move_place(block, i, count++);
    }
    end(block, count);
}

void mixed_block_lead(struct mixed_block *block, const struct mixed_list *list)
{
    const struct postings *postings = list->postings;
    memcpy(block->docs, postings->docs, sizeof block->docs);
    block->count = postings->count;
}

void mixed_block_take(struct mixed_block *block)
{
    memset(block->bounds, 0, sizeof block->bounds);
    for (uint32_t i = 0; i < MIXED_BLOCK; i++)
        block->slots[i] = (uint8_t)i;
}

static bool read_counts(struct mixed_block *block, struct mixed_list *list, size_t at)
{
    if (!match_cursor_read_tfs(list->all))
        return false;
    if (list->titles)
        clear(block, at);
    return read_norms(block) &&
           (!list->titles || read_titles(list, &block->counts[at * MIXED_BLOCK]));
}

bool mixed_block_sift(struct mixed_block *block, struct mixed_list *list, size_t at, uint64_t need,
                      uint64_t form, bool all)
{
    double share = find_share(list, need, form);
    struct mixed_counts *counts = &block->counts[at * MIXED_BLOCK];
    if (!read_counts(block, list, at))
        return false;
    uint32_t count = list->titles ? find_hopeful(block, list, at, share, true)
                                  : find_hopeful(block, list, at, share, false);
    if (all)
        mark_hopeless(block, count);
    else
        keep_hopeful(block, count);
    for (uint32_t i = 0; i < block->count; i++) {
        uint8_t slot = block->slots[i];
        counts[slot].tf = list->postings->tfs[slot];
        counts[slot].title_tf = list->titles ? counts[slot].title_tf : 0;
    }
    if (list->rest.count)
        leave_rest_out(block, list);
    return true;
}

bool mixed_block_weigh(struct mixed_block *block, struct mixed_list *list, size_t at)
{
    struct mixed_counts *counts = &block->counts[at * MIXED_BLOCK];
    if (list->rest.count)
        leave_rest_out(block, list);
    if (block->count == 0)
        return true;
    if (!match_cursor_read_tfs(list->all))
        return false;
    for (uint32_t i = 0; i < block->count; i++) {
        uint8_t slot = block->slots[i];
        counts[slot] = (struct mixed_counts){list->postings->tfs[slot], 0};
        if (!ranking_norm(block->ranking, block->docs[i], &block->norms[slot]))
            return false;
    }
    return true;
}

bool mixed_block_lead_rest(struct mixed_block *block, struct mixed_list *list, size_t at)
{
    const struct class_rest *rest = &list->rest;
    uint32_t first = list->rest_at, count = rest->count - first;
    count = count < MIXED_BLOCK ? count : MIXED_BLOCK;
    for (uint32_t i = 0; i < count; i++) {
        block->docs[i] = rest->docs[first + i];
        block->slots[i] = (uint8_t)i;
        block->bounds[i] = 0;
    }
    end(block, count);
    clear(block, at);
    if (!read_norms(block) || (list->all && !look_up_all(block, list, at, NULL)))
        return false;
    for (uint32_t i = 0; i < count; i++)
        add_rest(block, list, at, i, first + i);
    list->rest_at = first + count;
    return true;
}
