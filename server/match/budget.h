/* What a question may still cost, and the first thing that went wrong with it.
 *
 * One budget is shared by everything that works for a question. Every path spends one for each
 * block of postings or positions that it decodes, or for as many articles looked at one by one; the
 * clock is read once in BUDGET_CLOCK_BLOCKS. The status is sticky: once it is bad every matcher
 * ends, and what a matcher gave in the call that made it bad is not to be trusted. One thread. */
#ifndef VERBATIM_MATCH_BUDGET_H
#define VERBATIM_MATCH_BUDGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "store/chunk.h"

enum {
    BUDGET_CLOCK_BLOCKS = 8,
    BUDGET_ARTICLES = 128, /* of a column, that cost as much as a block */
    BUDGET_PLACES = 4096,  /* in one article, gone over in memory: likewise */
    BUDGET_BYTES_US = 512  /* of stored text, that are read in a microsecond */
};

struct match_budget {
    uint64_t deadline_us; /* by clock_microseconds; 0: none */
    uint64_t early_us;    /* likewise, for work before anything can be ranked */
    uint64_t blocks_most; /* 0: no limit */
    uint64_t blocks;      /* spent */
    uint64_t clock_at;    /* when so many are spent the clock is read; at most one over the most */
    enum status status;   /* STATUS_DEADLINE, or why a list cannot be read */
    enum chunk_id chunk;  /* after STATUS_CORRUPT: where it was met */
    uint32_t file;        /* likewise, the file's number, as match_budget_enter was told */
    bool by_time;         /* after STATUS_DEADLINE: the clock ended it, not the count */
    bool cut;             /* something was left out: the answer holds so much at least */
};

/* budget_us counts from now; 0: no end. */
void match_budget_init(struct match_budget *budget, uint64_t budget_us, uint64_t blocks_most);
/* Spends blocks; false where the budget has ended or the status was bad before. */
bool match_budget_spend_looking(struct match_budget *budget, uint64_t blocks);
static inline bool match_budget_spend(struct match_budget *budget, uint64_t blocks)
{
    if (budget->status != STATUS_OK || budget->blocks + blocks >= budget->clock_at)
        return match_budget_spend_looking(budget, blocks);
    budget->blocks += blocks;
    return true;
}
/* The same for work before anything can be ranked: it may take three quarters of the blocks, or
 * until early_us. False too where that has ended; the status is good then, `cut` is set (and
 * by_time), and what was found so far is to be gone on with. */
bool match_budget_spend_early(struct match_budget *budget, uint64_t blocks);
/* For a loop over the places that an article holds something at, with the number of the one at
 * hand: spends a block where so many were gone over. */
static inline bool match_budget_place(struct match_budget *budget, size_t i)
{
    return i % BUDGET_PLACES != BUDGET_PLACES - 1 || match_budget_spend(budget, 1);
}
/* Before so many bytes are gone over in one go: whether there is time for that, at BUDGET_BYTES_US.
 * No blocks are spent, so that what was done before for others changes no count. */
bool match_budget_affords(struct match_budget *budget, uint64_t bytes);
/* From now on a file of this number is read. */
void match_budget_enter(struct match_budget *budget, size_t file);
/* Sets the status unless it is bad already. STATUS_OK changes nothing. Returns whether it is good
 * now. */
bool match_budget_check(struct match_budget *budget, enum status status, enum chunk_id chunk);

#endif
