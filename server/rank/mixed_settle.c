#include <stdlib.h>
#include <string.h>

#include "match/source.h"
#include "match/term.h"
#include "rank/candidates.h"
#include "rank/mixed_list.h"
#include "rank/mixed_search.h"

/* --- Pairs -------------------------------------------------------------------------------------*/

static bool find_list(const struct mixed_search *search, uint32_t number, uint32_t *at)
{
    for (size_t i = 0; i < search->count; i++)
        if (search->lists[i].leaf->number == number) {
            *at = (uint32_t)i;
            return true;
        }
    return false;
}

static int by_second(const void *a, const void *b)
{
    const struct mixed_pair *left = a, *right = b;
    if (left->second != right->second)
        return left->second < right->second ? -1 : 1;
    return (left->first > right->first) - (left->first < right->first);
}

static void add_pair(struct mixed_search *search, uint32_t first, uint32_t second,
                     const struct mixture_pair *pair)
{
    struct mixed_pair *made = &search->pairs[search->pair_count++];
    *made = (struct mixed_pair){.first = first, .second = second, .pair = pair};
    for (uint32_t i = 1; i < MIXED_NEAR_COUNTS - 1; i++)
        made->parts[i] = mixture_near_part(pair, i);
    made->parts[MIXED_NEAR_COUNTS - 1] = bm25_part(pair->idf, 1);
}

bool mixed_pairs_init(struct mixed_search *search)
{
    const struct mixture *mixture = search->mixture;
    search->pairs = arena_allocate(search->ranking.source->arena, mixture->pair_count + 1,
                                   sizeof *search->pairs);
    if (!match_budget_check(search->ranking.budget, search->pairs ? STATUS_OK : STATUS_NO_MEMORY,
                            CHUNK_POSTINGS))
        return false;
    for (size_t i = 0; i < mixture->pair_count; i++) {
        uint32_t a, b;
        if (!find_list(search, mixture->pairs[i].first, &a) ||
            !find_list(search, mixture->pairs[i].second, &b))
            continue; /* the file has not both */
        add_pair(search, a < b ? a : b, a < b ? b : a, &mixture->pairs[i]);
    }
    if (search->pair_count)
        qsort(search->pairs, search->pair_count, sizeof *search->pairs, by_second);
    return true;
}

/* A place is in one pair at most, so there are no more pairs than the rarer word has places. */
static uint64_t pair_most(const struct mixed_pair *pair, uint32_t first, uint32_t second)
{
    uint32_t least = first < second ? first : second;
    return pair->parts[least < MIXED_NEAR_COUNTS ? least : MIXED_NEAR_COUNTS - 1];
}

uint64_t mixed_pairs_most(const struct mixed_search *search, size_t leading, size_t at)
{
    uint64_t most = 0;
    for (size_t i = 0; i < search->pair_count; i++)
        if (search->pairs[i].second == at && search->pairs[i].first >= leading)
            most += bm25_part(search->pairs[i].pair->idf, 1);
    return most;
}

uint64_t mixed_pairs_bound(const struct mixed_search *search, uint32_t place)
{
    uint64_t most = 0;
    for (size_t i = 0; i < search->pair_count; i++) {
        const struct mixed_pair *pair = &search->pairs[i];
        most += pair_most(pair, mixed_block_counts(search->block, pair->first, place)->tf,
                          mixed_block_counts(search->block, pair->second, place)->tf);
    }
    return most;
}

/* Nothing is added where one has it not: parts[0] is 0. */
static void add_bounds(struct mixed_block *block, const struct mixed_pair *pair)
{
    const struct mixed_counts *first = &block->counts[(size_t)pair->first * MIXED_BLOCK];
    const struct mixed_counts *second = &block->counts[(size_t)pair->second * MIXED_BLOCK];
    for (uint32_t i = 0; i < block->count; i++) {
        uint8_t slot = block->slots[i];
        uint64_t part = pair_most(pair, first[slot].tf, second[slot].tf);
        block->bounds[i] += block->bounds[i] == HOPELESS ? 0 : part;
    }
}

void mixed_pairs_add(struct mixed_search *search, size_t at)
{
    for (size_t i = 0; i < search->pair_count && search->pairs[i].second <= at; i++)
        if (search->pairs[i].second == at)
            add_bounds(search->block, &search->pairs[i]);
}

/* --- Positions ---------------------------------------------------------------------------------*/

struct word {                /* of a list */
    struct match_leaf *leaf; /* whose positions count: the exact form, or the list's own leaf;
                                NULL: the file has not the form */
    bool stands;             /* on its only article, where it always stood */
    uint32_t doc;            /* whose positions these are */
    struct bytes positions;
};

