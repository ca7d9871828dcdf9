/* The passage of an article: its runs in order. Inside this room only. */
#ifndef VERBATIM_SEARCH_QUOTE_CHAIN_H
#define VERBATIM_SEARCH_QUOTE_CHAIN_H

#include "base/bytes.h"

struct match_budget;
struct quote_match;

struct quote_link {      /* a part of a match that the passage takes */
    uint32_t match;      /* which of those given */
    uint32_t start, end; /* pasted words [start, end) */
    uint32_t at;         /* the position of the first in the article */
};

struct quote_chainer {  /* one thread; release when done; reusable */
    struct bytes steps; /* scratch */
    struct bytes links; /* struct quote_link of the last passage, in order */
};
void quote_chainer_release(struct quote_chainer *chainer); /* a zeroed one is allowed */

/* The most pasted words that parts of the matches cover, each further on in the text and in the
 * article than the one before; of one article, sorted by start, none within another's stretch. By
 * dynamic programming over pairs: where two overlap the earlier one is kept whole, since what the
 * later one loses the earlier one wins. At the budget's end the longest match alone. Fills the
 * links where asked. False where memory ends. */
bool quote_chain(struct quote_chainer *chainer, const struct quote_match *matches, size_t count,
                 struct match_budget *budget, bool links, uint32_t *covered);

#endif
