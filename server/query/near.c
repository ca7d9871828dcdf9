/* a NEAR/5 b, where a and b are more than words: what holds of an article as a whole stays beside
 * it, and what has several parts is near part by part. */
#include <stdio.h>

#include "query/nodes.h"
#include "query/parser.h"
#include "query/suffix.h"

struct near {
    struct parser *p;
    const struct token *token;
    uint32_t distance;
    bool ordered;
};

static struct query_node *combine(const struct near *near, struct query_node *a,
                                  struct query_node *b, bool swapped);

/* Whether words are in it that stand at places. */
static bool has_places(const struct query_node *node)
{
    if (node->kind == QUERY_PHRASE)
        return true;
    for (size_t i = 0; i < node->child_count && !(node->kind == QUERY_NOT && i > 0); i++)
        if (has_places(node->children[i]))
            return true;
    return false;
}

/* A phrase, or several of one field and one weight. */
static bool is_side(const struct query_node *node)
{
    if (node->kind == QUERY_PHRASE)
        return true;
    bool side = node->kind == QUERY_OR;
    for (size_t i = 0; side && i < node->child_count; i++) {
        const struct query_node *child = node->children[i], *first = node->children[0];
        side = child->kind == QUERY_PHRASE && child->field == first->field &&
               suffix_boost_of(child) == suffix_boost_of(first);
    }
    return side;
}

static const struct query_node *first_phrase(const struct query_node *side)
{
    return side->kind == QUERY_PHRASE ? side : side->children[0];
}

/* A copy as NEAR holds it: of this field, neither weighed nor required. */
static struct query_node *copy_side(struct parser *p, const struct query_node *side,
                                    enum query_field field)
{
    struct node_list children = {0};
    for (size_t i = 0; i < side->child_count; i++)
        node_list_add(p->arena, &children, copy_side(p, side->children[i], field));
    struct query_node *copy = node_of(p->arena, side->kind, &children, side->child_count);
    if (!copy)
        return NULL;
    *copy = *side;
    copy->children = children.items;
    copy->required = false;
    if (side->kind == QUERY_PHRASE) {
        copy->field = field;
        copy->boost = 0;
    }
    return copy;
}

/* Words of one place are not near those of the other: a distance ends before the body begins. So
 * where one side is asked of the title, both are. */
static struct query_node *near_sides(const struct near *near, const struct query_node *a,
                                     const struct query_node *b)
{
    struct parser *p = near->p;
    const struct query_node *one = first_phrase(a), *other = first_phrase(b);
    enum query_field field =
        one->field == FIELD_TITLE || other->field == FIELD_TITLE ? FIELD_TITLE : FIELD_ANY;
    struct node_list children = {0};
    node_list_add(p->arena, &children, copy_side(p, a, field));
    node_list_add(p->arena, &children, copy_side(p, b, field));
    struct query_node *node = node_of(p->arena, QUERY_NEAR, &children, 2);
    if (!node)
        return NULL;
    node->field = field;
    node->distance = near->distance;
    node->ordered = near->ordered;
    node->required = a->required || b->required;
    suffix_weigh(node, suffix_boost_of(one));
    suffix_weigh(node, suffix_boost_of(other));
    return node;
}

static struct query_node *pair_of(struct parser *p, struct query_node *a, struct query_node *b)
{
    struct node_list both = {0};
    node_list_add(p->arena, &both, a);
    node_list_add(p->arena, &both, b);
    return node_all_of(p->arena, &both);
}

static struct query_node *anywhere(const struct near *near, struct query_node *a,
                                   struct query_node *b)
{
    char problem[120];
    snprintf(problem, sizeof problem, "'%s' needs words on both sides",
             parse_subject(near->token->text).text);
    parser_mend(near->p, near->token->start, problem, "searched for both sides anywhere");
    return pair_of(near->p, a, b);
}

/* Every part of `a` that has places, near `b`; where any is enough, one that has none stands with
 * `b` anywhere. */
static struct query_node *each_part(const struct near *near, struct query_node *a,
                                    struct query_node *b, bool swapped)
{
    struct node_list parts = {0};
    for (size_t i = 0, used = 0; i < a->child_count; i++) {
        struct query_node *part = a->children[i];
        bool placed = has_places(part);
        if (!placed && (a->kind == QUERY_AND || part->kind == QUERY_ALL)) {
            node_list_add(near->p->arena, &parts, part);
            continue;
        }
        struct query_node *other = used++ ? parse_again(near->p, b) : b;
        if (!other)
            return NULL;
        node_list_add(near->p->arena, &parts,
                      placed ? combine(near, part, other, swapped) : anywhere(near, part, other));
    }
    struct query_node *node = a->kind == QUERY_AND ? node_all_of(near->p->arena, &parts)
                                                   : node_any_of(near->p->arena, &parts);
    if (node && node->kind != QUERY_ALL)
        node->required = node->required || a->required;
    return node;
}

