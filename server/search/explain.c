#include "search/explain.h"

#include <stdio.h>
#include <stdlib.h>

#include "rank/bm25.h"
#include "search/collect.h"
#include "search/collection.h"
#include "store/norm.h"

static void write_node(const struct query_node *node, struct bytes *text);

static void write_word(const struct query_word *word, struct bytes *text)
{
    bytes_append_slice(text, word->kind == WORD_ANY ? SLICE("*") : word->text);
    if (word->kind == WORD_PREFIX)
        bytes_append_string(text, "*");
    if (word->kind == WORD_EDITS)
        bytes_format(text, "~%u", word->edits);
}

static void write_phrase(const struct query_node *node, struct bytes *text)
{
    if (node->field == FIELD_TITLE)
        bytes_append_string(text, "title:");
    if (node->word_count > 1)
        bytes_append_string(text, "\"");
    for (size_t i = 0; i < node->word_count; i++) {
        if (i)
            bytes_append_string(text, " ");
        write_word(&node->words[i], text);
    }
    if (node->word_count > 1)
        bytes_append_string(text, "\"");
    if (node->slop)
        bytes_format(text, "~%u", node->slop);
}

static void write_children(const struct query_node *node, const char *between, struct bytes *text)
{
    for (size_t i = 0; i < node->child_count; i++) {
        bool several = node->children[i]->kind == QUERY_OR;
        bytes_append_string(text, i ? between : "");
        bytes_append_string(text, several ? "(" : "");
        write_node(node->children[i], text);
        bytes_append_string(text, several ? ")" : "");
    }
}

static void write_node(const struct query_node *node, struct bytes *text)
{
    char between[32];
    switch (node->kind) {
    case QUERY_NEAR:
        snprintf(between, sizeof between, " %s/%u ", node->ordered ? "ADJ" : "NEAR",
                 node->distance);
        write_children(node, between, text);
        break;
    case QUERY_OR:
        write_children(node, " OR ", text);
        break;
    case QUERY_CHARACTERS:
        bytes_append_string(text, "exact:\"");
        bytes_append_slice(text, node->value);
        bytes_append_string(text, "\"");
        break;
    default:
        write_phrase(node, text);
    }
}

static struct slice write_term(const struct query_node *node, struct arena *arena)
{
    struct bytes text = {0};
    write_node(node, &text);
    if (text.status != STATUS_OK)
        arena->status = text.status;
    struct slice copy = arena_copy(arena, bytes_slice(&text));
    bytes_release(&text);
    return copy;
}

/* A word's df is known; how many articles hold a phrase is counted, once a question. */
static uint64_t articles_of(struct plan *plan, uint32_t number, struct match_budget *budget)
{
    struct plan_leaf *leaf = &plan->leaves[plan->leaves[number].term];
    if (leaf->articles == UINT64_MAX && leaf->node->kind == QUERY_PHRASE &&
        leaf->node->field == FIELD_ANY && leaf->node->word_count == 1)
        leaf->articles = leaf->words[0]->df;
    if (leaf->articles == UINT64_MAX)
        leaf->articles = collect_leaf_count(plan, plan->leaves[number].term, budget);
    return leaf->articles;
}

static int by_number(const void *a, const void *b)
{
    const struct match_leaf *left = *(struct match_leaf *const *)a;
    const struct match_leaf *right = *(struct match_leaf *const *)b;
    return (left->number > right->number) - (left->number < right->number);
}

bool explain_hit(struct plan *plan, struct scorer *scorer, const struct collection_file *file,
                 struct arena *arena, struct hit *hit)
{
    struct match_leaves *leaves = &scorer->leaves;
    struct match_budget *budget = scorer->source->budget;
    const struct settings *settings = file->settings;
    struct scored_leaf scored;
    if (leaves->count == 0)
        return true;
    qsort(leaves->items, leaves->count, sizeof(struct match_leaf *), by_number);
    hit->explanations = arena_allocate(arena, leaves->count, sizeof *hit->explanations);
    if (!hit->explanations)
        return match_budget_check(budget, STATUS_NO_MEMORY, CHUNK_FIELDS);
    for (size_t i = 0; i < leaves->count; i++) {
        uint32_t number = leaves->items[i]->number;
        if (!scorer_leaf(scorer, leaves->items[i], &scored))
            return false;
        hit->explanations[hit->explanation_count++] = (struct explanation){
            .term = write_term(plan->leaves[number].node, arena),
            .idf = plan->idf[number],
            .tf = scored.tf,
            .title_tf = scored.title_tf,
            .length = norm_length(scored.norm),
            .average_length = (double)settings->length_sum / settings->article_count,
            .score = bm25_points(scored.part),
            .articles = articles_of(plan, number, budget)};
    }
    return match_budget_check(budget, arena->status, CHUNK_FIELDS);
}
