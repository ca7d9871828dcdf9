/* How the nodes of a query's tree are made and joined. Inside this room only.
 *
 * All memory is the arena's; where it ends, what is returned is NULL or short, and the arena's
 * status says so. Joined nodes are normal: an AND holds no AND, an OR no OR, unless it is required;
 * an article that every other child lets in is not named in an AND. */
#ifndef VERBATIM_QUERY_NODES_H
#define VERBATIM_QUERY_NODES_H

#include "base/arena.h"
#include "query/tree.h"

struct node_list {
    struct query_node **items;
    size_t count, capacity;
};

/* Zeros but for its kind. */
struct query_node *node_new(struct arena *arena, enum query_kind kind);
/* With `count` children, whose array it borrows; NULL also where the list has fewer, since memory
 * ended. */
struct query_node *node_of(struct arena *arena, enum query_kind kind,
                           const struct node_list *children, size_t count);
/* The same once more: nodes that may change apart from each other, of the same words and values. */
struct query_node *node_copy(struct arena *arena, const struct query_node *node);
/* NULL is not added. */
void node_list_add(struct arena *arena, struct node_list *list, struct query_node *node);
/* Adds an OR's children one by one, another node as it is: what -(a OR b) and -a -b have in common.
 */
void node_list_add_parts(struct arena *arena, struct node_list *list, enum query_kind kind,
                         struct query_node *node);

/* Whether it only takes away, as -a does: every article without something. Not where it is
 * required. */
bool node_is_negative(const struct query_node *node); /* NULL: false */

/* All of them; NULL for none, the child itself for one. What only takes away is taken from the
 * others. */
struct query_node *node_all_of(struct arena *arena, const struct node_list *list);
/* Any of them. Where some are required, every one of those, and the others only add to the score:
 * +a OR b is +a AND (b OR *). */
struct query_node *node_any_of(struct arena *arena, const struct node_list *list);
/* `from`, every article where it is NULL, without any of `without`, which may be empty. */
struct query_node *node_without(struct arena *arena, struct query_node *from,
                                const struct node_list *without);

#endif
