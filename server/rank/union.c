#include <string.h>

#include "rank/list.h"
#include "rank/ways.h"

enum { WINDOW = 1 << 16 }; /* articles */

struct window { /* of bits: the articles from base on that any list has */
    uint32_t base;
    uint64_t bits[WINDOW / 64];
};

/* Goes to the list's next block where the current one is done. False at the end or with the
 * budget's status bad. */
static bool is_there(struct ranked_list *list)
{
    const struct postings *postings = list->postings;
    if (postings->count && list->at < postings->count)
        return true;
    uint32_t next = postings->block + (postings->count ? 1 : 0);
    if (next >= postings->block_count ||
        !match_cursor_enter(list->cursor, postings_block_last(postings, next)))
        return false;
    list->at = 0;
    return true;
}

static void add(struct window *window, struct ranked_list *list)
{
    const struct postings *postings = list->postings;
    while (is_there(list)) {
        uint32_t at = list->at;
        for (; at < postings->count && postings->docs[at] - window->base < WINDOW; at++) {
            uint32_t bit = postings->docs[at] - window->base;
            window->bits[bit / 64] |= (uint64_t)1 << bit % 64;
        }
        list->at = at;
        if (at < postings->count)
            return;
    }
}

static uint64_t count(const struct window *window, const struct ranking *ranking)
{
    uint64_t found = 0;
    for (uint32_t i = 0; i < WINDOW / 64; i++) {
        uint64_t word = window->bits[i];
        found += (uint64_t)__builtin_popcountll(word);
        for (; word && ranking->hidden; word &= word - 1)
            found -=
                ranking_hides(ranking, window->base + 64 * i + (uint32_t)__builtin_ctzll(word));
    }
    return found;
}

/* The first article that any list still has; NO_MORE_DOCS where none. */
static uint32_t first_doc(struct ranked_lists *lists)
{
    uint32_t first = NO_MORE_DOCS;
    for (size_t i = 0; i < lists->count; i++) {
        struct ranked_list *list = &lists->items[i];
        if (is_there(list) && list->postings->docs[list->at] < first)
            first = list->postings->docs[list->at];
    }
    return first;
}

void rank_union(struct ranking *ranking, struct ranked_lists *lists)
{
    struct window window;
    ranked_lists_rewind(lists);
    ranking->found = 0;
    ranking->pruned = false;
    for (uint32_t first; (first = first_doc(lists)) != NO_MORE_DOCS;) {
        window.base = first / WINDOW * WINDOW;
        memset(window.bits, 0, sizeof window.bits);
        for (size_t i = 0; i < lists->count; i++)
            add(&window, &lists->items[i]);
        ranking->found += count(&window, ranking);
        if (!ranking_goes_on(ranking))
            return;
    }
}
