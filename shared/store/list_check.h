/* The bounds and best impacts of a list, made again from its articles and compared. */
#ifndef VERBATIM_STORE_LIST_CHECK_H
#define VERBATIM_STORE_LIST_CHECK_H

#include "store/best_impacts.h"
#include "store/postings_read.h"

struct list_check { /* zeroed: before the first article of a list */
    struct best_impacts best;
    double most; /* the greatest impact of the block */
};

void list_check_begin(struct list_check *list);
void list_check_impact(struct list_check *list, double impact);
/* Behind the last article of the current block: whether the block's bound is that of its articles.
 */
bool list_check_block(struct list_check *list, const struct postings *postings);
/* Behind the last block: whether the best impacts are those of the articles. */
bool list_check_end(struct list_check *list, const struct postings *postings);

#endif
