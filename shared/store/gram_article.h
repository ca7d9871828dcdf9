/* An article on its way into the list of a run of words. */
#ifndef VERBATIM_STORE_GRAM_ARTICLE_H
#define VERBATIM_STORE_GRAM_ARTICLE_H

#include <stdint.h>

struct gram_article {      /* that holds the gram */
    uint32_t place;        /* the article, or its rank in the leader's list */
    uint32_t doc;          /* the article; not looked at where the gram has at most 128 */
    uint32_t tf, title_tf; /* 1 ≤ tf, title_tf ≤ tf */
};

#endif