struct mixed_settling {
    struct mixed_search *search;
    struct word *words; /* by list */
};

bool mixed_settle_init(struct mixed_search *search)
{
    struct arena *arena = search->ranking.source->arena;
    struct mixed_settling *settling = arena_allocate(arena, 1, sizeof *settling);
    struct word *words = arena_allocate(arena, search->count, sizeof *words);
    enum status status = settling && words ? STATUS_OK : STATUS_NO_MEMORY;
    if (!match_budget_check(search->ranking.budget, status, CHUNK_POSITIONS))
        return false;
    *settling = (struct mixed_settling){search, words};
    for (size_t i = 0; i < search->count; i++) {
        const struct mixed_list *list = &search->lists[i];
        words[i].leaf = list->words ? list->form : list->leaf;
        words[i].stands = !list->words && !list->all;
        words[i].doc = NO_MORE_DOCS;
    }
    search->settling = settling;
    return true;
}

static const struct mixed_counts *counts_of(const struct mixed_settling *settling,
                                            const struct mixed_found *found, size_t at)
{
    const struct bytes *counts = &settling->search->counts;
    return (const struct mixed_counts *)(const void *)counts->data + found->counts + at;
}

static bool read_positions(struct mixed_settling *settling, size_t at, uint32_t doc)
{
    const struct mixed_list *list = &settling->search->lists[at];
    struct word *word = &settling->words[at];
    bool has = word->leaf && (word->stands || matcher_seek(&word->leaf->matcher, doc) == doc);
    if (word->doc == doc)
        return true;
    word->doc = doc;
    if (!has && list->words && ranking_goes_on(&settling->search->ranking))
        return match_class_others(list->leaf, doc, &word->positions);
    return has && match_leaf_occurrences(word->leaf, &word->positions) &&
           ranking_goes_on(&settling->search->ranking);
}

static uint32_t near_count(const struct mixed_settling *settling, const struct mixed_pair *pair)
{
    const struct bytes *first = &settling->words[pair->first].positions;
    const struct bytes *second = &settling->words[pair->second].positions;
    return mixture_near_count((const uint32_t *)(const void *)first->data,
                              first->size / sizeof(uint32_t),
                              (const uint32_t *)(const void *)second->data,
                              second->size / sizeof(uint32_t), settling->search->ranking.budget);
}

/* --- Scores ------------------------------------------------------------------------------------*/

static bool settle_pair(struct mixed_settling *settling, struct mixed_found *found,
                        const struct mixed_pair *pair)
{
    uint32_t first = counts_of(settling, found, pair->first)->tf;
    uint32_t second = counts_of(settling, found, pair->second)->tf;
    if (first == 0 || second == 0)
        return true;
    if (!read_positions(settling, pair->first, found->doc) ||
        !read_positions(settling, pair->second, found->doc))
        return false;
    uint32_t near = near_count(settling, pair);
    uint64_t part = near ? mixture_near_part(pair->pair, near) : 0;
    found->most = found->most - pair_most(pair, first, second) + part;
    found->known += part;
    return ranking_goes_on(&settling->search->ranking);
}

/* FORM of a class in one list, instead of what it was thought to be at most. */
static bool settle_form(struct mixed_search *search, struct mixed_found *found, size_t at)
{
    struct mixed_list *list = &search->lists[at];
    const struct mixed_counts *counts = counts_of(search->settling, found, at);
    const struct impact_model *model = search->ranking.model;
    uint32_t tf, title_tf;
    uint8_t norm;
    if (!list->form || counts->tf == 0)
        return true;
    if (!ranking_norm(&search->ranking, found->doc, &norm))
        return false;
    double impact = impact_of(model, counts->tf, counts->title_tf, norm);
    found->most -= bm25_part(list->form_idf, impact) + 1;
    if (matcher_seek(&list->form->matcher, found->doc) != found->doc)
        return ranking_goes_on(&search->ranking);
    if (!match_leaf_frequency(list->form, &tf, &title_tf))
        return false;
    uint64_t part = bm25_part(list->form_idf, impact_of(model, tf, title_tf, norm));
    found->known += part;
    found->most += part;
    return true;
}

/* Adds FORM list by list and NEAR pair by pair, as long as the article may come in. */
static bool settle(struct mixed_settling *settling, struct mixed_found *found)
{
    struct mixed_search *search = settling->search;
    struct ranking *ranking = search->question->ranking;
    for (size_t i = 0; search->defers && i < search->count; i++) {
        if (found->most < ranking_least(ranking, found->doc))
            return true;
        if (!settle_form(search, found, i))
            return false;
    }
    for (size_t i = 0; i < search->pair_count; i++) {
        if (found->most < ranking_least(ranking, found->doc))
            return true;
        if (!settle_pair(settling, found, &search->pairs[i]))
            return false;
    }
    ranking_offer(ranking, found->doc, found->known);
    return ranking_goes_on(ranking);
}