static struct query_node *without_second(const struct near *near, struct query_node *a,
                                         struct query_node *b, bool swapped)
{
    struct node_list without = {0};
    node_list_add(near->p->arena, &without, a->children[1]);
    struct query_node *node =
        node_without(near->p->arena, combine(near, a->children[0], b, swapped), &without);
    if (node)
        node->required = node->required || a->required;
    return node;
}

/* Beside a NEAR: it holds, and one of its sides is near. */
static struct query_node *beside_near(const struct near *near, struct query_node *a,
                                      struct query_node *b, bool swapped)
{
    const struct query_node *again = parse_again(near->p, a);
    struct node_list sides = {0};
    for (size_t i = 0; again && i < again->child_count; i++)
        node_list_add(near->p->arena, &sides, again->children[i]);
    struct query_node *either = node_any_of(near->p->arena, &sides);
    return again ? pair_of(near->p, a, combine(near, either, b, swapped)) : NULL;
}

static struct query_node *beside_characters(const struct near *near, struct query_node *a,
                                            struct query_node *b, bool swapped)
{
    parser_mend(near->p, near->token->start, "exact characters have no place to be near to",
                "searched for them anywhere and for their words there");
    const struct query_node *again = parse_again(near->p, a);
    if (!again || !again->child_count)
        return NULL;
    again->children[0]->boost = 0; /* it is the characters' */
    return pair_of(near->p, a, combine(near, again->children[0], b, swapped));
}

/* `swapped`: b is on the left. */
static struct query_node *combine(const struct near *near, struct query_node *a,
                                  struct query_node *b, bool swapped)
{
    if (!a || !b || near->p->status != STATUS_OK)
        return NULL;
    if (is_side(a) && is_side(b))
        return swapped ? near_sides(near, b, a) : near_sides(near, a, b);
    if (!has_places(a) || !has_places(b))
        return swapped ? anywhere(near, b, a) : anywhere(near, a, b);
    if (is_side(a))
        return combine(near, b, a, !swapped);
    switch (a->kind) {
    case QUERY_AND:
    case QUERY_OR:
        return each_part(near, a, b, swapped);
    case QUERY_NOT:
        return without_second(near, a, b, swapped);
    case QUERY_NEAR:
        return beside_near(near, a, b, swapped);
    default:
        return beside_characters(near, a, b, swapped);
    }
}

static void read_distance(struct near *near)
{
    struct slice text = near->token->text;
    near->ordered = text.data[0] == 'A';
    size_t at = near->ordered ? 4 : 5;
    for (near->distance = 0; at < text.size; at++)
        if (near->distance <= QUERY_GAP_MOST)
            near->distance = 10 * near->distance + (uint32_t)(text.data[at] - '0');
    if (near->distance >= 1 && near->distance <= QUERY_GAP_MOST)
        return;
    parser_mend(near->p, near->token->start, "a distance is from 1 to 1000", "took the nearest");
    near->distance = near->distance ? QUERY_GAP_MOST : 1;
}

/* As many as it is when it is read, no fewer: with the number of its edits, every part of its
 * pattern. */
static size_t count_parts(const struct query_word *word)
{
    size_t count = word->kind == WORD_EDITS ? 2 : 1;
    for (size_t i = 0; word->kind == WORD_WILDCARD && i < word->text.size; i++)
        count += word->text.data[i] == '*' || word->text.data[i] == '?';
    return count;
}

static size_t count_words(const struct query_node *node)
{
    size_t count = 0;
    for (size_t i = 0; i < node->word_count; i++)
        count += count_parts(&node->words[i]);
    for (size_t i = 0; i < node->child_count; i++)
        count += count_words(node->children[i]);
    return count;
}

struct query_node *parse_again(struct parser *p, const struct query_node *node)
{
    p->word_count += count_words(node) + 1;
    if (p->word_count > QUERY_MAX_WORDS)
        parser_fail(p, STATUS_LIMIT, "the query has more than %d words, all its NEARs written out",
                    QUERY_MAX_WORDS);
    return p->status == STATUS_OK ? node_copy(p->arena, node) : NULL;
}

struct query_node *parse_near(struct parser *p, const struct token *token, struct query_node *left,
                              struct query_node *right)
{
    struct near near = {.p = p, .token = token};
    read_distance(&near);
    if (!left || !right)
        return anywhere(&near, left, right);
    return combine(&near, left, right, false);
}
