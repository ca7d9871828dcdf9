/* The postings list of a word or a run of words, with what its articles' parts of a score need. */
#ifndef VERBATIM_RANK_LIST_H
#define VERBATIM_RANK_LIST_H

#include "match/cursor.h"
#include "match/leaf.h"
#include "rank/bm25.h"
#include "rank/ranking.h"

struct ranked_list { /* borrows its matcher, whose list nobody else moves */
    struct match_leaf *leaf;
    struct match_cursor *cursor;
    const struct postings *postings; /* the cursor's */
    double idf;
    uint32_t times;              /* leaves of the query that ask for the very same */
    uint64_t most;               /* no article's part is greater */
    double per_part;             /* 65535ths of an impact that make 1 of a score */
    uint32_t at;                 /* the place in the current block of the article at hand */
    struct match_cursor *titles; /* its titles' list, where that weighs; else NULL */
    bool weighs_alone;           /* of one article, whose title's part the leaf must be asked for */
};

struct ranked_lists { /* in an arena */
    struct ranked_list *items;
    size_t count;
    size_t leaves; /* that are in them: those of the same words are one list */
};

/* The list of a leaf that scores by one; else NULL. */
struct match_cursor *ranked_list_of(struct matcher *matcher);
/* The lists among the children. False with the budget's status bad. */
bool ranked_lists_init(struct ranked_lists *lists, const struct ranking *ranking,
                       struct matcher *const *children, size_t count);
/* Of each list what it and those behind it can add to a score, and a 0 behind them; in the arena.
 * NULL with the budget's status bad. */
uint64_t *ranked_lists_sums(const struct ranked_lists *lists, const struct ranking *ranking);
/* Articles of the rarest one. */
uint32_t ranked_lists_least_df(const struct ranked_lists *lists);
/* Back before their first articles. */
void ranked_lists_rewind(struct ranked_lists *lists);

/* What all leaves of the list add to the score of an article of this impact. */
static inline uint64_t ranked_list_part(const struct ranked_list *list, double impact)
{
    return list->times * bm25_part(list->idf, impact);
}

/* The most that a part of a bound of 65535ths can be. */
uint64_t ranked_list_bound(const struct ranked_list *list, uint32_t bound);
/* The least bound, in 65535ths, of which a part of `need` can be; 65536 where none. */
uint32_t ranked_list_least_bound(const struct ranked_list *list, uint64_t need);

/* A part that as many of its articles have at least; 0 where none is known. */
uint64_t ranked_list_seed(const struct ranked_list *list, size_t articles);

/* How often it stands in the only article of a list that weighs_alone. False with the budget's
 * status bad. */
bool ranked_list_weigh_alone(const struct ranked_list *list, uint32_t *tf, uint32_t *title_tf);
/* The part of the article at hand. False with the budget's status bad. */
bool ranked_list_score(struct ranked_list *list, const struct ranking *ranking, uint8_t norm,
                       uint64_t *part);

#endif
