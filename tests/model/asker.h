/* Random questions: a tree for the model and the same as a person would type it. */
#ifndef VERBATIM_TESTS_ASKER_H
#define VERBATIM_TESTS_ASKER_H

#include "model/model.h"

struct asker {
    uint64_t state;
    struct model *model;
};

/* A tree as deep as given, its text appended; NULL for one that came out without words. */
struct model_node *asker_tree(struct asker *asker, size_t depth, struct bytes *text);
/* A word, a phrase or a field's value. */
struct model_node *asker_leaf(struct asker *asker, struct bytes *text);
/* A phrase of these many words that stands in some article, folded, in quotes. NULL where none was
 * met. */
struct model_node *asker_phrase(struct asker *asker, size_t words, struct bytes *text);

struct model_node *asker_node(struct asker *asker, enum model_kind kind);

#endif
