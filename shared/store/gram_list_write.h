/* One gram's lists into bytes: what is encoded in any thread, to be laid into the chunk in order.
 */
#ifndef VERBATIM_STORE_GRAM_LIST_WRITE_H
#define VERBATIM_STORE_GRAM_LIST_WRITE_H

#include "base/bytes.h"
#include "store/gram.h"
#include "store/gram_article.h"
#include "store/impact.h"

/* Appends the list of the gram's articles and, where titles hold it and there are two articles or
 * more, that of its titles to `lists`; fills everything in `gram` but offsets, leader and ranked.
 * Articles ascend; count is at least 1. `best` and bounds are made from the norms as in a word's
 * list. STATUS_NO_MEMORY, or STATUS_LIMIT over 2^32 − 1 occurrences. One thread a `lists`. */
enum status gram_list_write(const struct gram_article *articles, uint32_t count,
                            const struct impact_model *model, const uint8_t *norms,
                            struct bytes *lists, struct gram *gram);

#endif
