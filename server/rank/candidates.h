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
    bool owes; /* the leader's parts are not in the scores yet: the next list brings them */
    uint32_t count;
    uint32_t docs[CANDIDATES_MOST];  /* ascending; behind the count POSTINGS_NO_DOC */
    uint8_t at[CANDIDATES_MOST];     /* places in the leader's block, ascending */
    uint64_t score[CANDIDATES_MOST]; /* the parts known so far; HOPELESS: not needed any more */
};

#define HOPELESS UINT64_MAX

/* Those that the leader keeps, with its part of their scores. `least` is what a score must reach,
 * `rest` what other lists may add: those that cannot reach it are left out. */
void candidates_begin(struct candidates *candidates, struct leader *leader, uint64_t rest,
                      uint64_t least);
/* The same where another list will be required, so that its part is reckoned for few. Where all of
 * the block are wanted, those that the leader does not keep are hopeless instead of left out. */
void candidates_begin_later(struct candidates *candidates, struct leader *leader, bool all);
/* All of the leader's block, which need not be weighed: those that another list, which will be
 * required, has too are weighed then. */
void candidates_begin_unweighed(struct candidates *candidates, struct leader *leader);
/* Brings what is owed, where no other list does. */
void candidates_settle(struct candidates *candidates);
/* Only those that the list has too, and its part; left out or hopeless likewise. False where the
 * list has no article any more, or with the budget's status bad. */
bool candidates_require(struct candidates *candidates, struct ranked_list *list, bool all,
                        uint64_t rest, uint64_t least);
/* The list's part for those that it has. Those that cannot reach `least` are left out. */
void candidates_add(struct candidates *candidates, struct ranked_list *list, uint64_t rest,
                    uint64_t least);

#endif
