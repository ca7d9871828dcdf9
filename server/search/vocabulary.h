/* The words of a query, each once, looked up in every file of the collection. A pattern (a prefix,
 * a wildcard, a word with edits) is one word, which stands for many: what they hold is added up
 * here. A word that stands for its inflections is another than that word in quotes. */
#ifndef VERBATIM_SEARCH_VOCABULARY_H
#define VERBATIM_SEARCH_VOCABULARY_H

#include "base/arena.h"
#include "match/budget.h"
#include "query/tree.h"
#include "store/term.h"

struct class_words;
struct collection;
struct term_union;
struct collection_file;

struct vocabulary_word {
    struct slice text;
    enum query_word_kind kind; /* never ANY */
    uint32_t edits;
    bool inflected;       /* it stands for its class, as query_word says */
    const char *language; /* likewise */
    bool whole;           /* it comes behind a NOT: what it stands for must not be cut short */
    size_t start;         /* in the query's text, where it comes first */
    uint64_t df;          /* articles of all files that hold it, or any of its inflections where it
                           * stands for those; hidden ones among them. Of a pattern those of its
                           * words added up, one that holds two of them twice, at most all: of edits
                           * the nearest words' that there are */
    uint64_t articles;    /* of a pattern, when vocabulary_count has told: articles of all
                           * files that hold any of its words */
    uint64_t stands_for;  /* likewise: those words, each file's counted */
    const struct term **terms;    /* by file; NULL where it has none, or many, or edits */
    struct class_words **classes; /* of an inflected word by file; NULL: itself alone there */
    struct term_union **unions;   /* of a pattern by file; NULL where it has not many */
};

struct vocabulary {                /* in an arena */
    struct vocabulary_word *words; /* in the order of their start */
    size_t count;
    struct vocabulary_word **table; /* by hash */
    size_t table_size;
};

/* Of the PHRASE nodes below root, words of kind ANY left out. known: of another query over the same
 * collection, whose words need not be looked up again, borrowed as long as this is used; NULL:
 * none. STATUS_NO_MEMORY, or the budget's status. */
enum status vocabulary_init(struct vocabulary *vocabulary, const struct collection *collection,
                            const struct vocabulary *known, const struct query_node *root,
                            struct match_budget *budget, struct arena *arena);
/* The same word; it is there. */
struct vocabulary_word *vocabulary_find(const struct vocabulary *vocabulary,
                                        const struct query_word *word);

/* How many articles hold any of a pattern's words, and how many words these are: for whoever tells.
 * Spends early (match/budget.h). False with the budget's status bad. */
bool vocabulary_count(struct vocabulary_word *word, const struct collection *collection,
                      struct match_budget *budget);

/* What a word stands for in one file. before: with what its keys begin, KEY_VALUE_WORD and a field;
 * empty: words of titles and bodies. At most one of *term and *many is not NULL. */
struct vocabulary_found {
    const struct term *term;
    struct term_union *many;
};
enum status vocabulary_expand(const struct collection_file *file, struct slice before,
                              const struct query_word *word, struct match_budget *budget,
                              struct arena *arena, struct vocabulary_found *found);

/* One key of one file: *term is NULL where the lexicon has it not. */
enum status vocabulary_look_up(const struct collection_file *file, struct slice key,
                               struct match_budget *budget, struct arena *arena,
                               const struct term **term);
/* In how many articles of all files a folded word stands, hidden ones among them; no budget is
 * spent. False with the budget's status bad. */
bool vocabulary_articles(const struct collection *collection, struct slice word,
                         struct match_budget *budget, uint64_t *articles);

#endif
