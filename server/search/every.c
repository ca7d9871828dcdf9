#include "search/every.h"

#include "search/collection.h"

static bool visit(const struct collection_file *file, struct matcher *root,
                  struct match_budget *budget, const struct every_visitor *visitor)
{
    size_t seen = 0;
    for (;;) {
        uint32_t doc = matcher_next(root);
        if (doc == NO_MORE_DOCS || budget->status != STATUS_OK)
            return budget->status == STATUS_OK;
        if (++seen % BUDGET_ARTICLES == 0 && !match_budget_spend(budget, 1))
            return false;
        if (!collection_hides(file, doc) && !visitor->article(visitor->context, root, doc))
            return false;
    }
}

void every_match(const struct plan *plan, struct workspace *workspace, struct match_budget *budget,
                 const struct every_visitor *visitor)
{
    const struct collection *collection = plan->collection;
    bool more = plan->root != NULL; /* else the budget ended before there was a plan */
    for (size_t i = 0; i < collection->file_count && more; i++) {
        const struct collection_file *file = &collection->files[i];
        match_budget_enter(budget, i);
        arena_clear(&workspace->matchers);
        struct match_source source = {file->snapshot,       &file->columns, budget,
                                      &workspace->matchers, NULL,           0};
        if (visitor->file && !visitor->file(visitor->context, i, &source))
            return;
        struct matcher *root = plan_matcher(plan, i, &source, &workspace->documents[i]);
        if (!root)
            return;
        more = root->cost == 0 || visit(file, root, budget, visitor);
        matcher_release(root);
    }
}
