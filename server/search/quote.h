/* The quotation checker: which runs of a pasted text stand verbatim in which articles, and where it
 * differs from what they wrote.
 *
 * The pasted text's words are those of the text contract; what a line's end hyphenates is one word
 * where more articles hold that than the two parts side by side.
 *
 * A run of an article is a stretch of the pasted words that stands there, in title or body, and is
 * no longer there by a word in front or behind; of at least `min` words; and not one that lies in
 * another run of the same article. An article stands under its own runs only.
 *
 * An article's passage is the most pasted words that its runs cover in order, the same way in the
 * pasted text and in the article: a longest common subsequence of both within its runs. Articles
 * are ranked by that, of equals by their longest run, then in the order of the collection. */
#ifndef VERBATIM_SEARCH_QUOTE_H
#define VERBATIM_SEARCH_QUOTE_H

#include "base/error.h"
#include "search/quotation.h"
#include "search/quote_answer.h"

struct searcher;

/* STATUS_OK, also where the budget ended (then partial says so: runs and articles are so many at
 * least, and runs may be longer). STATUS_INVALID: fewer words than a run has. STATUS_LIMIT: over
 * one of the caps of quotation.h. STATUS_CORRUPT: a page fails its checksum. The answer is to be
 * released in any case. Any thread. */
enum status searcher_quote(const struct searcher *searcher, const struct quotation *quotation,
                           struct quote_answer *answer, struct error *error);

#endif
