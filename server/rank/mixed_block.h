/* Up to a block of articles that may be among the best, list by list: how often each list has them,
 * and what they can score at most. */
#ifndef VERBATIM_RANK_MIXED_BLOCK_H
#define VERBATIM_RANK_MIXED_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mixed_list;
struct mixture;
struct ranking;

enum { MIXED_BLOCK = 128 }; /* as many as a block of postings has */

struct mixed_counts { /* of an article in a list; tf 0: not there */
    uint32_t tf, title_tf;
};

struct mixed_block { /* in an arena; one thread */
    const struct ranking *ranking;
    const struct mixture *mixture;
    uint32_t count;
    uint32_t docs[MIXED_BLOCK];   /* ascending; behind the count POSTINGS_NO_DOC */
    uint8_t slots[MIXED_BLOCK];   /* by place: which of the norms and counts are the article's */
    uint64_t bounds[MIXED_BLOCK]; /* by place: of the lists that were asked; HOPELESS: enough */
    uint8_t norms[MIXED_BLOCK];   /* by slot */
    struct mixed_counts *counts;  /* by list, then by slot */
};

/* NULL with the budget's status bad. */
struct mixed_block *mixed_block_new(const struct ranking *ranking, const struct mixture *mixture,
                                    size_t lists);

static inline struct mixed_counts *mixed_block_counts(const struct mixed_block *block, size_t list,
                                                      uint32_t place)
{
    return &block->counts[list * MIXED_BLOCK + block->slots[place]];
}

/* The articles of the current block of the list's `all`: to be taken or sifted next. */
void mixed_block_lead(struct mixed_block *block, const struct mixed_list *list);
/* All of them, without their counts. Bounds are 0. */
void mixed_block_take(struct mixed_block *block);
/* The articles of the list's rest from rest_at on, as many as fit, and what `all` has of them. */
bool mixed_block_lead_rest(struct mixed_block *block, struct mixed_list *list, size_t at);
/* Their counts; leaves out those that the rest has too, and those whose own parts, of which FORM is
 * at most `form`, cannot reach need; the latter are hopeless instead where all are wanted. Bounds
 * are 0. False with the budget's status bad. */
bool mixed_block_sift(struct mixed_block *block, struct mixed_list *list, size_t at, uint64_t need,
                      uint64_t form, bool all);
/* Of articles that were taken: the counts of those that are left, and leaves out those that the
 * rest has too. The list has no titles. False with the budget's status bad. */
bool mixed_block_weigh(struct mixed_block *block, struct mixed_list *list, size_t at);
/* Looks all articles up in a list. required: those that it has not are left out. False with the
 * budget's status bad. */
bool mixed_block_look_up(struct mixed_block *block, struct mixed_list *list, size_t at,
                         bool required);
/* Adds to the bounds what the list's counts can bring. whole: the list has all articles, and none
 * is hopeless. False with the budget's status bad. */
bool mixed_block_add_bounds(struct mixed_block *block, const struct mixed_list *list, size_t at,
                            bool whole);
/* Leaves out those whose bounds are less than need; makes them hopeless where all are wanted. */
void mixed_block_keep(struct mixed_block *block, uint64_t need, bool all);

/* The part of TITLE of an article in a list. False with the budget's status bad. */
bool mixed_block_title(const struct mixed_block *block, const struct mixed_list *list, uint32_t doc,
                       uint32_t title_tf, uint64_t *part);

#endif
