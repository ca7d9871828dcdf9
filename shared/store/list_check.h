/* The bounds, best impacts and best articles of a list, made again from all its articles and
 * compared. */
#ifndef VERBATIM_STORE_LIST_CHECK_H
#define VERBATIM_STORE_LIST_CHECK_H

#include "store/best_impacts.h"
#include "store/impact.h"
#include "store/list_top.h"
#include "store/postings_read.h"

struct list_check { /* zeroed: before the first article of a list */
    struct best_impacts best;
    struct list_top top;
    double most; /* the greatest impact of the block */
};

void list_check_begin(struct list_check *list);
/* The next article, its impact not filled in. */
void list_check_article(struct list_check *list, const struct impact_model *model,
                        struct list_top_article article);
/* Behind the last article of the current block: whether the block's bound is that of its articles.
 */
bool list_check_block(struct list_check *list, const struct postings *postings);
/* Behind the last block: whether the best impacts and articles are those of the list. */
bool list_check_end(struct list_check *list, const struct postings *postings);

#endif
