#include <stdlib.h>

#include "match/source.h"
#include "match/term.h"
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

bool mixed_pairs_init(struct mixed_search *search)
{
    const struct mixture *mixture = search->mixture;
    search->pairs = arena_allocate(search->ranking.source->arena, mixture->pair_count + 1,
                                   sizeof *search->pairs);
    if (!match_budget_check(search->ranking.budget,
                            search->pairs ? STATUS_OK : STATUS_NO_MEMORY, CHUNK_POSTINGS))
        return false;
    for (size_t i = 0; i < mixture->pair_count; i++) {
        struct mixed_pair *pair = &search->pairs[search->pair_count];
        pair->pair = &mixture->pairs[i];
        if (!find_list(search, pair->pair->first, &pair->first) ||
            !find_list(search, pair->pair->second, &pair->second))
            continue; /* the file has not both */
        search->near_most += bm25_part(pair->pair->idf, 1);
        search->pair_count++;
    }
    return true;
}

/* A place is in one pair at most, so there are no more pairs than the rarer word has places. */
static uint64_t pair_most(const struct mixed_pair *pair, uint32_t first, uint32_t second)
{
    uint32_t least = first < second ? first : second;
    return least ? mixture_near_part(pair->pair, least) : 0;
}

uint64_t mixed_pairs_most(const struct mixed_search *search, uint32_t place)
{
    uint64_t most = 0;
    for (size_t i = 0; i < search->pair_count; i++) {
        const struct mixed_pair *pair = &search->pairs[i];
        most += pair_most(pair, mixed_block_counts(search->block, pair->first, place)->tf,
                          mixed_block_counts(search->block, pair->second, place)->tf);
    }
    return most;
}

/* --- Positions ---------------------------------------------------------------------------------*/

struct words { /* of a list: whose positions are its own */
    struct match_leaf **leaves; /* the exact form first; of a class the others are made late */
    size_t count;
    bool is_whole;        /* the leaves are all there are */
    bool stands;          /* on its only article, where it always stood */
    struct bytes positions;
    uint32_t doc;         /* whose positions they are */
};

struct settling {
    struct mixed_search *search;
    struct words *words; /* by list */
    struct bytes more;
};

static bool have(const struct settling *settling, const void *memory)
{
    return match_budget_check(settling->search->ranking.budget,
                              memory ? STATUS_OK : STATUS_NO_MEMORY, CHUNK_POSITIONS);
}

static bool init_words(struct settling *settling, size_t at)
{
    struct mixed_list *list = &settling->search->lists[at];
    struct words *words = &settling->words[at];
    size_t most = list->words ? list->words->class.members : 1;
    words->leaves = arena_allocate(settling->search->ranking.source->arena, most + 1,
                                   sizeof(struct match_leaf *));
    words->doc = NO_MORE_DOCS;
    if (!have(settling, words->leaves))
        return false;
    if (!list->words) {
        words->is_whole = true;
        words->stands = !list->all;
        words->leaves[words->count++] = list->leaf;
    } else if (list->form) {
        words->leaves[words->count++] = list->form;
    }
    return true;
}

/* The class's words but the exact one, the most frequent first. */
static bool add_others(struct settling *settling, size_t at)
{
    struct words *words = &settling->words[at];
    const struct mixed_list *list = &settling->search->lists[at];
    const struct match_source *source = settling->search->ranking.source;
    struct class_words *class = match_class_words(list->leaf);
    words->is_whole = true;
    if (!class_words_read(class, source))
        return false;
    for (size_t i = 0; i < class->class.members; i++) {
        if (list->form && class->terms[i] == class->exact)
            continue;
        struct match_leaf *leaf =
            match_term(source, class->terms[i], false, MATCH_UNSCORED);
        if (!have(settling, leaf))
            return false;
        size_t to = words->count++;
        for (; to > (list->form ? 1u : 0u) &&
               words->leaves[to - 1]->matcher.cost < leaf->matcher.cost;
             to--)
            words->leaves[to] = words->leaves[to - 1];
        words->leaves[to] = leaf;
    }
    return true;
}

