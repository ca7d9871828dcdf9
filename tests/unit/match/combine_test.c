/* AND, OR, NOT, lists and predicates, alone and inside each other, against arrays. */
#include "match/and.h"
#include "match/docs.h"
#include "match/not.h"
#include "match/or.h"
#include "match/predicate.h"
#include "random.h"
#include "scratch.h"
#include "unit/match/contract.h"
#include "unit/unit.h"

enum { ARTICLES = 700, NODES_MOST = 64 };

enum kind { LIST, PREDICATE, EVERY, AND, OR, NOT };

struct node { /* what to make, and which articles it should match */
    struct stage *stage;
    enum kind kind;
    bool holds[ARTICLES];
    uint32_t docs[ARTICLES];
    size_t doc_count;
    struct node *children[4];
    size_t child_count;
};

static enum status holds(void *context, uint32_t doc, bool *answer)
{
    *answer = ((const struct node *)context)->holds[doc];
    return STATUS_OK;
}

static struct matcher *make(void *context)
{
    struct node *node = context;
    const struct match_source *source = &node->stage->source;
    struct matcher *children[4];
    for (size_t i = 0; i < node->child_count; i++)
        children[i] = make(node->children[i]);
    switch (node->kind) {
    case LIST:
        return match_docs(source, node->docs, node->doc_count);
    case PREDICATE:
        return match_predicate(source, (struct match_predicate){holds, node, CHUNK_DATES},
                               ARTICLES);
    case EVERY:
        return match_all(source, ARTICLES);
    case AND:
        return match_and(source, children, node->child_count);
    case OR:
        return match_or(source, children, node->child_count);
    case NOT:
        break;
    }
    return match_not(source, children[0], children[1]);
}

static void fill_leaf(struct node *node, uint64_t *seed)
{
    uint64_t rarity = 1 + random_below(seed, 1 + random_below(seed, 60));
    for (uint32_t doc = 0; doc < ARTICLES; doc++)
        node->holds[doc] = node->kind == EVERY || random_below(seed, rarity) == 0;
    if (random_below(seed, 20) == 0 && node->kind != EVERY)
        memset(node->holds, 0, sizeof node->holds);
    for (uint32_t doc = 0; doc < ARTICLES; doc++)
        if (node->holds[doc])
            node->docs[node->doc_count++] = doc;
}

static void fill_inner(struct node *node)
{
    for (uint32_t doc = 0; doc < ARTICLES; doc++) {
        bool value = node->children[0]->holds[doc];
        for (size_t i = 1; i < node->child_count; i++) {
            bool other = node->children[i]->holds[doc];
            value = node->kind == OR    ? value || other
                    : node->kind == AND ? value && other
                                        : value && !other;
        }
        node->holds[doc] = value;
    }
}

static struct node *grow(struct node *nodes, size_t *used, struct stage *stage, size_t depth,
                         uint64_t *seed)
{
    struct node *node = &nodes[(*used)++];
    bool inner = depth > 0 && *used + 4 * depth < NODES_MOST;
    *node = (struct node){.stage = stage,
                          .kind = (enum kind)(random_below(seed, 3) + (inner ? AND : LIST))};
    if (!inner) {
        fill_leaf(node, seed);
        return node;
    }
    size_t count = node->kind == NOT ? 2 : 1 + random_below(seed, 4);
    while (node->child_count < count && *used < NODES_MOST - 8)
        node->children[node->child_count++] = grow(nodes, used, stage, depth - 1, seed);
    while (node->child_count < (node->kind == NOT ? 2u : 1u))
        node->children[node->child_count++] = grow(nodes, used, stage, 0, seed);
    fill_inner(node);
    return node;
}

static void test_trees(void **state)
{
    static struct node nodes[NODES_MOST];
    const struct sample_options options = {
        .seed = 1, .articles = 20, .vocabulary = 9, .body_words = 9};
    struct stage stage;
    uint64_t seed = 4;
    (void)state;
    stage_open(&stage, &options);
    for (size_t tries = 0; tries < 400; tries++) {
        size_t used = 0;
        struct node *root = grow(nodes, &used, &stage, tries % 4, &seed);
        contract_try(&stage, (struct maker){make, root}, (struct expected){root->holds, ARTICLES},
                     tries);
    }
    stage_close(&stage);
}

