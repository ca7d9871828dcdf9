#include "search/plan.h"

#include "rank/bm25.h"
#include "search/collection.h"
#include "search/plan_build.h"

struct making { /* of a plan */
    struct plan *plan;
    struct match_budget *budget;
    struct arena *arena;
};

bool plan_is_leaf(const struct query_node *node)
{
    bool has_word = false;
    for (size_t i = 0; i < node->word_count; i++)
        has_word = has_word || node->words[i].kind != WORD_ANY;
    return (node->kind == QUERY_PHRASE && has_word) || node->kind == QUERY_NEAR ||
           node->kind == QUERY_SPELLINGS || node->kind == QUERY_SEQUENCE ||
           node->kind == QUERY_CHARACTERS;
}

bool plan_scores(const struct query_node *node)
{
    if (plan_is_leaf(node))
        return true;
    for (size_t i = 0; i < node->child_count && !(node->kind == QUERY_NOT && i); i++)
        if (plan_scores(node->children[i]))
            return true;
    return false;
}

static size_t count_leaves(const struct query_node *node)
{
    size_t count = 0;
    if (plan_is_leaf(node))
        return 1;
    for (size_t i = 0; i < node->child_count && !(node->kind == QUERY_NOT && i); i++)
        count += count_leaves(node->children[i]);
    return count;
}

static bool asks_the_same(const struct plan_node *a, const struct plan_node *b)
{
    const struct query_node *one = a->query, *other = b->query;
    if (one->kind != other->kind || one->field != other->field ||
        one->word_count != other->word_count || one->slop != other->slop ||
        one->distance != other->distance || one->ordered != other->ordered ||
        one->child_count != other->child_count || !slice_equal(one->value, other->value))
        return false;
    for (size_t i = 0; i < one->word_count; i++)
        if (a->words[i] != b->words[i] || one->words[i].glued != other->words[i].glued)
            return false;
    for (size_t i = 0; i < one->child_count; i++)
        if (!asks_the_same(a->children[i], b->children[i]))
            return false;
    return true;
}

static double idf_of(const struct plan *plan, const struct plan_node *node)
{
    const struct query_node *query = node->query;
    double idf = 0;
    for (size_t i = 0; query->kind == QUERY_PHRASE && i < query->word_count; i++)
        if (node->words[i])
            idf += bm25_idf(plan->collection->article_count, node->words[i]->df);
    for (size_t i = 0; i < query->child_count; i++) {
        double child = idf_of(plan, node->children[i]);
        if (query->kind != QUERY_OR && query->kind != QUERY_SPELLINGS)
            idf += child;
        else if (i == 0 || child < idf)
            idf = child;
    }
    return query->boost > 0 ? idf * query->boost : idf;
}

static void number_leaf(struct plan *plan, struct plan_node *node)
{
    node->leaf = (uint32_t)plan->leaf_count;
    struct plan_leaf *leaf = &plan->leaves[plan->leaf_count++];
    *leaf = (struct plan_leaf){node->query, node, node->words, 0, UINT64_MAX};
    while (!asks_the_same(plan->leaves[leaf->term].at, node))
        leaf->term++;
    plan->idf[node->leaf] = idf_of(plan, node);
}

static bool find_words(const struct making *making, struct plan_node *node)
{
    const struct query_node *query = node->query;
    node->words =
        arena_allocate(making->arena, query->word_count, sizeof(struct vocabulary_word *));
    if (!node->words)
        return false;
    for (size_t i = 0; i < query->word_count; i++)
        if (query->words[i].kind != WORD_ANY)
            node->words[i] = vocabulary_find(&making->plan->vocabulary, &query->words[i]);
    return true;
}

static struct plan_node *make_node(const struct making *making, const struct query_node *query,
                                   bool scored)
{
    struct plan_node *node = arena_allocate(making->arena, 1, sizeof *node);
    bool is_leaf = plan_is_leaf(query);
    if (!node)
        return NULL;
    node->query = query;
    node->leaf = MATCH_UNSCORED;
    if (query->kind == QUERY_PHRASE && !find_words(making, node))
        return NULL;
    node->children = arena_allocate(making->arena, query->child_count, sizeof(struct plan_node *));
    if (!node->children && query->child_count)
        return NULL;
    for (size_t i = 0; i < query->child_count; i++) {
        bool excluded = is_leaf || (query->kind == QUERY_NOT && i > 0);
        node->children[i] = make_node(making, query->children[i], scored && !excluded);
        if (!node->children[i])
            return NULL;
    }
    if (is_leaf && scored)
        number_leaf(making->plan, node);
    return node;
}

enum status plan_init_knowing(struct plan *plan, const struct collection *collection,
                              const struct vocabulary *known, const struct query_node *root,
                              struct match_budget *budget, struct arena *arena)
{
    *plan = (struct plan){.collection = collection};
    enum status status = vocabulary_init(&plan->vocabulary, collection, known, root, budget, arena);
    if (status != STATUS_OK)
        return status;
    plan->written = plan->vocabulary;
    size_t leaf_count = count_leaves(root);
    plan->leaves = arena_allocate(arena, leaf_count + 1, sizeof *plan->leaves);
    plan->idf = arena_allocate(arena, leaf_count + 1, sizeof *plan->idf);
    if (!plan->leaves || !plan->idf)
        return STATUS_NO_MEMORY;
    plan->root = make_node(&(struct making){plan, budget, arena}, root, true);
    return plan->root ? STATUS_OK : STATUS_NO_MEMORY;
}

enum status plan_init(struct plan *plan, const struct collection *collection,
                      const struct query_node *root, struct match_budget *budget,
                      struct arena *arena)
{
    return plan_init_knowing(plan, collection, NULL, root, budget, arena);
}
