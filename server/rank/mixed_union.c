#include <string.h>

#include "match/class.h"
#include "match/source.h"
#include "rank/list.h"
#include "rank/mixed.h"

/* Bits of all articles of the file that any leaf has. */
struct bits {
    uint64_t *words;
    uint32_t articles;
};

static void mark(struct bits *bits, const uint32_t *docs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (docs[i] < bits->articles)
            bits->words[docs[i] / 64] |= (uint64_t)1 << docs[i] % 64;
}

static bool mark_list(struct bits *bits, struct match_cursor *all)
{
    match_cursor_rewind(all);
    for (uint32_t block = 0; block < all->postings.block_count; block++) {
        if (!match_cursor_enter_block(all, block))
            return false;
        mark(bits, all->postings.docs, all->postings.count);
    }
    return true;
}

static bool mark_leaf(struct bits *bits, const struct mixed_question *question,
                      struct matcher *leaf)
{
    struct class_lists lists;
    if (match_class_lists(leaf, &lists)) {
        mark(bits, lists.rest.docs, lists.rest.count);
        return !lists.all || mark_list(bits, lists.all);
    }
    struct match_cursor *cursor = ranked_list_of(leaf);
    return ranking_goes_on(question->ranking) && mark_list(bits, cursor);
}

static uint64_t count(const struct bits *bits, const struct ranking *ranking)
{
    uint64_t found = 0;
    for (uint32_t i = 0; i < (bits->articles + 63) / 64; i++) {
        uint64_t word = bits->words[i];
        found += (uint64_t)__builtin_popcountll(word);
        for (; word && ranking->hidden; word &= word - 1)
            found -= ranking_hides(ranking, 64 * i + (uint32_t)__builtin_ctzll(word));
    }
    return found;
}

/* The list whose length is how many there are; NULL: they have to be counted. */
static const struct match_cursor *only_list(const struct mixed_question *question)
{
    if (question->leaf_count != 1 || question->ranking->hidden)
        return NULL;
    return ranked_list_of(question->leaves[0]);
}

void mixed_union(const struct mixed_question *question)
{
    struct ranking *ranking = question->ranking;
    const struct match_cursor *only = only_list(question);
    if (only) {
        ranking->found = only->postings.list->df;
        ranking->pruned = false;
        return;
    }
    struct bits bits = {.articles = ranking->model->articles};
    bits.words = arena_allocate(ranking->source->arena, bits.articles / 64 + 1, sizeof *bits.words);
    if (!match_budget_check(ranking->budget, bits.words ? STATUS_OK : STATUS_NO_MEMORY,
                            CHUNK_POSTINGS))
        return;
    for (size_t i = 0; i < question->leaf_count; i++)
        if (!mark_leaf(&bits, question, question->leaves[i]))
            break;
    ranking->found = count(&bits, ranking);
    ranking->pruned = false;
}
