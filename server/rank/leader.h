/* The list that leads: its blocks one by one, and of each the articles whose part may be enough. */
#ifndef VERBATIM_RANK_LEADER_H
#define VERBATIM_RANK_LEADER_H

#include "rank/ranking.h"
#include "store/postings_read.h"

struct ranked_list;

struct leader { /* one thread */
    struct ranked_list *list;
    const struct ranking *ranking;
    const struct postings *postings; /* the list's */
    uint32_t block;                  /* the one that is next to be looked at */
    bool weighed;                    /* norms and weights are those of the current block */
    uint32_t count;                  /* articles that were kept of the current block */
    uint8_t at[POSTINGS_BLOCK];      /* their places in it, ascending */
    uint8_t norms[POSTINGS_BLOCK];   /* by place */
    double weights[POSTINGS_BLOCK];  /* likewise, where the list has titles: occurrences, those in
                                        titles by their weight */
};

/* The list stands before its first article. */
void leader_init(struct leader *leader, struct ranked_list *list, const struct ranking *ranking);
/* The first article that the next block may hold: no block before it is left. */
uint32_t leader_next_doc(const struct leader *leader);
/* Makes `block` the next one, from it on, that may hold a part of `need`, without decoding it.
 * False where there is none. */
bool leader_find(struct leader *leader, uint64_t need);
/* Goes to the next block that may hold a part of `need` and decodes its articles; all are kept.
 * False at the end or with the budget's status bad. */
bool leader_enter(struct leader *leader, uint64_t need);
/* Fills norms and weights of the current block, once. False with the budget's status bad. */
bool leader_weigh(struct leader *leader);
/* Fills norm and weight of one place of the current block. Not where titles weigh: then the whole
 * block is to be weighed. False with the budget's status bad. */
bool leader_weigh_place(struct leader *leader, uint8_t at);
/* Keeps the articles of the weighed block whose part may reach `need`: all that do, few others. */
void leader_sift(struct leader *leader, uint64_t need);

/* The exact part of the article at a weighed place. */
uint64_t leader_part(const struct leader *leader, uint8_t at);

static inline uint8_t leader_norm(const struct leader *leader, uint8_t at)
{
    return leader->norms[at];
}

static inline uint32_t leader_doc(const struct leader *leader, uint8_t at)
{
    return leader->postings->docs[at];
}

#endif
