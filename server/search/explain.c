#include "search/explain.h"

#include <stdio.h>

#include "rank/bm25.h"
#include "search/collect.h"
#include "search/explanation.h"
#include "search/hit.h"

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
        bool several =
            node->children[i]->kind == QUERY_OR || node->children[i]->kind == QUERY_SPELLINGS;
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
    case QUERY_SPELLINGS:
        write_children(node, " OR ", text);
        break;
    case QUERY_SEQUENCE:
        write_children(node, " ", text);
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

static struct slice take_text(struct bytes *text, struct arena *arena)
{
    if (text->status != STATUS_OK)
        arena->status = text->status;
    struct slice copy = arena_copy(arena, bytes_slice(text));
    bytes_release(text);
    return copy;
}

static struct slice write_term(const struct query_node *node, struct arena *arena)
{
    struct bytes text = {0};
    write_node(node, &text);
    return take_text(&text, arena);
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

static const char *const part_names[] = {
    [PART_TERM] = "term",
    [PART_FORM] = "form",
    [PART_TITLE] = "title",
    [PART_NEAR] = "near",
    [PART_WHOLE_TITLE] = "whole title",
};

static struct slice write_pair(const struct plan *plan, const struct score_part *part,
                               struct arena *arena)
{
    struct bytes text = {0};
    write_node(plan->leaves[part->leaf].node, &text);
    bytes_append_string(&text, " ");
    write_node(plan->leaves[part->other].node, &text);
    return take_text(&text, arena);
}

static struct explanation explain_part(struct plan *plan, const struct score_part *part,
                                       struct match_budget *budget, struct arena *arena)
{
    struct explanation explanation = {.part = part_names[part->kind],
                                      .idf = part->idf,
                                      .tf = part->tf,
                                      .title_tf = part->title_tf,
                                      .length = part->length,
                                      .average_length = part->average_length,
                                      .has_edits = part->edits > 0,
                                      .edits = part->distance,
                                      .score = bm25_points(part->part)};
    if (part->kind == PART_WHOLE_TITLE)
        return explanation;
    if (part->kind == PART_NEAR) {
        explanation.term = write_pair(plan, part, arena);
        return explanation;
    }
    explanation.term = write_term(plan->leaves[part->leaf].node, arena);
    explanation.articles = part->kind == PART_FORM ? plan->leaves[part->leaf].words[0]->df
                                                   : articles_of(plan, part->leaf, budget);
    return explanation;
}

bool explain_hit(struct plan *plan, const struct scorer *scorer, struct arena *arena,
                 struct hit *hit)
{
    struct match_budget *budget = scorer->source->budget;
    if (scorer->part_count == 0)
        return true;
    hit->explanations = arena_allocate(arena, scorer->part_count, sizeof *hit->explanations);
    if (!hit->explanations)
        return match_budget_check(budget, STATUS_NO_MEMORY, CHUNK_FIELDS);
    for (size_t i = 0; i < scorer->part_count && budget->status == STATUS_OK; i++)
        hit->explanations[hit->explanation_count++] =
            explain_part(plan, &scorer->parts[i], budget, arena);
    return match_budget_check(budget, arena->status, CHUNK_FIELDS);
}