/* Where the arena refuses, constructors give NULL and nothing is lost. */
static void test_no_memory(void **state)
{
    static struct node nodes[NODES_MOST];
    const struct sample_options options = {
        .seed = 1, .articles = 20, .vocabulary = 9, .body_words = 9};
    struct stage stage;
    (void)state;
    stage_open(&stage, &options);
    for (int kind = LIST; kind <= NOT; kind++) {
        nodes[0] = (struct node){.stage = &stage, .kind = LIST};
        nodes[1] = (struct node){
            .stage = &stage, .kind = (enum kind)kind, .children = {&nodes[0], &nodes[0]}};
        struct matcher *children[2] = {make(&nodes[0]), make(&nodes[0])};
        stage.arena.cap = stage.arena.used;
        struct matcher *made = kind == AND   ? match_and(&stage.source, children, 2)
                               : kind == OR  ? match_or(&stage.source, children, 2)
                               : kind == NOT ? match_not(&stage.source, children[0], children[1])
                                             : make(&nodes[1]);
        assert_null(made);
        arena_release(&stage.arena);
        arena_init(&stage.arena, 0);
    }
    stage_close(&stage);
}

static enum status fails(void *context, uint32_t doc, bool *answer)
{
    *answer = true;
    return doc < *(uint32_t *)context ? STATUS_OK : STATUS_CORRUPT;
}

static void test_trouble(void **state)
{
    const struct sample_options options = {
        .seed = 1, .articles = 20, .vocabulary = 9, .body_words = 9};
    struct stage stage;
    uint32_t first_bad = 5;
    (void)state;
    stage_open(&stage, &options);
    match_budget_enter(&stage.budget, 3);
    struct matcher *matcher = match_predicate(
        &stage.source, (struct match_predicate){fails, &first_bad, CHUNK_DATES}, 20);
    for (uint32_t doc = 0; doc < first_bad; doc++)
        assert_int_equal(matcher_next(matcher), doc);
    assert_int_equal(matcher_next(matcher), NO_MORE_DOCS);
    assert_int_equal(stage.budget.status, STATUS_CORRUPT);
    assert_int_equal(stage.budget.chunk, CHUNK_DATES);
    assert_int_equal(stage.budget.file, 3);
    match_budget_enter(&stage.budget, 4);
    assert_false(match_budget_check(&stage.budget, STATUS_NO_MEMORY, CHUNK_TEXT));
    assert_int_equal(stage.budget.status, STATUS_CORRUPT);
    assert_int_equal(stage.budget.file, 3);
    stage_close(&stage);
}

/* Articles looked at one by one cost too. */
static void test_budget(void **state)
{
    const struct sample_options options = {
        .seed = 1, .articles = 20, .vocabulary = 9, .body_words = 9};
    struct stage stage;
    uint32_t given = 0;
    (void)state;
    stage_open(&stage, &options);
    match_budget_init(&stage.budget, 0, 10);
    struct matcher *matcher = match_all(&stage.source, 1000000);
    while (matcher_next(matcher) != NO_MORE_DOCS)
        given++;
    assert_int_equal(stage.budget.status, STATUS_DEADLINE);
    assert_false(stage.budget.by_time);
    assert_int_equal(given, 10 * BUDGET_ARTICLES);
    match_budget_init(&stage.budget, 1, 0);
    matcher = match_all(&stage.source, NO_MORE_DOCS - 2);
    while (matcher_next(matcher) != NO_MORE_DOCS)
        given++;
    assert_int_equal(stage.budget.status, STATUS_DEADLINE);
    assert_true(stage.budget.by_time);
    stage_close(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trees), cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_budget), cmocka_unit_test(test_trouble)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
