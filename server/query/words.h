/* The words of a piece of a query's text, as the text contract parts and folds them. Inside this
 * room only. */
#ifndef VERBATIM_QUERY_WORDS_H
#define VERBATIM_QUERY_WORDS_H

#include "query/parser.h"

struct words { /* in the request's arena */
    struct query_word *items;
    size_t count, capacity;
    uint8_t last_joint; /* enum word_joint of the last one */
};

/* All words of a text as themselves. Its first byte is `offset` in the query. Ends the parse where
 * the query has too many. */
struct words words_read(struct parser *p, struct slice text, size_t offset);
/* One more; false where the query has too many, or memory ends. */
bool words_add(struct parser *p, struct words *words, const struct query_word *word);

/* Whether it is a number and nothing else, after which no sign means what it means after a word. */
bool word_is_number(struct slice folded);
/* Whether it is of a script without spaces, where every character is a word. */
bool word_is_cluster(struct slice folded);

/* Whether it was cut at WORD_MAX_BYTES, its rest being a hash after a '#'. */
static inline bool word_is_cut(struct slice folded)
{
    return slice_has(folded, '#');
}

static inline bool has_wildcard(struct slice text)
{
    return slice_has(text, '*') || slice_has(text, '?');
}

/* The same words with the wildcards of the text, whose words `plain` are: air*, s?ria, *ria. In a
 * quotation also a lone * for any word, and word~1. */
struct words words_with_patterns(struct parser *p, const struct words *plain, struct slice text,
                                 size_t offset, bool quoted);

/* The words of a bare word as themselves, and their suffix, ~1 or ^2, which is taken off the text.
 * After numbers alone these are nothing but digits, as in 10^2 and 10~20. */
struct words words_read_bare(struct parser *p, struct slice *text, struct suffix *suffix);
/* Lets the words have the edits of a ~; mends where none can have any, or there are too many. True
 * where ~0 asks for the word itself alone. */
bool words_edit(struct parser *p, struct words *words, const struct suffix *suffix);

#endif
