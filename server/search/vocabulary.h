/* The words of a query, each once, looked up in every file of the collection. */
#ifndef VERBATIM_SEARCH_VOCABULARY_H
#define VERBATIM_SEARCH_VOCABULARY_H

#include "base/arena.h"
#include "match/budget.h"
#include "query/tree.h"
#include "store/term.h"

struct collection;
struct collection_file;

struct vocabulary_word {
    struct slice text;
    size_t start;        /* in the query's text, where it comes first */
    uint64_t df;         /* articles of all files that hold it, hidden ones among them */
    const struct term **terms; /* by file; NULL where it has none */
};

struct vocabulary { /* in an arena */
    struct vocabulary_word *words; /* in the order of their start */
    size_t count;
    struct vocabulary_word **table; /* by hash */
    size_t table_size;
};

/* Of the PHRASE nodes below root. STATUS_NO_MEMORY, or the budget's status. */
enum status vocabulary_init(struct vocabulary *vocabulary, const struct collection *collection,
                            const struct query_node *root, struct match_budget *budget,
                            struct arena *arena);
/* The word of this text; it is there. */
struct vocabulary_word *vocabulary_find(const struct vocabulary *vocabulary, struct slice text);

/* One key of one file: *term is NULL where the lexicon has it not. */
enum status vocabulary_look_up(const struct collection_file *file, struct slice key,
                               struct match_budget *budget, struct arena *arena,
                               const struct term **term);

#endif
