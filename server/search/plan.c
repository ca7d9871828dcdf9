#include "search/plan.h"

#include "rank/bm25.h"
#include "search/collection.h"
#include "search/plan_build.h"

struct making { /* of a plan */
    struct plan *plan;
    struct match_budget *budget;
    struct arena *arena;
};

static size_t count_leaves(const struct query_node *node)
{
    size_t count = node->kind == QUERY_PHRASE;
    for (size_t i = 0; i < node->child_count && !(node->kind == QUERY_NOT && i); i++)
        count += count_leaves(node->children[i]);
    return count;
}

static bool asks_the_same(const struct plan_leaf *a, const struct plan_leaf *b)
{
    if (a->node->field != b->node->field || a->node->word_count != b->node->word_count)
        return false;
    for (size_t i = 0; i < a->node->word_count; i++)
        if (a->words[i] != b->words[i])
            return false;
    return true;
}

static void number_leaf(struct plan *plan, struct plan_node *node)
{
    node->leaf = (uint32_t)plan->leaf_count;
    struct plan_leaf *leaf = &plan->leaves[plan->leaf_count++];
    *leaf = (struct plan_leaf){node->query, node->words, 0, UINT64_MAX};
    while (!asks_the_same(&plan->leaves[leaf->term], leaf))
        leaf->term++;
    for (size_t i = 0; i < node->query->word_count; i++)
        plan->idf[node->leaf] += bm25_idf(plan->collection->article_count, node->words[i]->df);
}

static bool make_phrase(const struct making *making, struct plan_node *node, bool scored)
{
    const struct query_node *query = node->query;
    node->words =
        arena_allocate(making->arena, query->word_count, sizeof(struct vocabulary_word *));
    if (!node->words)
        return false;
    for (size_t i = 0; i < query->word_count; i++)
        node->words[i] = vocabulary_find(&making->plan->vocabulary, query->words[i].text);
    if (scored)
        number_leaf(making->plan, node);
    return true;
}

static struct plan_node *make_node(const struct making *making, const struct query_node *query,
                                   bool scored)
{
    struct plan_node *node = arena_allocate(making->arena, 1, sizeof *node);
    if (!node)
        return NULL;
    node->query = query;
    node->leaf = MATCH_UNSCORED;
    if (query->kind == QUERY_PHRASE)
        return make_phrase(making, node, scored) ? node : NULL;
    node->children = arena_allocate(making->arena, query->child_count, sizeof(struct plan_node *));
    if (!node->children && query->child_count)
        return NULL;
    for (size_t i = 0; i < query->child_count; i++) {
        bool excluded = query->kind == QUERY_NOT && i > 0;
        node->children[i] = make_node(making, query->children[i], scored && !excluded);
        if (!node->children[i])
            return NULL;
    }
    return node;
}

enum status plan_init(struct plan *plan, const struct collection *collection,
                      const struct query_node *root, struct match_budget *budget,
                      struct arena *arena)
{
    *plan = (struct plan){.collection = collection};
    enum status status = vocabulary_init(&plan->vocabulary, collection, root, budget, arena);
    if (status != STATUS_OK)
        return status;
    size_t leaf_count = count_leaves(root);
    plan->leaves = arena_allocate(arena, leaf_count + 1, sizeof *plan->leaves);
    plan->idf = arena_allocate(arena, leaf_count + 1, sizeof *plan->idf);
    if (!plan->leaves || !plan->idf)
        return STATUS_NO_MEMORY;
    plan->root = make_node(&(struct making){plan, budget, arena}, root, true);
    return plan->root ? STATUS_OK : STATUS_NO_MEMORY;
}
