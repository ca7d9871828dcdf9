#include "query/nodes.h"

struct query_node *node_new(struct arena *arena, enum query_kind kind)
{
    struct query_node *node = arena_allocate(arena, 1, sizeof *node);
    if (node)
        node->kind = kind;
    return node;
}

struct query_node *node_of(struct arena *arena, enum query_kind kind,
                           const struct node_list *children, size_t count)
{
    struct query_node *node = children->count == count ? node_new(arena, kind) : NULL;
    if (!node)
        return NULL;
    node->children = children->items;
    node->child_count = count;
    return node;
}

struct query_node *node_copy(struct arena *arena, const struct query_node *node)
{
    struct node_list children = {0};
    for (size_t i = 0; i < node->child_count; i++)
        node_list_add(arena, &children, node_copy(arena, node->children[i]));
    struct query_node *copy = node_of(arena, node->kind, &children, node->child_count);
    if (!copy)
        return NULL;
    *copy = *node;
    copy->children = children.items;
    return copy;
}

void node_list_add(struct arena *arena, struct node_list *list, struct query_node *node)
{
    if (!node)
        return;
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? 2 * list->capacity : 4;
        void *items = arena_regrow(arena, list->items, list->count, capacity, sizeof *list->items);
        if (!items)
            return;
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = node;
}

void node_list_add_parts(struct arena *arena, struct node_list *list, enum query_kind kind,
                         struct query_node *node)
{
    if (!node || node->kind != kind || node->required) {
        node_list_add(arena, list, node);
        return;
    }
    for (size_t i = 0; i < node->child_count; i++)
        node_list_add(arena, list, node->children[i]);
}

static struct query_node *parent_of(struct arena *arena, enum query_kind kind,
                                    const struct node_list *list)
{
    if (list->count < 2)
        return list->count ? list->items[0] : NULL;
    return node_of(arena, kind, list, list->count);
}

static struct node_list flat(struct arena *arena, enum query_kind kind,
                             const struct node_list *list)
{
    struct node_list parts = {0};
    for (size_t i = 0; i < list->count; i++)
        node_list_add_parts(arena, &parts, kind, list->items[i]);
    return parts;
}

bool node_is_negative(const struct query_node *node)
{
    return node && node->kind == QUERY_NOT && !node->required &&
           node->children[0]->kind == QUERY_ALL;
}

struct query_node *node_all_of(struct arena *arena, const struct node_list *list)
{
    struct node_list parts = flat(arena, QUERY_AND, list), with = {0}, without = {0};
    for (size_t i = 0; i < parts.count; i++) {
        struct query_node *part = parts.items[i];
        if (node_is_negative(part))
            node_list_add(arena, &without, part->children[1]);
        else if (part->kind != QUERY_ALL)
            node_list_add(arena, &with, part);
    }
    bool all = parts.count && !with.count && !without.count;
    return all ? parts.items[0] : node_without(arena, parent_of(arena, QUERY_AND, &with), &without);
}

struct query_node *node_any_of(struct arena *arena, const struct node_list *list)
{
    struct node_list parts = flat(arena, QUERY_OR, list), required = {0}, others = {0};
    bool has_all = false;
    for (size_t i = 0; i < parts.count; i++) {
        struct query_node *part = parts.items[i];
        has_all = has_all || part->kind == QUERY_ALL;
        node_list_add(arena, part->required ? &required : &others, part);
    }
    if (!required.count || !others.count)
        return parent_of(arena, required.count ? QUERY_AND : QUERY_OR, &parts);
    if (!has_all)
        node_list_add(arena, &others, node_new(arena, QUERY_ALL));
    node_list_add(arena, &required, parent_of(arena, QUERY_OR, &others));
    return node_all_of(arena, &required);
}

struct query_node *node_without(struct arena *arena, struct query_node *from,
                                const struct node_list *without)
{
    if (!without->count)
        return from;
    struct node_list parts = flat(arena, QUERY_OR, without), children = {0};
    node_list_add(arena, &children, from ? from : node_new(arena, QUERY_ALL));
    node_list_add(arena, &children, parent_of(arena, QUERY_OR, &parts));
    return node_of(arena, QUERY_NOT, &children, 2);
}
