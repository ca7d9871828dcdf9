/* The words of a file that a pattern stands for: none is left out unless the budget ends. */
#ifndef VERBATIM_SEARCH_EXPAND_H
#define VERBATIM_SEARCH_EXPAND_H

#include "base/arena.h"
#include "match/term_union.h"
#include "query/tree.h"
#include "store/lexicon_read.h"

struct expansion {              /* in an arena */
    struct lexicon_word *words; /* ascending by their numbers */
    size_t count;
};

/* Looks through the keys that begin with `before` (none: the words of titles and bodies) for those
 * that go on as the word says. A prefix is a range of keys; of a wildcard that begins with '*' all
 * words are looked at; in edits whatever can no longer become a word near enough is passed over.
 * Spends a block a block of the lexicon, early (match_budget_spend_early): where that ends, those
 * found so far stand. False with the budget's status bad. */
bool expand_word(const struct lexicon *lexicon, struct slice before, const struct query_word *word,
                 struct match_budget *budget, struct arena *arena, struct expansion *expansion);

/* The same of words in at least so many articles, and maybe others: what is sure to be in fewer is
 * not looked at. */
bool expand_frequent(const struct lexicon *lexicon, uint32_t least, struct slice before,
                     const struct query_word *word, struct match_budget *budget,
                     struct arena *arena, struct expansion *expansion);

#endif
