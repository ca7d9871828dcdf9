/* What is meant by the words of a query that stand outside quotation marks: their inflections too,
 * and nothing by stop words. */
#ifndef VERBATIM_SEARCH_BARE_WORDS_H
#define VERBATIM_SEARCH_BARE_WORDS_H

#include "base/arena.h"
#include "query/tree.h"
#include "text/stem.h"

struct collection;
struct question;

struct bare_words {
    char
        language[STEM_CODE_BYTES]; /* whose inflections; empty: those of each file's own language */
    struct query_node *root;       /* the tree without its stop words */
    const struct query_word **ignored; /* the stop words that were left out, in the query's order */
    size_t ignored_count;
};

/* Sets `inflected` and `language` of every word of the tree that is itself, alone, not in quotes,
 * not asked for by = and no stop word; those of exact: are in quotes. The language is the
 * question's lang, or else that of a lang: that the whole query stands under, where one of them has
 * a stemmer.
 *
 * Then leaves out bare stop words of the language, or of the first file's: parts of an AND or an OR
 * in title and body that are neither required, weighed nor named for a title. Not behind a NOT nor
 * beside a NEAR. Where that would leave nothing that scores, all stay. The tree itself keeps them;
 * what is new is in the arena, whose status tells where memory ended (root is then the tree). */
void bare_words_read(struct bare_words *bare, const struct question *question,
                     const struct collection *collection, struct query_node *root,
                     struct arena *arena);

#endif
