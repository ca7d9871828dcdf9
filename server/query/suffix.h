/* What may follow a word, a quotation or a parenthesis: *, ~3, ^2. Inside this room only. */
#ifndef VERBATIM_QUERY_SUFFIX_H
#define VERBATIM_QUERY_SUFFIX_H

#include "query/parser.h"

enum { BOOST_ONE = 1000, BOOST_MOST = 1000 * BOOST_ONE };

struct suffix {
    bool prefix, tilde, number;           /* a '*'; a '~'; with a number */
    uint32_t value;                       /* the number, whole; a great one is some great one */
    uint32_t boost;                       /* in thousandths, 1 … BOOST_MOST; 0: none */
    bool fraction;                        /* the number was none that is whole */
    size_t prefix_at, tilde_at, boost_at; /* bytes in the query's text */
};

/* What may stand between a suffix and white space: the punctuation of a sentence. */
static inline bool suffix_is_stop(char c)
{
    return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?';
}

/* The end of one '*', '~3', '~0.8' or '^2.5' at this place; the place itself where there is none.
 */
size_t suffix_skip(struct slice text, size_t at);
/* Takes ~1 and ^2 off the end of a bare word, with the stops after them; returns them, or nothing
 * where there are none. */
struct slice suffix_split(struct slice *word);
/* What is written there, a part of the query's text; nothing for nothing. */
struct suffix suffix_read(struct parser *p, struct slice written);

/* Mends, one by one, what means nothing where it stands. */
void suffix_ignore_prefix(struct parser *p, const struct suffix *suffix, const char *after);
void suffix_ignore_tilde(struct parser *p, const struct suffix *suffix, const char *after);
void suffix_ignore_boost(struct parser *p, const struct suffix *suffix, const char *after);
void suffix_ignore(struct parser *p, const struct suffix *suffix, const char *after);

/* Multiplies what all words, phrases and NEARs of a node add to a score. False where there are
 * none. `boost` is in thousandths, 0: not written. */
bool suffix_weigh(struct query_node *node, uint32_t boost);
uint32_t suffix_boost_of(const struct query_node *node); /* in thousandths; 1000 where none */

#endif
