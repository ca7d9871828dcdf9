/* The articles of one leaf of a query whose score has bonuses (rank/mixture.h): a word's or a
 * class's list and what is laid beside it, and bounds of the parts of its articles. */
#ifndef VERBATIM_RANK_MIXED_LIST_H
#define VERBATIM_RANK_MIXED_LIST_H

#include "match/class.h"
#include "match/leaf.h"
#include "rank/mixture.h"
#include "rank/ranking.h"

struct mixed_list { /* borrows its leaf, whose lists nobody else moves; in an arena */
    struct match_leaf *leaf;
    struct match_cursor *all;        /* NULL: the rest is all there is */
    const struct postings *postings; /* of all */
    struct match_cursor *titles;     /* of all; NULL: none */
    struct class_rest rest;          /* articles beside or besides those of all */
    const struct class_words *words; /* NULL: no class */
    struct match_leaf *form;         /* of a class the word asked for; NULL: the file has it not */
    double idf, form_idf;            /* by which the parts of all and of the exact form go */
    double bound_idf;                /* both together */
    uint64_t title_most;             /* no article's part of TITLE is greater */
    uint64_t all_most, rest_most;    /* nor what TERM and FORM of `all` and of the rest are */
    uint64_t most;                   /* nor what all there is adds to a score */
    uint64_t df;                     /* articles at most */
    uint32_t rest_at;                /* where the next article is looked for in the rest */
};

/* Whether a matcher is a leaf that can be one. */
bool mixed_list_can(struct matcher *matcher);
/* The leaf, which can, is not begun. False with the budget's status bad. */
bool mixed_list_init(struct mixed_list *list, struct match_leaf *leaf,
                     const struct ranking *ranking, const struct mixture *mixture);
/* Whether the rest has an article from first to last. */
bool mixed_list_rest_within(const struct mixed_list *list, uint32_t first, uint32_t last);
/* Before its first article again, and the exact form too. */
void mixed_list_rewind(struct mixed_list *list);
/* The leaf of a word before its first article again, whoever moved its lists. */
void mixed_leaf_rewind(struct match_leaf *leaf);

enum { MIXED_SLACK = 2 }; /* roundings of two parts against that of their sum */

/* What TERM and FORM of an article of this impact are at most: the exact form's impact is no
 * greater. */
static inline uint64_t mixed_list_bound(const struct mixed_list *list, double impact)
{
    return bm25_part(list->bound_idf, impact) + MIXED_SLACK;
}

/* The same of an article that may have both `all`, of at most so much, and the rest: no impact is
 * more than 1. */
static inline uint64_t mixed_list_both(const struct mixed_list *list, uint64_t all)
{
    uint64_t most = mixed_list_bound(list, 1);
    return all + list->rest_most < most ? all + list->rest_most : most;
}

/* The part of TERM. */
static inline uint64_t mixed_list_part(const struct mixed_list *list, double impact)
{
    return bm25_part(list->idf, impact);
}

/* The least bound of a block of `all`, in 65535ths, which may hold an article of `need`. */
uint32_t mixed_list_least_bound(const struct mixed_list *list, uint64_t need);

#endif
