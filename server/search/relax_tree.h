/* Queries a little wider than one that finds nothing, as trees. All memory is the scratch arena's;
 * NULL where it ends or nothing would be left. Inside this room only. */
#ifndef VERBATIM_SEARCH_RELAX_TREE_H
#define VERBATIM_SEARCH_RELAX_TREE_H

#include "base/arena.h"
#include "query/tree.h"

struct relax_change { /* of a tree */
    const struct query_node *at;
    struct query_node *with;               /* NULL: without it */
    const struct query_node *const *drops; /* left out as well */
    size_t drop_count;
};

struct query_node *relax_copy(struct arena *arena, const struct query_node *node);
/* The tree with the change: what holds one part alone becomes that part, a NEAR that loses a side
 * the other side, exact characters whose words change those words. */
struct query_node *relax_rebuild(struct arena *arena, struct query_node *root,
                                 const struct relax_change *change);

/* The phrase with other words. */
struct query_node *relax_phrase(struct arena *arena, const struct query_node *phrase,
                                struct query_word *words, size_t count);
/* The phrase without one of its words, or with any word in its place. */
struct query_node *relax_without(struct arena *arena, const struct query_node *phrase, size_t word);
struct query_node *relax_any_at(struct arena *arena, const struct query_node *phrase, size_t word);
/* The phrase with another kind of word in a place: kramer* or *kramer for kramer. */
struct query_node *relax_pattern(struct arena *arena, const struct query_node *phrase, size_t word,
                                 bool as_end);
/* The phrase with two neighbours as one word. */
struct query_node *relax_joined(struct arena *arena, const struct query_node *phrase, size_t first);
/* The phrase with so many words in between. */
struct query_node *relax_gap(struct arena *arena, const struct query_node *phrase, uint32_t slop);
/* Its words without quotes, each once: an AND, or an OR. */
struct query_node *relax_words(struct arena *arena, const struct query_node *phrase,
                               enum query_kind kind);
/* A node of this kind over these; of such a node among them, over its children. */
struct query_node *relax_parent(struct arena *arena, enum query_kind kind,
                                struct query_node *const *children, size_t count);

#endif
