/* What a search of mixed.h has at hand. Inside this room only. */
#ifndef VERBATIM_RANK_MIXED_SEARCH_H
#define VERBATIM_RANK_MIXED_SEARCH_H

#include "base/bytes.h"
#include "rank/mixed.h"
#include "rank/mixed_block.h"
#include "rank/ranking.h"

struct mixed_list;
struct mixed_settling;

enum { MIXED_NEAR_COUNTS = 16, MIXED_SCOUTS = 16 };

struct mixed_pair {         /* of lists that the search has, in its order */
    uint32_t first, second; /* first < second */
    const struct mixture_pair *pair;
    uint64_t parts[MIXED_NEAR_COUNTS]; /* of so many; the last: of any number */
};

struct mixed_found { /* an article that may be among the best */
    uint32_t doc;
    uint32_t counts;      /* where its counts begin, by list */
    uint64_t known, most; /* its score without NEAR, and with the most that NEAR can be */
};

struct mixed_search { /* one thread; in an arena but what is found */
    const struct mixed_question *question;
    const struct mixture *mixture;
    struct ranking ranking; /* its top is of scores without NEAR */
    struct top low;
    struct mixed_list *lists;
    size_t count;
    uint64_t *after; /* what the lists from the i-th on add at most, and NEAR of pairs whose
                        second list is among them */
    uint64_t *near;  /* of it what NEAR is */
    uint64_t *rest;  /* of after what can come to an article of the leader's block */
    struct mixed_pair *pairs; /* by their second list */
    size_t pair_count;
    uint32_t *reach; /* by list, the block in which the leader's next article may be */
    struct mixed_block *block;
    struct mixed_settling *settling;
    uint32_t
        scouted[MIXED_SCOUTS]; /* blocks of the leader's that were looked at first, ascending */
    uint32_t scouted_count;
    bool defers;        /* FORM of classes is looked up when positions are read */
    bool weighed;       /* counts of the leader's articles in the block are read */
    uint32_t unsifted;  /* so many blocks of the leader's are not worth being sifted */
    struct bytes found; /* struct mixed_found, whose positions were not read yet */
    size_t enough,
        pause; /* when so many are found it is time to settle some; and then as many more */
    struct bytes counts; /* struct mixed_counts, as many as lists for each found; tf 0 where the
                            list has it not */
};

/* After the lists are in their order. False with the budget's status bad. */
bool mixed_pairs_init(struct mixed_search *search);
/* The most that NEAR of the pairs whose second list is `at` can be in any article, where the first
 * leads or comes behind it. */
uint64_t mixed_pairs_most(const struct mixed_search *search, size_t leading, size_t at);
/* The same of all pairs, by the counts of a block's place. */
uint64_t mixed_pairs_bound(const struct mixed_search *search, uint32_t place);
/* Adds to the bounds of the block's places, but of the hopeless, what those whose second list is
 * `at` can be by their counts. */
void mixed_pairs_add(struct mixed_search *search, size_t at);
/* The most that an article of a block of the leader's list can score, by the bounds of the blocks
 * beside it as well. Where that is `least` or more, rest is then what the lists behind the leader
 * can add to one of the block. Where blocks are asked for in their order, each costs little. */
uint64_t mixed_reach(struct mixed_search *search, size_t leading, uint32_t block, uint64_t least);
/* The most that FORM of the leader can be in an article from first to last. */
uint64_t mixed_reach_form(struct mixed_search *search, size_t leading, uint32_t first,
                          uint32_t last);
/* After the lists are in their order. False with the budget's status bad. */
bool mixed_settle_init(struct mixed_search *search);
/* Reads positions of the most promising that were found and offers them, so that the search knows a
 * threshold with NEAR in it. The lists stand anywhere then. False with the budget's status bad. */
bool mixed_settle_early(struct mixed_search *search);
/* Reads positions of what was found, as far as needed, and offers the best. */
void mixed_settle(struct mixed_search *search);
void mixed_settle_release(struct mixed_search *search);

#endif
