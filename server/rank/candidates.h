/* The articles of a leader's block that may yet be among the best, with their scores so far: each
 * other list is asked for all of them at once, a block of it at a time. */
#ifndef VERBATIM_RANK_CANDIDATES_H
#define VERBATIM_RANK_CANDIDATES_H

#include <stdbool.h>
#include <stdint.h>

struct leader;
struct ranked_list;

enum { CANDIDATES_MOST = 128 }; /* articles of a block */

struct candidates { /* one thread */
    struct leader *leader;
    uint32_t count;
    uint8_t at[CANDIDATES_MOST];     /* places in the leader's block, ascending */
    uint64_t score[CANDIDATES_MOST]; /* the parts known so far; HOPELESS: not needed any more */
};

#define HOPELESS UINT64_MAX

/* Those that the leader keeps, with its part of their scores. `least` is what a score must reach,
 * `rest` what other lists may add. Those that cannot reach it are left out; or, where all are
 * wanted, hopeless. */
void candidates_begin(struct candidates *candidates, struct leader *leader, bool all, uint64_t rest,
                      uint64_t least);
/* Only those that the list has too, and its part; left out or hopeless likewise. False where the
 * list has no article any more, or with the budget's status bad. */
bool candidates_require(struct candidates *candidates, struct ranked_list *list, bool all,
                        uint64_t rest, uint64_t least);
/* The list's part for those that it has. Those that cannot reach `least` are left out. */
void candidates_add(struct candidates *candidates, struct ranked_list *list, uint64_t rest,
                    uint64_t least);

#endif
