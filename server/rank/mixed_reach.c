#include "match/term.h"
#include "rank/mixed_list.h"
#include "rank/mixed_search.h"

/* The greatest bound of the list's blocks that may hold articles from first to last; 65535 where
 * there are too many of them to look at. *at is where the search for them begins the next time. */
static uint16_t reach_bound(const struct postings *postings, uint32_t first, uint32_t last,
                            uint32_t *at)
{
    enum { BLOCKS_MOST = 8 };
    uint16_t most = 0;
    if (!postings->bounds)
        return UINT16_MAX;
    *at = postings_find_block(postings, *at, first);
    for (uint32_t i = *at; i < postings->block_count; i++) {
        uint16_t bound = postings_block_bound(postings, i);
        if (i - *at == BLOCKS_MOST)
            return UINT16_MAX;
        most = bound > most ? bound : most;
        if (postings_block_last(postings, i) >= last)
            break;
    }
    return most;
}

/* What a list behind the leading one can add to an article from first to last. */
static uint64_t reach_list(struct mixed_search *search, size_t at, uint32_t first, uint32_t last)
{
    const struct mixed_list *list = &search->lists[at];
    uint64_t all = list->all_most;
    if (list->all) {
        uint16_t bound = reach_bound(list->postings, first, last, &search->reach[at]);
        uint64_t within = mixed_list_bound(list, bound / 65535.0);
        all = within < all ? within : all;
    }
    return list->title_most +
           (mixed_list_rest_within(list, first, last) ? mixed_list_both(list, all) : all);
}

/* The most that FORM of the leader can be in an article from first to last. */
uint64_t mixed_reach_form(struct mixed_search *search, size_t leading, uint32_t first,
                          uint32_t last)
{
    const struct mixed_list *list = &search->lists[leading];
    if (list->words && !list->form)
        return 0;
    if (!list->words)
        return bm25_part(list->form_idf, 1);
    const struct match_cursor *form = match_term_cursor(&list->form->matcher);
    uint16_t bound = reach_bound(&form->postings, first, last, &search->reach[leading]);
    return bm25_part(list->form_idf, bound / 65535.0) + 1;
}

/* The same of the leader's own block and, where it is a class, the exact form's beside it. */
static uint64_t reach_own(struct mixed_search *search, size_t leading, uint32_t block,
                          uint32_t first, uint32_t last)
{
    const struct mixed_list *list = &search->lists[leading];
    double bound = postings_block_bound(list->postings, block) / 65535.0;
    uint64_t both = mixed_list_bound(list, bound);
    if (!list->words)
        return both + list->title_most;
    uint64_t own = mixed_list_part(list, bound) + list->title_most;
    uint64_t apart = own + mixed_reach_form(search, leading, first, last);
    return apart < both + list->title_most ? apart : both + list->title_most;
}

uint64_t mixed_reach(struct mixed_search *search, size_t leading, uint32_t block, uint64_t least)
{
    const struct postings *postings = search->lists[leading].postings;
    uint32_t first = block ? postings_block_last(postings, block - 1) + 1 : 0;
    uint32_t last = postings_block_last(postings, block);
    uint64_t sum = search->after[leading] - search->lists[leading].most;
    uint64_t *rest = search->rest;
    sum += reach_own(search, leading, block, first, last);
    for (size_t i = leading + 1; i < search->count && sum >= least; i++) {
        rest[i] = reach_list(search, i, first, last);
        sum -= search->lists[i].most - rest[i];
    }
    for (size_t i = search->count; sum >= least && i-- > leading + 1;)
        rest[i] += rest[i + 1] + search->near[i] - search->near[i + 1];
    return sum;
}
