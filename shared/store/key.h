/* The keys of the lexicon. A word of titles and bodies is its own key. Columns share the lexicon:
 * their keys begin with a byte that begins no word.
 *
 *     word                    positions in title and body
 *     01 FIELD folded value   a whole value; position: the number of the value among the article's
 *     02 FIELD word           a word of the values; values lie STORE_BODY_GAP apart
 *
 * So words come last. FIELD is one of "sagl" for source, author, tag, lang. */
#ifndef VERBATIM_STORE_KEY_H
#define VERBATIM_STORE_KEY_H

#include "base/bytes.h"
#include "base/slice.h"

enum { KEY_VALUE = 1, KEY_VALUE_WORD = 2, KEY_PREFIX_BYTES = 2, KEY_MAX_BYTES = 1026 };

/* No word comes before this, and nothing else behind it. */
#define KEY_FIRST_WORD SLICE("\x03")

/* A key of at most KEY_MAX_BYTES: a longer value is cut at 991 bytes, '#' and 32 hexadecimal digits
 * of its XXH3-128, as long words are. Replaces what out holds. field is 0 … 3 in the order above.
 */
void key_write(struct bytes *out, int kind, int field, struct slice text);

#endif
