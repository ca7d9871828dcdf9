#include "store/list_check.h"

#include <string.h>

#include "store/list_layout.h"

void list_check_begin(struct list_check *list)
{
    list->best.count = 0;
    list_top_begin(&list->top);
    list->most = 0;
}

void list_check_article(struct list_check *list, const struct impact_model *model,
                        struct list_top_article article)
{
    article.impact = impact_of(model, article.tf, article.title_tf, article.norm);
    article.place = impact_place(model, article.doc);
    list->most = article.impact > list->most ? article.impact : list->most;
    best_impacts_add(&list->best, impact_floor(article.impact));
    list_top_add(&list->top, &article);
}

bool list_check_block(struct list_check *list, const struct postings *postings)
{
    uint16_t bound = impact_ceiling(list->most);
    list->most = 0;
    return !postings->bounds || postings_block_bound(postings, postings->block) == bound;
}

/* Compared as bytes, since what is not used must be zeros too. */
static bool check_top(const struct list_check *list, const struct postings *postings)
{
    uint8_t top[LIST_TOP_MOST_BYTES];
    uint32_t articles = snapshot_settings(postings->snapshot)->article_count;
    list_top_encode(&list->top, articles, top);
    return memcmp(postings_top_bytes(postings), top, list_top_bytes(articles)) == 0;
}

bool list_check_end(struct list_check *list, const struct postings *postings)
{
    static const uint32_t ks[] = {10, 100, LIST_BEST_MOST};
    if (!postings->bounds)
        return true;
    best_impacts_sort(&list->best);
    for (uint32_t i = 0; i < list_best_count(postings->list->df); i++)
        if (postings_best(postings, ks[i]) != list->best.best[ks[i] - 1])
            return false;
    return !list_has_top(postings->list->df) || check_top(list, postings);
}
