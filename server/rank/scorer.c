#include "rank/scorer.h"

#include "rank/bm25.h"

enum { FEW_ARTICLES = 1024 }; /* that are looked up one by one rather than all pages checked */

bool scorer_init(struct scorer *scorer, const struct match_source *source,
                 const struct impact_model *model, const double *idf, size_t leaf_count,
                 uint64_t expected)
{
    *scorer = (struct scorer){.source = source, .model = model, .idf = idf};
    enum status status = STATUS_OK;
    if (expected > FEW_ARTICLES)
        status = columns_norms(source->columns, &scorer->norms);
    if (!match_budget_check(source->budget, status, CHUNK_NORMS))
        return false;
    scorer->leaves.items =
        arena_allocate(source->arena, leaf_count + 1, sizeof *scorer->leaves.items);
    status = scorer->leaves.items ? STATUS_OK : STATUS_NO_MEMORY;
    return match_budget_check(source->budget, status, CHUNK_NORMS);
}

static bool find_norm(const struct scorer *scorer, uint32_t doc, uint8_t *norm)
{
    if (scorer->norms) {
        *norm = scorer->norms[doc];
        return true;
    }
    return match_budget_check(scorer->source->budget,
                              columns_norm(scorer->source->columns, doc, norm), CHUNK_NORMS);
}

bool scorer_leaf(const struct scorer *scorer, struct match_leaf *leaf, struct scored_leaf *scored)
{
    if (!find_norm(scorer, leaf->matcher.doc, &scored->norm) ||
        !match_leaf_frequency(leaf, &scored->tf, &scored->title_tf))
        return false;
    double impact = impact_of(scorer->model, scored->tf, scored->title_tf, scored->norm);
    scored->part = bm25_part(scorer->idf[leaf->number], impact);
    return true;
}

/* Scoring BUDGET_ARTICLES leaves costs as much as a block. */
static bool spend(struct scorer *scorer)
{
    scorer->scored += scorer->leaves.count;
    if (scorer->scored < BUDGET_ARTICLES)
        return true;
    uint64_t blocks = scorer->scored / BUDGET_ARTICLES;
    scorer->scored %= BUDGET_ARTICLES;
    return match_budget_spend(scorer->source->budget, blocks);
}

bool scorer_score(struct scorer *scorer, struct matcher *root, uint64_t *score)
{
    struct scored_leaf scored;
    scorer->leaves.count = 0;
    matcher_leaves(root, &scorer->leaves);
    if (!spend(scorer))
        return false;
    *score = 0;
    for (size_t i = 0; i < scorer->leaves.count; i++) {
        if (!scorer_leaf(scorer, scorer->leaves.items[i], &scored))
            return false;
        *score += scored.part;
    }
    return true;
}
