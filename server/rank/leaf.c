#include "match/leaf.h"
#include "rank/bm25.h"
#include "rank/ways.h"

struct approach { /* of one leaf's articles */
    struct ranking *ranking;
    struct match_leaf *leaf;
    uint64_t bound; /* of the parts of the articles up to, */
    uint32_t up_to;
    bool is_bounded; /* if this */
};

static uint64_t part_of(const struct approach *approach, double impact)
{
    return bm25_part(approach->ranking->idf[approach->leaf->number], impact);
}

static uint64_t part_of_counts(const struct approach *approach, const struct match_counts *counts,
                               uint8_t norm)
{
    double impact = impact_of(approach->ranking->model, counts->tf, counts->title_tf, norm);
    return part_of(approach, bm25_nearness(impact, counts->distance, counts->edits));
}

/* The first article from target on that a bound does not keep out; NO_MORE_DOCS where none. */
static uint32_t skip(struct approach *approach, uint32_t target)
{
    for (; target < BEFORE_FIRST_DOC; target = approach->up_to + 1) {
        if (!approach->is_bounded || target > approach->up_to) {
            uint16_t bound = match_leaf_bound(approach->leaf, target, &approach->up_to);
            approach->bound = part_of(approach, bound / 65535.0);
            approach->is_bounded = true;
        }
        if (approach->bound >= ranking_least(approach->ranking, target))
            return target;
        approach->ranking->pruned = true;
        if (approach->up_to >= BEFORE_FIRST_DOC)
            break;
    }
    return NO_MORE_DOCS;
}

/* The greatest part that the article approached can have; false with the budget's status bad. */
static bool find_most(const struct approach *approach, uint8_t norm, uint64_t *most)
{
    struct match_counts counts = {0};
    if (approach->leaf->kind->counts
            ? !match_leaf_counts(approach->leaf, &counts)
            : !match_leaf_most(approach->leaf, &counts.tf, &counts.title_tf))
        return false;
    *most = part_of_counts(approach, &counts, norm);
    return true;
}

static void offer(const struct approach *approach, uint32_t doc, uint8_t norm)
{
    struct match_counts counts;
    if (!match_leaf_counts(approach->leaf, &counts))
        return;
    bool told = !approach->leaf->kind->counts && counts.title_tf == 0;
    ranking_offer_told(approach->ranking, doc, part_of_counts(approach, &counts, norm),
                       told ? counts.tf : 0);
}

static void look_at(struct approach *approach, uint32_t doc)
{
    struct ranking *ranking = approach->ranking;
    uint64_t most = 0, least = ranking_least(ranking, doc);
    uint8_t norm = 0;
    if (ranking->top->most &&
        (!ranking_norm(ranking, doc, &norm) || (least && !find_most(approach, norm, &most))))
        return;
    if (least && most == least && ranking->places && !ranking_least_of(ranking, doc, &least))
        return;
    bool hopeless = most < least;
    ranking->pruned = ranking->pruned || (hopeless && !ranking->counted);
    if ((hopeless && !ranking->counted) || !matcher_confirm(&approach->leaf->matcher) ||
        !ranking_goes_on(ranking))
        return;
    ranking->found++;
    if (!hopeless && !ranking_is_apart(ranking, doc))
        offer(approach, doc, norm);
}

void rank_leaf(struct ranking *ranking, struct match_leaf *leaf)
{
    struct approach approach = {.ranking = ranking, .leaf = leaf};
    uint32_t doc = 0;
    if (rank_pattern(ranking, leaf))
        return;
    for (;; doc++) {
        if (!ranking->counted)
            doc = skip(&approach, doc);
        doc = matcher_approach(&leaf->matcher, doc);
        if (doc == NO_MORE_DOCS || !ranking_goes_on(ranking))
            return;
        if (!ranking_hides(ranking, doc))
            look_at(&approach, doc);
    }
}