static int by_doc(const void *a, const void *b)
{
    const struct mixed_found *left = a, *right = b;
    return (left->doc > right->doc) - (left->doc < right->doc);
}

static void rewind_words(struct mixed_settling *settling)
{
    for (size_t i = 0; i < settling->search->count; i++) {
        const struct mixed_list *list = &settling->search->lists[i];
        struct word *word = &settling->words[i];
        if (word->leaf && !word->stands)
            mixed_leaf_rewind(word->leaf);
        if (list->words)
            match_class_others_again(list->leaf);
    }
}

/* What is read of lists first is on its way from memory before it is needed. */
static void fetch(const struct mixed_settling *settling, const struct mixed_found *found,
                  size_t count)
{
    for (size_t i = 0; i < settling->search->count; i++) {
        const struct word *word = &settling->words[i];
        if (!word->leaf || word->stands)
            continue;
        const struct postings *postings = &match_term_cursor(&word->leaf->matcher)->postings;
        uint32_t block = 0, before = UINT32_MAX;
        for (size_t j = 0; j < count; j++, before = block) {
            block = postings_find_block(postings, block, found[j].doc);
            if (block == postings->block_count)
                break;
            if (block != before)
                postings_fetch_block(postings, block);
        }
    }
}

/* In the order of articles, as lists are read. */
static bool settle_some(struct mixed_settling *settling, struct mixed_found *found, size_t count)
{
    qsort(found, count, sizeof *found, by_doc);
    rewind_words(settling);
    fetch(settling, found, count);
    for (size_t i = 0; i < count; i++)
        if (!settle(settling, &found[i]))
            return false;
    return true;
}

static struct mixed_found *found_of(struct mixed_search *search, size_t *count)
{
    *count = search->found.size / sizeof(struct mixed_found);
    return (struct mixed_found *)(void *)search->found.data;
}

/* Puts those first that can still come in, and tells how many. */
static size_t keep_hopeful(const struct mixed_search *search, struct mixed_found *found,
                           size_t count)
{
    uint64_t low = ranking_least(&search->ranking, 0);
    uint64_t least = ranking_least(search->question->ranking, 0);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (found[i].most >= least && found[i].most + 1 >= low)
            found[kept++] = found[i];
    return kept;
}

static bool is_more(const struct mixed_found *a, const struct mixed_found *b)
{
    return a->most != b->most ? a->most > b->most : a->doc < b->doc;
}

/* Moves the one that may be least among the first so many to the top of their heap. */
static void sift_down(struct mixed_found *heap, size_t count, size_t at, struct mixed_found own)
{
    for (size_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && is_more(&heap[child], &heap[child + 1]))
            child++;
        if (!is_more(&own, &heap[child]))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = own;
}

/* Puts the most promising first, in any order. */
static void choose_best(struct mixed_found *found, size_t count, size_t best)
{
    for (size_t i = best / 2; i-- > 0;)
        sift_down(found, best, i, found[i]);
    for (size_t i = best; i < count; i++) {
        struct mixed_found other = found[i];
        if (!is_more(&other, &found[0]))
            continue;
        found[i] = found[0];
        sift_down(found, best, 0, other);
    }
}

/* The most promising of those found, as many as are wanted in all; they are found no more, nor is
 * what cannot come in. False where none was, or with the budget's status bad. */
static bool settle_best(struct mixed_search *search)
{
    size_t left, most = search->question->ranking->top->most;
    struct mixed_found *found = found_of(search, &left);
    left = keep_hopeful(search, found, left);
    size_t count = left < most ? left : most;
    if (count < left)
        choose_best(found, left, count);
    if (count == 0 || !settle_some(search->settling, found, count))
        return false;
    left = keep_hopeful(search, found + count, left - count);
    memmove(found, found + count, left * sizeof *found);
    search->found.size = left * sizeof *found;
    return true;
}

bool mixed_settle_early(struct mixed_search *search)
{
    settle_best(search);
    return ranking_goes_on(search->question->ranking);
}

void mixed_settle(struct mixed_search *search)
{
    while (settle_best(search))
        continue;
}

void mixed_settle_release(struct mixed_search *search)
{
    for (size_t i = 0; search->settling && i < search->count; i++)
        bytes_release(&search->settling->words[i].positions);
}
