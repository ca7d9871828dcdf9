#include "query/lower.h"

#include "base/bytes.h"
#include "query/nodes.h"

static size_t place_of(const struct query_node *node)
{
    while (node->child_count)
        node = node->children[0];
    return node->word_count ? node->words[0].start : 0;
}

static void tell(struct parse *p, const struct query_node *node, const char *what)
{
    parse_mend(p, place_of(node), what, "searched for the nearest thing that is");
}

static void lower_words(struct parse *p, struct query_node *node)
{
    size_t kept = 0;
    bool any = false;
    for (size_t i = 0; i < node->word_count; i++) {
        struct query_word word = node->words[i];
        any = any || word.kind != WORD_ITSELF;
        size_t size = 0;
        char *text = arena_allocate(p->arena, word.text.size + 1, 1);
        for (size_t c = 0; text && c < word.text.size; c++)
            if (word.text.data[c] != '*' && word.text.data[c] != '?')
                text[size++] = word.text.data[c];
        word.text = text ? slice_of(text, size) : word.text;
        word.kind = WORD_ITSELF;
        word.edits = 0;
        if (word.text.size)
            node->words[kept++] = word;
    }
    node->word_count = kept;
    if (any)
        tell(p, node, "wildcards and misspellings are not known here");
}

static void lower_phrase(struct parse *p, struct query_node *node)
{
    lower_words(p, node);
    if (node->slop || node->boost > 0)
        tell(p, node, "distances and weights are not known here");
    node->slop = 0;
    node->boost = 0;
}

static void lower_value(struct parse *p, struct query_node *node)
{
    if (node->value.size)
        return;
    struct bytes value = {0};
    lower_words(p, node);
    for (size_t i = 0; i < node->word_count; i++) {
        bytes_append_string(&value, i ? " " : "");
        bytes_append_slice(&value, node->words[i].text);
    }
    node->value = arena_copy(p->arena, bytes_slice(&value));
    bytes_release(&value);
}

static struct query_node *lower_inner(struct parse *p, struct query_node *node)
{
    struct node_list children = {0};
    for (size_t i = 0; i < node->child_count; i++)
        node_list_add(p->arena, &children, lower(p, node->children[i]));
    if (node->kind == QUERY_NEAR)
        tell(p, node, "NEAR and ADJ are not known here");
    if (node->kind == QUERY_CHARACTERS)
        tell(p, node, "'exact:' is not known here");
    struct query_node *lowered = node;
    if (node->kind == QUERY_NEAR || node->kind == QUERY_AND)
        lowered = node_all_of(p->arena, &children);
    else if (node->kind == QUERY_CHARACTERS)
        lowered = children.items ? children.items[0] : NULL;
    else {
        node->children = children.items;
        node->child_count = children.count;
    }
    if (lowered)
        lowered->required = lowered->required || node->required;
    return lowered;
}

struct query_node *lower(struct parse *p, struct query_node *node)
{
    if (!node || p->status != STATUS_OK || p->arena->status != STATUS_OK)
        return node;
    if (node->kind == QUERY_PHRASE)
        lower_phrase(p, node);
    else if (node->kind == QUERY_FIELD_VALUE)
        lower_value(p, node);
    else if (node->child_count)
        return lower_inner(p, node);
    return node;
}