static int ascending(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

/* Adds a word's positions, if any, to those of its list. */
static bool add_positions(struct settling *settling, struct words *words, struct match_leaf *leaf,
                          uint32_t doc)
{
    if (!words->stands && matcher_seek(&leaf->matcher, doc) != doc)
        return ranking_goes_on(&settling->search->ranking);
    if (!match_leaf_occurrences(leaf, &settling->more))
        return false;
    bytes_append_slice(&words->positions, bytes_slice(&settling->more));
    return have(settling, words->positions.status == STATUS_OK ? words : NULL);
}

/* Word by word, until there are as many as the list says. */
static bool read_positions(struct settling *settling, size_t at, uint32_t doc, uint32_t tf)
{
    struct words *words = &settling->words[at];
    size_t i = 0, wanted = tf * sizeof(uint32_t);
    if (words->doc == doc)
        return true;
    bytes_clear(&words->positions);
    for (; words->positions.size < wanted; i++) {
        if (i == words->count && !words->is_whole && !add_others(settling, at))
            return false;
        if (i == words->count)
            break;
        if (!add_positions(settling, words, words->leaves[i], doc))
            return false;
    }
    words->doc = doc;
    if (i > 1)
        qsort(words->positions.data, words->positions.size / sizeof(uint32_t), sizeof(uint32_t),
              ascending);
    return true;
}

static uint32_t near_count(const struct settling *settling, const struct mixed_pair *pair)
{
    const struct bytes *first = &settling->words[pair->first].positions;
    const struct bytes *second = &settling->words[pair->second].positions;
    return mixture_near_count((const uint32_t *)(const void *)first->data,
                              first->size / sizeof(uint32_t),
                              (const uint32_t *)(const void *)second->data,
                              second->size / sizeof(uint32_t));
}

/* --- Scores ------------------------------------------------------------------------------------*/

/* Adds NEAR pair by pair, as long as the article may come in. */
static bool settle(struct settling *settling, const struct mixed_found *found)
{
    struct mixed_search *search = settling->search;
    struct ranking *ranking = search->question->ranking;
    const struct mixed_counts *counts =
        (const struct mixed_counts *)(const void *)search->counts.data + found->counts;
    uint64_t known = found->known, most = found->most;
    for (size_t i = 0; i < search->pair_count; i++) {
        const struct mixed_pair *pair = &search->pairs[i];
        uint32_t first = counts[pair->first].tf, second = counts[pair->second].tf;
        if (most < ranking_least(ranking, found->doc))
            return true;
        if (first == 0 || second == 0)
            continue;
        if (!read_positions(settling, pair->first, found->doc, first) ||
            !read_positions(settling, pair->second, found->doc, second))
            return false;
        uint32_t near = near_count(settling, pair);
        uint64_t part = near ? mixture_near_part(pair->pair, near) : 0;
        most = most - pair_most(pair, first, second) + part;
        known += part;
    }
    ranking_offer(ranking, found->doc, known);
    return ranking_goes_on(ranking);
}

static int by_most(const void *a, const void *b)
{
    const struct mixed_found *left = a, *right = b;
    if (left->most != right->most)
        return left->most > right->most ? -1 : 1;
    return (left->doc > right->doc) - (left->doc < right->doc);
}

static int by_doc(const void *a, const void *b)
{
    const struct mixed_found *left = a, *right = b;
    return (left->doc > right->doc) - (left->doc < right->doc);
}

static void rewind_words(struct settling *settling)
{
    for (size_t i = 0; i < settling->search->count; i++) {
        struct words *words = &settling->words[i];
        for (size_t j = 0; !words->stands && j < words->count; j++)
            mixed_leaf_rewind(words->leaves[j]);
    }
}

/* In the order of articles, as lists are read. */
static bool settle_some(struct settling *settling, struct mixed_found *found, size_t count)
{
    qsort(found, count, sizeof *found, by_doc);
    rewind_words(settling);
    for (size_t i = 0; i < count; i++)
        if (!settle(settling, &found[i]))
            return false;
    return true;
}

static void settle_all(struct settling *settling)
{
    struct mixed_search *search = settling->search;
    struct ranking *ranking = search->question->ranking;
    struct mixed_found *found = (struct mixed_found *)(void *)search->found.data;
    size_t left = search->found.size / sizeof *found, batch = ranking->top->most;
    if (left)
        qsort(found, left, sizeof *found, by_most);
    while (left) {
        size_t count = left < batch ? left : batch;
        uint64_t low = ranking_least(&search->ranking, 0), least = ranking_least(ranking, 0);
        while (count && (found[count - 1].most < least || found[count - 1].most + 1 < low))
            count--;
        if (count == 0 || !settle_some(settling, found, count))
            return;
        found += count;
        left -= count;
    }
}

void mixed_settle(struct mixed_search *search)
{
    struct settling settling = {.search = search};
    bool good = true;
    settling.words = arena_allocate(search->ranking.source->arena, search->count,
                                    sizeof *settling.words);
    if (!have(&settling, settling.words))
        return;
    for (size_t i = 0; i < search->count && good; i++)
        good = init_words(&settling, i);
    if (good)
        settle_all(&settling);
    for (size_t i = 0; i < search->count; i++) {
        struct words *words = &settling.words[i];
        for (size_t j = 0; search->lists[i].words && j < words->count; j++)
            if (words->leaves[j] != search->lists[i].form)
                matcher_release(&words->leaves[j]->matcher);
        bytes_release(&words->positions);
    }
    bytes_release(&settling.more);
}
