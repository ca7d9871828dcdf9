#include "search/relax_tree.h"
#include "search/relax_work.h"

void relax_near(struct relaxing *relaxing)
{
    static const uint32_t wider[] = {10, 50, QUERY_GAP_MOST};
    const struct query_node *near = relaxing->work->at;
    struct query_node *copy;
    if (near->ordered && (copy = relax_copy(relaxing->scratch, near))) {
        copy->ordered = false;
        relax_offer_instead(relaxing, copy);
    }
    for (size_t i = 0; i < sizeof wider / sizeof *wider; i++) {
        copy = wider[i] > near->distance ? relax_copy(relaxing->scratch, near) : NULL;
        if (!copy)
            continue;
        copy->distance = wider[i];
        if (relax_offer_wider(relaxing, copy))
            break;
    }
    relaxing->found = 0;
    relax_offer_wider(
        relaxing, relax_parent(relaxing->scratch, QUERY_AND, near->children, near->child_count));
    if (!relaxing->found)
        relax_offer_wider(
            relaxing, relax_parent(relaxing->scratch, QUERY_OR, near->children, near->child_count));
    relaxing->beyond = 0;
}

static size_t words_among(const struct query_node *all)
{
    size_t words = 0;
    for (size_t i = 0; i < all->child_count; i++)
        words += !why_is_filter(all->children[i]);
    return words;
}

/* One part less, first a filter less; the only words are none to leave out. */
void relax_together(struct relaxing *relaxing)
{
    const struct query_node *all = relaxing->work->among;
    for (int filters = 1; filters >= 0; filters--)
        for (size_t i = 0; i < all->child_count && i < RELAX_LEFT_OUT_MOST; i++)
            if (why_is_filter(all->children[i]) == (filters == 1) &&
                (filters || words_among(all) > 1))
                relax_offer_dropped(relaxing, all->children[i]);
}

void relax_not(struct relaxing *relaxing)
{
    const struct query_node *without = relaxing->work->at->children[1];
    for (size_t i = 0; without->kind == QUERY_OR && i < without->child_count; i++)
        relax_offer_dropped(relaxing, without->children[i]);
    relax_offer_dropped(relaxing, without);
}
