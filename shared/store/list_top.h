/* The ten best articles of a list of 1,000 or more, which stand at its end: what a search for ten
 * in that list alone is answered from. FORMAT.md, "postings".
 *
 * They are in the order of their impacts, of equal ones in that of their places in the input. With
 * them stand the greatest impact less than theirs and whether others have the tenth's. By these a
 * reader knows for any idf whether no other article can come in. */
#ifndef VERBATIM_STORE_LIST_TOP_H
#define VERBATIM_STORE_LIST_TOP_H

#include <stdbool.h>
#include <stdint.h>

#include "store/list_layout.h"

struct list_top_article {
    double impact; /* not what a list tells */
    uint32_t doc, tf, title_tf;
    uint8_t norm;   /* likewise, but of `next` */
    uint32_t place; /* likewise: doc, unless articles are numbered anew */
};

struct list_top {
    uint32_t count;
    bool ties; /* others have the impact of the last of them */
    struct list_top_article articles[LIST_TOP];
    struct list_top_article next; /* the first with the greatest impact less than the last's; no doc
                                     in a list; tf and impact are 0 where there is none */
};

void list_top_begin(struct list_top *top);
/* Whether an article of this impact may be worth adding. */
static inline bool list_top_wants(const struct list_top *top, double impact)
{
    return top->count < LIST_TOP || impact >= top->next.impact;
}
/* Impacts are greater than 0. */
void list_top_add(struct list_top *top, const struct list_top_article *article);

/* Of a full one: list_top_bytes(articles) into out, in a file of so many articles. */
void list_top_encode(const struct list_top *top, uint32_t articles, uint8_t *out);
/* The inverse, which reads list_top_bytes(articles). Numbers of articles may be any. False where
 * the list has none since one has too many occurrences. Any thread. */
bool list_top_decode(const uint8_t *in, uint32_t articles, struct list_top *top);

#endif
